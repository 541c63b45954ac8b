// Filters: what they say, whom they reach, and how long.

import { describe, expect, test } from 'vitest'
import { applyFilters } from './apply-filters.ts'
import { parseRules } from './parse-rule.ts'

const rule = (id: string, logsource: string, name = '') => `title: Rule ${id}
id: ${id}
${name === '' ? '' : `name: ${name}\n`}logsource: ${logsource}
detection: { selection: { a: 1 }, condition: selection }
`
const WINDOWS = '{ product: windows, category: process_creation }'
const filter = (
  rules: string,
  more = '',
  detection = 'selection: { User: adm }\n  condition: selection',
) =>
  `title: Administrators
logsource: { product: windows }
${more}filter:
  rules: ${rules}
  ${detection}
`

function read(...documents: readonly string[]) {
  const { rules, filters, problems } = parseRules('f.yml', documents.join('---\n'))
  expect(problems).toEqual([])
  return { rules, filters }
}

function reached(documents: readonly string[], today = '2026-11-23') {
  const { rules, filters } = read(...documents)
  const applied = applyFilters(rules, filters, today)
  return {
    ids: applied.rules.filter((one) => one.filters.length > 0).map(({ id }) => id),
    problems: applied.problems.map(({ sentence }) => sentence),
  }
}

describe('whom a filter reaches', () => {
  const rules = [
    rule('aaaa', WINDOWS, 'Whoami'),
    rule('bbbb', WINDOWS),
    rule('cccc', '{ product: linux }'),
  ]

  test.each([
    ['by id, in any case', '[BBBB]', ['bbbb']],
    ['by name', '[whoami, bbbb]', ['aaaa', 'bbbb']],
    ['one that is no list', 'bbbb', ['bbbb']],
    ['any of its log source', 'any', ['aaaa', 'bbbb']],
    ['an empty list is any', '[]', ['aaaa', 'bbbb']],
  ])('%s', (_, wanted, ids) => {
    expect(reached([...rules, filter(wanted)])).toEqual({ ids, problems: [] })
  })

  test('never a rule of another log source, and says so', () => {
    expect(reached([...rules, filter('[cccc]')])).toEqual({
      ids: [],
      problems: ['The filter is for windows, and its rules are not: Rule cccc is for linux.'],
    })
  })

  test('one that names nobody says so', () => {
    expect(reached([...rules, filter('[dddd]')])).toEqual({
      ids: [],
      problems: ['The filter names rules that are not here: dddd.'],
    })
  })

  test('two filters reach one rule, and the rule read without them stays as it was', () => {
    const { rules: read1, filters } = read(...rules, filter('any'), filter('[aaaa]'))
    const { rules: applied } = applyFilters(read1, filters, '')
    expect(applied.map((one) => one.filters.length)).toEqual([2, 1, 0])
    expect(applied[2]).toBe(read1[2])
  })
})

describe('how long', () => {
  const until = (day: string) => filter('any', `vigie: { expires: ${day} }\n`)

  test('through the day it names', () => {
    expect(reached([rule('aaaa', WINDOWS), until('2026-11-23')]).ids).toEqual(['aaaa'])
  })

  test('not the day after, and says so', () => {
    expect(reached([rule('aaaa', WINDOWS), until('2026-11-22')])).toEqual({
      ids: [],
      problems: ['The filter ended on 2026-11-22: its rules find everything again.'],
    })
  })
})

describe('what is accepted', () => {
  const detection = (condition: string) => `a: { x: 1 }\n  b: { y: 2 }\n  condition: ${condition}`
  const a = { kind: 'selection', name: 'a' }
  const b = { kind: 'selection', name: 'b' }

  test.each([
    ['what the selection describes', 'a', a],
    ['the same, said as what remains', 'not a', a],
    ['any of several', 'a or b', { kind: 'or', items: [a, b] }],
    ['the same, said as what remains', 'not 1 of them', { kind: 'or', items: [a, b] }],
    [
      'the same, denied one by one',
      'not a and not b',
      {
        kind: 'not',
        item: {
          kind: 'and',
          items: [
            { kind: 'not', item: a },
            { kind: 'not', item: b },
          ],
        },
      },
    ],
    ['one but not the other', 'a and not b', { kind: 'and', items: [a, { kind: 'not', item: b }] }],
  ])('%s: %s', (_, condition, accepted) => {
    expect(read(filter('any', '', detection(condition))).filters[0]?.condition).toEqual(accepted)
  })
})

test.each([
  ['no rules', filter('any').replace(/ {2}rules: any\n/, ''), /does not say whose it is/],
  ['rules as a map', filter('{ a: b }'), /does not say whose it is/],
  ['no map', 'title: F\nlogsource: { product: windows }\nfilter: any\n', /holds no map/],
  ['no condition', filter('any', '', 'selection: { User: adm }'), /no “condition”/],
  ['a selection it has not got', filter('any', '', 'a: { x: 1 }\n  condition: b'), /names “b”/],
  ['no log source', filter('any').replace(/logsource.*\n/, ''), /no “logsource”/],
  ['a day that is none', filter('any', 'vigie: { expires: 2026-02-30 }\n'), /is no day/],
])('is refused with its place: %s', (_, text, sentence) => {
  const { filters, problems } = parseRules('f.yml', text)
  expect(filters).toEqual([])
  expect(problems).toMatchObject([{ sentence: expect.stringMatching(sentence), file: 'f.yml' }])
  expect(problems[0]?.line).toBeGreaterThan(0)
})
