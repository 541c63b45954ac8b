// Routing: the kinds of event a batch holds decide which rules are asked at all. Kinds that leave the same rules with the
// same conditions form one unit of work.

import { createHash } from 'node:crypto'
import type { AtomTable } from './atom-table.ts'
import { atomsOf, fold, holdsOnNothing } from './expression.ts'
import { KIND_COLUMNS, routeTakes } from './logsource.ts'
import type { EventKind, Route } from './logsource.ts'
import { exactKindValues, knownOfKind } from './rule-set.ts'
import type { RoutedRule, RuleSet } from './rule-set.ts'
import { scanExpression, scannedGroups } from './scan-sql.ts'

export type Unit = {
  readonly id: number
  /** Rules that could fire, with what is left of their conditions. */
  readonly rules: readonly RoutedRule[]
  /** What those conditions are made of. */
  readonly atoms: ReadonlySet<number>
  /** SQL for the array of atoms that hold on a row. */
  readonly scan: string
  /** Pattern lists that it reads, by group. */
  readonly lists: readonly number[]
  /** Some rule may fire on a row where no atom holds, so no row may be left out. */
  readonly keepsAll: boolean
}

export type UnitFinder = (kind: EventKind) => Unit | undefined

const finders = new WeakMap<RuleSet, UnitFinder>()

/** The unit of a kind of event; `undefined` when no rule can fire on it. Work is remembered with the rule set. */
export function unitFinder(ruleSet: RuleSet): UnitFinder {
  const known = finders.get(ruleSet) ?? makeFinder(ruleSet)
  finders.set(ruleSet, known)
  return known
}

function makeFinder(ruleSet: RuleSet): UnitFinder {
  const routes = [...ruleSet.byRoute.keys()]
  const exact = exactKindValues(ruleSet.table)
  const byMeaning = new Map<string, Unit | undefined>()
  const byRules = new Map<string, Unit>()
  return (kind) => {
    const taken = routes.flatMap((route, at) => (routeTakes(route, kind) ? [at] : []))
    if (taken.length === 0) return undefined
    // Values no rule asks for mean the same, so an attacker's thousand event codes are one meaning.
    const meant = KIND_COLUMNS.map((column) =>
      exact.get(column)?.has(kind[column].toLowerCase()) ? kind[column].toLowerCase() : '',
    )
    const meaning = JSON.stringify([taken, meant])
    if (!byMeaning.has(meaning))
      byMeaning.set(meaning, makeUnit(ruleSet, kind, pick(routes, taken), byRules))
    return byMeaning.get(meaning)
  }
}

function pick(routes: readonly Route[], taken: readonly number[]): readonly Route[] {
  return taken.flatMap((at) => routes[at] ?? [])
}

function makeUnit(
  ruleSet: RuleSet,
  kind: EventKind,
  routes: readonly Route[],
  byRules: Map<string, Unit>,
): Unit | undefined {
  const known = knownOfKind(ruleSet.table, kind)
  const rules = routes
    .flatMap((route) => ruleSet.byRoute.get(route) ?? [])
    .map(({ rule, expression }): RoutedRule => ({ rule, expression: fold(expression, known) }))
    .filter(({ expression }) => expression.kind !== 'false')
  if (rules.length === 0) return undefined
  const key = digestOf(rules)
  const same = byRules.get(key)
  if (same !== undefined) return same
  const unit = unitOf(ruleSet.table, { id: byRules.size + 1, rules })
  byRules.set(key, unit)
  return unit
}

function unitOf(table: AtomTable, { id, rules }: Pick<Unit, 'id' | 'rules'>): Unit {
  const atoms = new Set(rules.flatMap(({ expression }) => [...atomsOf(expression)]))
  return {
    id,
    rules,
    atoms,
    scan: scanExpression(table, atoms),
    lists: scannedGroups(table, atoms),
    keepsAll: rules.some(({ expression }) => holdsOnNothing(expression)),
  }
}

/** The unit with these of its rules alone, by id. */
export function narrowed({ table }: RuleSet, unit: Unit, rules: ReadonlySet<string>): Unit {
  const left = unit.rules.filter(({ rule }) => rules.has(rule.id))
  return unitOf(table, { id: unit.id, rules: left })
}

/** Two units with the same digest ask the same of a row. */
function digestOf(rules: readonly RoutedRule[]): string {
  const hash = createHash('sha256')
  for (const { rule, expression } of rules)
    hash.update(`${rule.id} ${JSON.stringify(expression)}\n`)
  return hash.digest('base64')
}
