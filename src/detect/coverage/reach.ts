// Rules counted by technique and log source, by what stands between them and a hit. Pure.

import type { Coverage, RuleReach } from '../../model/index.ts'
import type { RuleBook } from '../rule-book.ts'
import { routesOf, showLogsource } from '../sigma/index.ts'
import type { LoadedRule, Route } from '../sigma/index.ts'

type Reached = Pick<Coverage, 'rules' | 'untagged' | 'techniques' | 'logsources'>
type Kind = keyof RuleReach
type Counted = { readonly id: string; readonly tags: readonly string[]; readonly reach: Kind }

const NOTHING: RuleReach = { live: 0, idle: 0, unusable: 0 }

/** Tactics of a technique, where they are known. */
export type TacticsOf = ReadonlyMap<string, readonly string[]>

type Asked = { readonly live: ReadonlySet<Route>; readonly tacticsOf: TacticsOf }

export function reachOfRules(book: RuleBook, { live, tacticsOf }: Asked): Reached {
  const counted = countedOf(book, live)
  return {
    rules: sumOf(counted),
    untagged: counted.filter(({ tags }) => techniquesIn(tags).length === 0).length,
    techniques: techniquesOf(counted, tacticsOf),
    logsources: logsourcesOf(book, live),
  }
}

function countedOf(book: RuleBook, live: ReadonlySet<Route>): readonly Counted[] {
  const { active, refused, noRoute } = book.ruleSet
  const alive = new Set<string>()
  for (const [route, rules] of book.ruleSet.byRoute)
    if (live.has(route)) for (const { rule } of rules) alive.add(rule.id)
  const reachOf = (id: string): Kind => (alive.has(id) ? 'live' : 'idle')
  // Those that a correlation is made of stand before it.
  for (const { correlation, members } of book.correlations.plans)
    if (members.every(({ id }) => alive.has(id))) alive.add(correlation.id)
  const correlations = book.correlations.plans.map(({ correlation: { id, tags } }): Counted => ({
    id,
    tags,
    reach: reachOf(id),
  }))
  return [
    ...active.map(({ id, tags }): Counted => ({ id, tags, reach: reachOf(id) })),
    ...[...refused, ...noRoute].map(({ rule: { id, tags } }): Counted => ({
      id,
      tags,
      reach: 'unusable',
    })),
    ...correlations,
  ]
}

function techniquesOf(counted: readonly Counted[], tacticsOf: TacticsOf): Coverage['techniques'] {
  const rulesOf = new Map<string, Counted[]>()
  for (const rule of counted)
    for (const id of techniquesIn(rule.tags)) rulesOf.set(id, [...(rulesOf.get(id) ?? []), rule])
  const parents = Map.groupBy(rulesOf.keys(), parentOf)
  return [...parents]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, ids]) => {
      // A rule for two sub-techniques is one rule of their technique.
      const rules = [...new Set(ids.flatMap((one) => rulesOf.get(one) ?? []))]
      const subs = ids.filter((one) => one !== id).toSorted()
      return {
        id,
        tactics: [...(tacticsOf.get(id) ?? new Set(rules.flatMap(({ tags }) => tacticsIn(tags))))],
        reach: sumOf(rules),
        subtechniques: subs.map((sub) => ({ id: sub, reach: sumOf(rulesOf.get(sub) ?? []) })),
      }
    })
}

function parentOf(id: string): string {
  return id.split('.')[0] ?? id
}

function techniquesIn(tags: readonly string[]): readonly string[] {
  const ids = tags.flatMap((tag) => /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag)?.[1] ?? [])
  return [...new Set(ids.map((id) => id.toUpperCase()))]
}

/** Old tags write `_`, new ones `-`. */
const TACTIC = /^attack\.([a-z]+(?:[-_][a-z]+)*)$/i

function tacticsIn(tags: readonly string[]): readonly string[] {
  return tags.flatMap((tag) => TACTIC.exec(tag)?.[1]?.toLowerCase().replaceAll('_', '-') ?? [])
}

function sumOf(rules: readonly Counted[]): RuleReach {
  const sum = { ...NOTHING }
  for (const { reach } of rules) sum[reach] += 1
  return sum
}

/** Those that rules ask for, with most rules first; what never arrives is where to begin collecting. */
function logsourcesOf(book: RuleBook, live: ReadonlySet<Route>): Coverage['logsources'] {
  const rules: readonly LoadedRule[] = [
    ...book.ruleSet.active,
    ...book.ruleSet.noRoute.map(({ rule }) => rule),
  ]
  const groups = Map.groupBy(rules, ({ logsource }) => showLogsource(logsource))
  return [...groups]
    .map(([name, own]) => ({
      name,
      rules: own.length,
      arrives: own.some(({ logsource }) =>
        routesOf(logsource, book.logsources).some((route) => live.has(route)),
      ),
    }))
    .toSorted((a, b) => b.rules - a.rules || (a.name < b.name ? -1 : 1))
}
