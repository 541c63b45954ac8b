import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parsePattern } from './parse-pattern.ts'

const CASES = join(import.meta.dirname, '../../../../shared/data/sharing/pattern_syntax_v21.json')

describe.skipIf(!existsSync(CASES))('reference cases of syntax', () => {
  test('are all read or refused as expected', () => {
    const cases = JSON.parse(readFileSync(CASES, 'utf8')) as { pattern: string; valid: boolean }[]
    const differing = cases.filter(({ pattern, valid }) => parsePattern(pattern).ok !== valid)
    expect(differing).toEqual([])
    expect(cases.length).toBe(87)
  })
})

test('AND binds tighter than OR, OR tighter than FOLLOWEDBY', () => {
  const read = parsePattern('[a:b=1] FOLLOWEDBY [a:b=2] OR [a:b=3] AND [a:b=4]')
  expect(read).toMatchObject({
    ok: true,
    value: { kind: 'followedby', parts: [{}, { kind: 'or', parts: [{}, { kind: 'and' }] }] },
  })
})

test.each([
  ["[file:name = 'it\\'s \\\\ here'] /* why */ // end", true],
  ["[file:name = 'a\\b']", false],
  ['[a:b IN ()]', true],
  ['[EXISTS a:b]', true],
  ['[NOT EXISTS a:b]', true],
  ['[a:b > true]', false],
  ['[a:b LIKE 5]', false],
  ["[a-b:c.'d e'[*].f_ref.g = 1.5]", true],
  ['[a:b-c = 1]', false],
  ['[a:b = 1] WITHIN 0 SECONDS', false],
  ['[a:b = 1] REPEATS 1.5 TIMES', false],
  ["[file:hashes.'SHA-256' = 'f00']", false],
  ["[file:hashes.'SHA-256' LIKE 'f00%']", true],
  ['', false],
])('%s: %s', (pattern, isPattern) => {
  expect(parsePattern(pattern).ok).toBe(isPattern)
})

test('says where and what was expected', () => {
  expect(parsePattern('[file:name = \n  ]')).toMatchObject({
    problem: { line: 2, column: 3, sentence: 'met ], expected a constant' },
  })
})

test('brackets without end are refused, not recursed into', () => {
  expect(parsePattern('('.repeat(60_000)).ok).toBe(false)
  expect(parsePattern(`[${'('.repeat(60_000)}`).ok).toBe(false)
})
