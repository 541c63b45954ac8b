import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { plainTrees } from './plain-yaml.ts'
import { readAnyYaml, readYaml } from './yaml-tree.ts'

const LIMITS = { depth: 32, documents: 1000, values: 200_000 }
const ROOT = join(import.meta.dirname, '../../..')

function trees(text: string) {
  return readAnyYaml('f', text).map((result) => (result.ok ? result.value : result.problem))
}

/** Each text as both readers read it, for the texts that are plain. */
function compare(texts: readonly string[]): { readonly plain: number } {
  let plain = 0
  for (const text of texts) {
    const read = plainTrees(text, LIMITS)
    if (read === undefined) continue
    plain += 1
    const kept = read.filter((tree) => tree.kind !== 'scalar' || tree.value !== null)
    expect(kept).toEqual(trees(text))
  }
  return { plain }
}

describe('a plain text is read as the full reader reads it, places included', () => {
  test.each([
    ['values', "a: 1\nb: -2.50\nc: 007\nd: yes\ne: True\nf: ~\ng: 'it''s'\nh: \"\\x41 b\"\n"],
    ['words that look like numbers', 'a: 10.0.0.0/8\nb: 4.1.2\nc: 1_000\ne: v1\nf: 1.2.3.4\n'],
    ['blocks', 'a: |\n  one\n   two\n\nb: >-\n  three\n  four\nc: |2 # a note\n    five\n'],
    ['lists', 'a:\n- b\n-   - c\n    - d: e\nf: [g, {h: i, j: [k]}]\n'],
    ['several documents', '---\na: b\n---\n# nothing\n---\nc: d\n...\n'],
    ['lines as Windows ends them', 'a: b\r\nc: |\r\n  d\r\ne: f\r\n'],
    ['a plain value over lines', 'a: b\n  c\n\n  d\n'],
  ])('%s', (_, text) => {
    expect(compare([text])).toEqual({ plain: 1 })
  })

  test('every rule of ours', () => {
    const files = globSync(join(ROOT, 'content/rules/**/*.yml'))
    expect(compare(files.map((file) => readFileSync(file, 'utf8')))).toEqual({
      plain: files.length,
    })
  })
})

describe('what is unusual or wrong is left to the full reader', () => {
  test.each([
    ['an anchor', 'a: &x 1\nb: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['a key that is no word', '4688: a\n'],
    ['a number in another notation', 'a: 0x1F\n'],
    ['what is no YAML', 'a: [1\n'],
    ['nesting without end', '['.repeat(100)],
  ])('%s', (_, text) => {
    expect(plainTrees(text, LIMITS)).toBeUndefined()
    expect(readYaml('f', text)).toEqual(readAnyYaml('f', text))
  })
})
