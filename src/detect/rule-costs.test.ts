import { expect, test } from 'vitest'
import { RuleCosts } from './rule-costs.ts'
import { compileRuleSet, parseRules, readLogsources } from './sigma/index.ts'
import { unitFinder } from './sigma/units.ts'

const LOGSOURCES = readLogsources(`
lanes:
  test: { entity: device, when: { parser: test } }
sources:
  - { product: test, lane: test, routes: [{}] }
`)
const rule = (id: string, values: readonly string[]) =>
  parseRules(
    'test.yml',
    `title: ${id}\nid: ${id}\nlogsource: { product: test }\ndetection: { s: { A|contains: [${values.join(', ')}] }, condition: s }`,
  ).rules

const KIND = {
  parser: 'test',
  product: '',
  log_name: '',
  event_code: '',
  class_uid: '',
  provider: '',
}

function measured(rows: number): RuleCosts {
  const set = compileRuleSet([...rule('one', ['a']), ...rule('three', ['b', 'c', 'd'])], LOGSOURCES)
  const unit = unitFinder(set)(KIND)
  if (unit === undefined) throw new Error('no unit')
  const costs = new RuleCosts()
  costs.unit(unit, 40)
  costs.findings(
    new Map([
      ['one', 1],
      ['three', 9],
    ]),
    10,
  )
  costs.judged(rows, 100)
  return costs
}

test('a shared scan is divided by patterns, the telling of hits by hits', () => {
  const costs = measured(1_000_000).costs()
  expect(costs.get('one')).toEqual({ msPerMillion: 11, share: 0.11 })
  expect(costs.get('three')).toEqual({ msPerMillion: 39, share: 0.39 })
})

test('what serves no rule in particular is nobody’s', () => {
  const shares = [...measured(1_000_000).costs().values()].map(({ share }) => share)
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(0.5)
})

test('too few events say nothing of a million', () => {
  expect(measured(500).costs().get('one')).toEqual({ msPerMillion: null, share: 0.11 })
  expect(new RuleCosts().costs().size).toBe(0)
})
