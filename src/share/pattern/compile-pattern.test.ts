import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EVENT_COLUMNS } from '../../model/index.ts'
import { textOf, trusted, withPlaceholders } from '../../store/index.ts'
import { compilePattern } from './compile-pattern.ts'
import { EVENT_ROLES } from './event-roles.ts'
import { patternSql } from './pattern-sql.ts'

const GOLDENS = join(import.meta.dirname, 'goldens')
const ASK = { from: trusted('FROM events'), where: trusted('true'), limit: 100 }

test.each(readdirSync(GOLDENS).filter((name) => name.endsWith('.stix')))(
  '%s compiles to the SQL beside it',
  async (name) => {
    const compiled = compilePattern(readFileSync(join(GOLDENS, name), 'utf8').trim())
    const { text, values } = compiled.ok
      ? withPlaceholders(patternSql(compiled.value, ASK))
      : { text: compiled.problem.sentence, values: {} }
    const shown = `${text}\n\n-- ${JSON.stringify(values)}\n`
    await expect(shown).toMatchFileSnapshot(join(GOLDENS, name.replace('.stix', '.sql')))
  },
)

describe('what events cannot say is refused by name', () => {
  test.each([
    ["[mutex:name = 'x']", 'mutex: events hold no such observable'],
    ['[file:size > 5]', 'file:size: no column of events holds it'],
    ["[process:command_line MATCHES '(?=a)']", 'process:command_line: the expression looks around'],
    ["[url:value = t'2026-01-01T00:00:00Z']", 'url:value: a timestamp against'],
    ["[network-traffic:protocols[0] = 'tcp']", 'network-traffic:protocols[0]: no column'],
    [
      "([url:value = 'a'] AND [url:value = 'b']) WITHIN 5 SECONDS AND [url:value = 'c']",
      'WITHIN: stands around a part',
    ],
    [
      Array.from({ length: 8 }, (_, at) => `[url:value = '${at}']`).join(' AND '),
      'AND: more than 200 orders',
    ],
    ["[url:value = 'a'] REPEATS 5000 TIMES", 'REPEATS: more than 1000'],
    ["[ipv4-addr:value ISSUBSET 'nonsense']", 'ipv4-addr:value: nonsense is no address'],
    ['[url:value = ]', 'met ], expected a constant'],
  ])('%s', (pattern, sentence) => {
    const compiled = compilePattern(pattern)
    expect(compiled.ok ? '' : compiled.problem.sentence).toContain(sentence)
  })
})

test('a constant never becomes text of the statement', () => {
  const hostile = "'); DROP TABLE events --"
  const escaped = hostile.replaceAll("'", String.raw`\'`)
  const operators = [`= '${escaped}'`, `LIKE '${escaped}'`, `IN ('${escaped}')`, `!= '${escaped}'`]
  for (const operator of operators) {
    const compiled = compilePattern(`[url:value ${operator}]`)
    if (!compiled.ok) throw new Error(compiled.problem.sentence)
    expect(textOf(patternSql(compiled.value, ASK))).not.toContain('DROP')
  }
})

test('every column that a path is made of is a column of events', () => {
  const columns = new Set(EVENT_COLUMNS.map(({ name }) => name))
  const sqls = Object.values(EVENT_ROLES).flatMap((roles) =>
    roles.flatMap(({ present, paths }) => [
      present,
      ...Object.values(paths).map((path) => path.sql),
    ]),
  )
  const words =
    sqls
      .join(' ')
      .replaceAll(/'[^']*'/g, '')
      .match(/\b[a-z]+(?:_[a-z0-9]+)+\b/g) ?? []
  expect([...new Set(words)].filter((word) => !columns.has(word))).toEqual([])
  expect(words.length).toBeGreaterThan(50)
})
