// What counts as watching: a rule that runs and whose log source arrives.

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bookOf } from './book.test-helper.ts'
import { reachOfRules } from './reach.ts'
import { loadTactics } from './tactics.ts'

const rule = (id: number, logsource: string, tags: string) => `title: rule ${id}
id: 00000000-0000-4000-8000-00000000000${id}
name: rule_${id}
logsource: ${logsource}
detection: { s: { f: v${id} }, condition: s }
tags: ${tags}
level: low
`

const book = bookOf([
  rule(1, '{ product: fortigate }', '[attack.t1078, attack.initial-access]'),
  rule(2, '{ product: juniper }', '[attack.t1078.004, attack.persistence]'),
  rule(3, '{ product: nobody-makes-this }', '[attack.t1078.004]'),
  rule(4, '{ product: juniper }', '[]'),
  `title: both
id: 00000000-0000-4000-8000-000000000005
correlation: { type: temporal, rules: [rule_1, rule_2], group-by: [f], timespan: 5m }
tags: [attack.t9999, attack.new_tactic]
level: low
`,
])

const routesOf = (product: string) =>
  book.logsources.sources.filter((one) => one.product === product).flatMap(({ routes }) => routes)
const tacticsOf = loadTactics(join(import.meta.dirname, '../../../content/attack-tactics.yml'))

test('rules are counted by what stands between them and a hit', () => {
  const live = new Set(routesOf('fortigate'))
  const { rules, untagged, techniques } = reachOfRules(book, { live, tacticsOf })
  expect(rules).toEqual({ live: 1, idle: 3, unusable: 1 })
  expect(untagged).toBe(1)
  expect(techniques).toEqual([
    {
      id: 'T1078',
      tactics: ['initial-access', 'persistence', 'privilege-escalation', 'defense-evasion'],
      reach: { live: 1, idle: 1, unusable: 1 },
      subtechniques: [{ id: 'T1078.004', reach: { live: 0, idle: 1, unusable: 1 } }],
    },
    {
      id: 'T9999',
      tactics: ['new-tactic'],
      reach: { live: 0, idle: 1, unusable: 0 },
      subtechniques: [],
    },
  ])
})

test('a correlation watches once all its rules do', () => {
  const live = new Set([...routesOf('fortigate'), ...routesOf('juniper')])
  const { rules, techniques, logsources } = reachOfRules(book, { live, tacticsOf })
  expect(rules).toEqual({ live: 4, idle: 0, unusable: 1 })
  expect(techniques.at(-1)?.reach).toEqual({ live: 1, idle: 0, unusable: 0 })
  expect(logsources).toEqual([
    { name: 'juniper', rules: 2, arrives: true },
    { name: 'fortigate', rules: 1, arrives: true },
    { name: 'nobody-makes-this', rules: 1, arrives: false },
  ])
})
