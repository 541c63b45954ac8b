// Recorded truths of others: parent and child of every line, structures with their lines, and that no line is lost.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { recognise } from './dialect/recognise.ts'
import {
  REFERENCE,
  HAS_REFERENCE,
  configurations,
  dialects,
  lostLines,
  referenceJson,
} from './reference.test-helper.ts'
import { findStructures } from './structures/find-structures.ts'
import { buildTree } from './tree/build-tree.ts'
import type { ConfigNode, ConfigTree } from './tree/config-tree.ts'
import { walk } from './tree/config-tree.ts'
import { readText, splitLines } from './tree/read-text.ts'

function treeOf(path: string) {
  const text = readText(readFileSync(path))
  if (!text.ok) return undefined
  const lines = splitLines(text.text)
  const found = recognise(lines, dialects)
  const dialect = found.kind === 'known' ? found.dialect : undefined
  const built = buildTree(lines, found.form, dialect)
  return built.ok ? { tree: built.tree, dialect, lines } : undefined
}

describe.skipIf(!HAS_REFERENCE)('all configurations', () => {
  test('become a tree that holds every line', () => {
    let count = 0
    for (const path of configurations()) {
      const read = treeOf(path)
      if (read === undefined) continue
      count += 1
      expect({ path, lost: lostLines(read.tree) }).toEqual({ path, lost: [] })
    }
    expect(count).toBeGreaterThan(1150)
  }, 60_000)
})

const TreeSchema = z.array(z.object({ line: z.string().nullable(), parents: z.array(z.string()) }))

type Entry = { readonly text: string; readonly parents: readonly string[] }

/** Upstream writes any banner delimiter as `^C`, and the title of an `echo` alone. */
const plain = (text: string) =>
  text
    .replace(/^echo "(.*)"$/, '$1')
    .trim()
    .replaceAll('\u0003', '^C')
    .replace(/^((?:banner|header) \w+) \S$/, '$1 ^C')
    .replace(/\n\S+$/, '\n^C')

function entriesOf(tree: ConfigTree): readonly Entry[] {
  if (tree.form === 'brace') return flatEntries(tree)
  return [...walk(tree.root)].flatMap((node) => {
    const parents = above(node).map(({ text }) => plain(text))
    // Upstream lists the digits of a certificate line by line.
    const isDigits = node.kind === 'opaque' && /^[\sA-F0-9]+$/.test(node.text.split('\n')[0] ?? '')
    return (isDigits ? node.text.split('\n') : [node.text]).map((text) => ({
      text: plain(text),
      parents,
    }))
  })
}

/** Upstream writes the braces of PAN-OS as `set` lines. */
function flatEntries({ root }: ConfigTree): readonly Entry[] {
  const leaves = [...walk(root)].filter(
    (node) => node.kind === 'statement' && !node.children.some(({ kind }) => kind === 'statement'),
  )
  return leaves.flatMap((node) => {
    const words = [...above(node), node].map(({ text }) => text)
    const path = words.filter(
      (word, at) =>
        !(at === 0 && word === 'config') && word !== 'devices' && word !== 'localhost.localdomain',
    )
    const [head = '', ...rest] = `set ${path.join(' ')}`.split('\n')
    const first: Entry = { text: plain(head), parents: [] }
    return rest.length === 0
      ? [first]
      : [first, { text: plain(rest.join('\n')), parents: [plain(head)] }]
  })
}

function above(node: ConfigNode): readonly ConfigNode[] {
  const found: ConfigNode[] = []
  for (let at = node.parent; at !== null && at.parent !== null; at = at.parent) found.push(at)
  return found.toReversed()
}

/** Where upstream is of another mind: a banner that its delimiter ends and that upstream lets run on, and `quit` as a child of the digits. */
const OF_ANOTHER_MIND: Readonly<Record<string, number>> = {
  'os_full.cfg': 1,
  'ios_full.cfg': 2,
  'hp_comware.cfg': 1,
}

describe.skipIf(!HAS_REFERENCE)('21 trees of netutils', () => {
  const folder = join(REFERENCE, 'netutils')
  const files = HAS_REFERENCE
    ? readdirSync(folder).flatMap((os) =>
        readdirSync(join(folder, os))
          .filter((name) => name.endsWith('.cfg'))
          .map((name) => [`${os}/${name}`, name] as const),
      )
    : []

  test.each(files)('%s has the parents that upstream gives', (path, name) => {
    const read = treeOf(join(folder, path))
    const wanted = TreeSchema.parse(referenceJson(`netutils/${path.replace('.cfg', '.tree.json')}`))
    const mine = read === undefined ? [] : entriesOf(read.tree)
    let at = 0
    const missed = wanted.filter(({ line, parents }) => {
      if (line === null) return false
      const key = JSON.stringify([plain(line), parents.map(plain)])
      const found = mine.findIndex(
        (entry, index) => index >= at && JSON.stringify([entry.text, entry.parents]) === key,
      )
      if (found !== -1) at = found + 1
      return found === -1
    })
    expect(missed.length, JSON.stringify(missed.slice(0, 3))).toBe(OF_ANOTHER_MIND[name] ?? 0)
  })
})

const StructuresSchema = z.record(
  z.string(),
  z.object({
    format: z.string(),
    defined: z.record(z.string(), z.record(z.string(), z.object({ definitionLines: z.string() }))),
  }),
)

/** Batfish makes up names for what has none; these are ours for the same. */
function ourName(type: string, name: string): readonly [string, string] {
  const service = /^~INBOUND_ZONE_FILTER~(\S+) (\S+)/.exec(name)
  if (service !== null) return ['zone service', `${service[1]} ${service[2]}`]
  return [
    type,
    name
      .replace(/^~GLOBAL_SECURITY_POLICY~/, 'global')
      .replace(/~panorama$/, '')
      .replace(/^zone~(.*?)~to~zone~(\S*)/, '$1 to $2'),
  ]
}

/** Lines of a span that say something: Batfish counts the brace that ends a block for one make and not for another. */
function saying(spans: string, lines: readonly string[]): string {
  return spans
    .split(',')
    .flatMap((span) => {
      const [first = 0, last = first] = span.split('-').map(Number)
      return Array.from({ length: last - first + 1 }, (_, at) => first + at)
    })
    .filter((line) => !/^\s*(?:[}!#].*)?$/.test(lines[line - 1] ?? ''))
    .join(',')
}

describe.skipIf(!HAS_REFERENCE)('structures recorded by Batfish', () => {
  test('98 of 100 are found with the same lines', () => {
    const files = StructuresSchema.parse(
      HAS_REFERENCE ? referenceJson('oracles/batfish_structures.json') : {},
    )
    let all = 0
    const missed: string[] = []
    for (const [path, { format, defined }] of Object.entries(files)) {
      // NCLU is written in ranges of ports, whose first mention Batfish takes for the definition: not one of our makes.
      if (format === 'CUMULUS_NCLU') continue
      const read = treeOf(join(REFERENCE, path))
      if (read === undefined) continue
      const found = read.dialect === undefined ? [] : findStructures(read.tree, read.dialect)
      for (const [type, names] of Object.entries(defined)) {
        for (const [name, { definitionLines }] of Object.entries(names)) {
          if (definitionLines === '0') continue
          all += 1
          const [ourType, wanted] = ourName(type, name)
          const spans = found
            .find((one) => one.type === ourType && one.name.toLowerCase() === wanted.toLowerCase())
            ?.lines.map(({ first, last }) => `${first}-${last}`)
            .join(',')
          const isRight =
            spans !== undefined &&
            saying(spans, read.lines) === saying(definitionLines.replace(/^0,/, ''), read.lines)
          if (!isRight)
            missed.push(`${path} ${type} ${name}: ${definitionLines}, found ${spans ?? 'nothing'}`)
        }
      }
    }
    expect(all).toBeGreaterThan(580)
    expect(1 - missed.length / all, missed.join('\n')).toBeGreaterThanOrEqual(0.98)
  })
})
