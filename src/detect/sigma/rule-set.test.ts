import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compileRuleSet, loadLogsources, parseRules } from './index.ts'

const LOGSOURCES = loadLogsources(join(import.meta.dirname, '../../../content/logsources.yml'))

const MANY = 4000

const rule = (at: number, ...texts: readonly string[]) =>
  [
    `title: Number ${at}`,
    `id: 00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    'logsource: { product: windows, category: process_creation }',
    'detection:',
    `  a: { CommandLine|contains: [${texts.join(', ')}] }`,
    '  condition: a',
  ].join('\n')
const many = Array.from({ length: MANY / 10 }, (_, at) =>
  rule(at, ...Array.from({ length: 10 }, (__, word) => `word ${at} ${word}`)),
)
const setOf = (texts: readonly string[]) =>
  compileRuleSet(
    texts.flatMap((text) => parseRules('a.yml', text).rules),
    LOGSOURCES,
  )
const listsOf = (texts: readonly string[]) =>
  setOf(texts)
    .table.groups.map(({ scan }) => scan.patterns)
    .filter(({ length }) => length > 0)

test('a rule that is added, changed or taken away leaves all lists of patterns but its own as they were', () => {
  const before = new Set(listsOf(many).map((list) => JSON.stringify(list)))
  const changed = (texts: readonly string[]) =>
    listsOf(texts).filter((list) => !before.has(JSON.stringify(list)))
  expect(listsOf(many).flat().length).toBeGreaterThanOrEqual(MANY)
  // On each route of the log source.
  const routes = listsOf([rule(0, '1a', '2a', '3a', '4a', '5a', '6a')]).length
  expect(changed([rule(9999, 'one word more'), ...many]).length).toBe(routes)
  expect(changed([...many.slice(1).toReversed(), many[0] ?? '']).length).toBe(0)
  for (const list of changed(many.slice(1))) expect(list.length).toBeLessThan(MANY / 2)
})

test('rules that were compiled before are not compiled again beside others', () => {
  const { rules } = parseRules('a.yml', many[0] ?? '')
  const first = compileRuleSet(rules, LOGSOURCES)
  const more = [...parseRules('b.yml', rule(9999, 'word 0 0', 'another')).rules, ...rules]
  const second = compileRuleSet(more, LOGSOURCES)
  const atomsOf = ({ table }: typeof first) => new Set(table.atoms)
  const kept = [...atomsOf(first)].filter((atom) => atom !== undefined && atomsOf(second).has(atom))
  expect(kept.length).toBeGreaterThanOrEqual(9)
})
