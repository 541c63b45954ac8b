import { describe, expect, test } from 'vitest'
import type { CorrelationPlans } from './plan-correlations.ts'
import { parseRules, planCorrelations } from './index.ts'

const RULES = ['one', 'two', 'three']
  .map(
    (name, at) =>
      `title: ${name}\nname: ${name}\nid: 0000000${at}-0000-4000-8000-000000000000\nlogsource: { product: x }\ndetection: { s: { F: 1 }, condition: s }\n`,
  )
  .join('---\n')

function planned(...correlations: readonly string[]): CorrelationPlans {
  const documents = correlations.map(
    (text, at) => `title: c${at}\nid: c${at}\nname: c${at}\n${text}\n`,
  )
  const file = parseRules('r.yml', [RULES, ...documents].join('---\n'))
  const plans = planCorrelations(file.correlations, file.rules)
  return { ...plans, problems: [...file.problems, ...plans.problems] }
}

const correlation = (text: string) => `correlation: { ${text} }`
const COUNT = 'type: event_count, timespan: 5m, group-by: [User], condition: { gte: 10 }'

describe('plans', () => {
  test('name their rules by name or id, each once, with the fields as each calls them', () => {
    const { plans } = planned(
      correlation(
        `type: value_count, rules: [One, 00000001-0000-4000-8000-000000000000, one], timespan: 1h, group-by: [who], condition: { field: Ip, gt: 3, lt: 9 }, aliases: { who: { One: User, 00000001-0000-4000-8000-000000000000: Account, one: User } }`,
      ),
    )
    expect(plans[0]).toMatchObject({
      members: [
        { kind: 'rule', id: expect.stringMatching(/^00000000/), groupBy: ['User'], fields: ['Ip'] },
        { kind: 'rule', id: expect.stringMatching(/^00000001/), groupBy: ['Account'] },
      ],
      timespanMs: 3_600_000,
      test: {
        thresholds: [
          { operator: 'gt', number: 3 },
          { operator: 'lt', number: 9 },
        ],
      },
    })
  })

  test('another definition is another key, another description is not', () => {
    const key = (text: string) => planned(text).plans[0]?.key
    const first = key(correlation(`${COUNT}, rules: [one]`))
    expect(key(`description: x\n${correlation(`${COUNT}, rules: [one]`)}`)).toBe(first)
    expect(key(correlation(`${COUNT.replace('10', '11')}, rules: [one]`))).not.toBe(first)
  })

  test('a correlation stands after those it is made of', () => {
    const { plans, problems } = planned(
      correlation('type: temporal_ordered, rules: [c1, two], timespan: 1h, group-by: [User]'),
      correlation(`${COUNT}, rules: [one]`),
    )
    expect(problems).toEqual([])
    expect(plans.map((plan) => plan.correlation.id)).toEqual(['c1', 'c0'])
    expect(plans[1]?.members.map(({ kind }) => kind)).toEqual(['correlation', 'rule'])
  })

  test('mute their rules, unless a correlation lets them speak', () => {
    const { muted } = planned(
      correlation(`${COUNT}, rules: [one, two]`),
      correlation(`${COUNT}, rules: [two], generate: true`),
    )
    expect([...muted]).toEqual(['00000000-0000-4000-8000-000000000000'])
  })

  test('a condition over names becomes alternatives', () => {
    const { plans } = planned(
      correlation(
        "type: temporal_ordered, rules: [one, two, three], timespan: 1m, condition: 'three and (one or not two)'",
      ),
    )
    expect(plans[0]?.test).toEqual({
      kind: 'together',
      isOrdered: true,
      anyOf: [
        { required: [2, 0], denied: [] },
        { required: [2], denied: [1] },
      ],
    })
  })
})

describe('refused with a sentence', () => {
  test.each([
    ['unknown rule', `${COUNT}, rules: [nine]`, 'nine, which is no rule that runs here'],
    ['made of itself', `${COUNT}, rules: [c0]`, 'made of itself'],
    [
      'nothing required',
      "type: temporal, rules: [one], timespan: 1m, condition: 'not one'",
      'nothing happened',
    ],
    [
      'contradiction',
      "type: temporal, rules: [one], timespan: 1m, condition: 'one and not one'",
      'never hold',
    ],
    ['twice in an order', 'type: temporal_ordered, rules: [one, two, one], timespan: 1m', 'twice'],
    [
      'order of some',
      'type: temporal_ordered, rules: [one, two], timespan: 1m, condition: { gte: 1 }',
      'needs all',
    ],
    [
      'alias without a rule',
      `${COUNT}, rules: [one, two], aliases: { User: { one: u } }`,
      'says no field of two',
    ],
    ['no threshold', 'type: event_count, rules: [one], timespan: 1m', 'has no condition'],
    [
      'no field',
      'type: value_sum, rules: [one], timespan: 1m, condition: { gt: 1 }',
      'says no field',
    ],
    ['no timespan', 'type: temporal, rules: [one]', 'no timespan'],
    ['endless timespan', 'type: temporal, rules: [one], timespan: 9y', 'two years'],
    ['unknown type', 'type: often, rules: [one], timespan: 1m', 'no type of correlation'],
    ['no number', `${COUNT.replace('10', 'many')}, rules: [one]`, 'expects a number'],
    [
      'percentile',
      'type: value_percentile, rules: [one], timespan: 1m, condition: { field: a, gt: 1 }',
      'no percentile',
    ],
    [
      'too many alternatives',
      `type: temporal, rules: [one, two, three], timespan: 1m, condition: '${Array.from({ length: 8 }, () => '(one or two or three)').join(' and ')}'`,
      'alternatives',
    ],
  ])('%s', (_, text, sentence) => {
    const { plans, problems } = planned(correlation(text))
    expect(plans).toEqual([])
    expect(problems).toMatchObject([{ code: 'SIGMA_CORRELATION', file: 'r.yml' }])
    expect(problems[0]?.sentence).toContain(sentence)
  })

  test('what a chain lost on its way', () => {
    const { problems } = planned(
      correlation('type: temporal, rules: [c1, two], timespan: 1h, group-by: [Host]'),
      correlation(`${COUNT}, rules: [one]`),
    )
    expect(problems[0]?.sentence).toContain('c1 does not group by “Host”')
  })
})
