// A whole set of rules as one thing to run: shared atoms, pattern lists by source, and each rule's condition on each route.

import type { Problem } from '../../core/index.ts'
import { atOnce } from '../steps.ts'
import type { Steps } from '../steps.ts'
import { createInterner } from './atom-table.ts'
import type { AtomTable } from './atom-table.ts'
import type { Atom } from './atom.ts'
import { compileOnRoute } from './compile.ts'
import { fold, renumber } from './expression.ts'
import type { Expression } from './expression.ts'
import { KIND_COLUMNS, routesOf, showLogsource } from './logsource.ts'
import type { EventKind, KindColumn, Logsources, Route } from './logsource.ts'
import type { LoadedRule } from './rule.ts'
import { plainString } from './sigma-text.ts'

export type RefusedRule = { readonly rule: LoadedRule; readonly reason: Problem }

/** A rule's condition on one route. */
export type RoutedRule = { readonly rule: LoadedRule; readonly expression: Expression }

export type RuleSet = {
  readonly active: readonly LoadedRule[]
  readonly refused: readonly RefusedRule[]
  readonly noRoute: readonly RefusedRule[]
  readonly table: AtomTable
  readonly byRoute: ReadonlyMap<Route, readonly RoutedRule[]>
}

/** Compiles rules as a whole. Pure: the same rules and mapping give the same set, pattern for pattern. */
export function compileRuleSet(rules: readonly LoadedRule[], logsources: Logsources): RuleSet {
  return atOnce(ruleSetSteps(rules, logsources))
}

/** The same, a rule at a step. */
export function* ruleSetSteps(
  rules: readonly LoadedRule[],
  logsources: Logsources,
): Steps<RuleSet> {
  const interner = createInterner()
  const active: LoadedRule[] = []
  const refused: RefusedRule[] = []
  const noRoute: RefusedRule[] = []
  const compiled: { readonly rule: LoadedRule; readonly on: OnRoute; readonly ids: Ids }[] = []
  for (const rule of rules) {
    yield
    const onRoutes = onRoutesOf(rule, logsources)
    if (onRoutes.length === 0) {
      noRoute.push({ rule, reason: noRouteReason(rule) })
      continue
    }
    if (onRoutes.some(({ isAlways }) => isAlways)) {
      refused.push({ rule, reason: alwaysTrueReason(rule) })
      continue
    }
    active.push(rule)
    for (const on of onRoutes) {
      const ids = on.atoms.map((atom) => interner.intern(on.route.lane.name, atom))
      compiled.push({ rule, on, ids })
    }
  }
  const { table, finalIds } = interner.finish()
  const routed: (RoutedRule & { readonly route: Route })[] = []
  for (const { rule, on, ids } of compiled) {
    yield
    const final = ids.map((id) => finalIds[id] ?? 0)
    routed.push({ rule, route: on.route, expression: renumber(on.expression, final) })
  }
  return { active, refused, noRoute, table, byRoute: Map.groupBy(routed, ({ route }) => route) }
}

type Ids = readonly number[]

/** A rule on one of its routes, whatever other rules there are. */
type OnRoute = {
  readonly route: Route
  /** In the order in which the expression numbers them, from 0. */
  readonly atoms: readonly Atom[]
  readonly expression: Expression
  readonly isAlways: boolean
}

/** Rules whose files did not change stay the same objects: they are not compiled again because others changed. */
const compiledBefore = new WeakMap<
  LoadedRule,
  { readonly logsources: Logsources; readonly onRoutes: readonly OnRoute[] }
>()

function onRoutesOf(rule: LoadedRule, logsources: Logsources): readonly OnRoute[] {
  const before = compiledBefore.get(rule)
  if (before?.logsources === logsources) return before.onRoutes
  const onRoutes = routesOf(rule.logsource, logsources).map((route) => onRoute(rule, route))
  compiledBefore.set(rule, { logsources, onRoutes })
  return onRoutes
}

function onRoute(rule: LoadedRule, route: Route): OnRoute {
  const atoms: Atom[] = []
  const expression = compileOnRoute(rule, route, (atom) => atoms.push(atom) - 1)
  const isAlways = fold(expression, () => undefined).kind === 'true'
  return { route, atoms, expression, isAlways }
}

function noRouteReason({ file, at, logsource }: LoadedRule): Problem {
  return {
    code: 'SIGMA_NO_ROUTE',
    sentence: `No log this station reads answers the log source ${showLogsource(logsource)}. Add it to content/logsources.yml if one does.`,
    file,
    ...at,
  }
}

function alwaysTrueReason({ file, at }: LoadedRule): Problem {
  return { code: 'SIGMA_ALWAYS', sentence: 'The condition is true for every event.', file, ...at }
}

/**
 * What a kind of event says about an atom: exact values of the columns that make the kind. Other tests of those columns
 * are left to the row.
 */
export function knownOfKind(
  { atoms }: AtomTable,
  kind: EventKind,
): (id: number) => boolean | undefined {
  return (id) => {
    const exact = exactKindValue(atoms[id])
    return exact === undefined ? undefined : kind[exact.column].toLowerCase() === exact.value
  }
}

/** Values of the kind columns that some atom asks for exactly: other values of those columns all mean the same. */
export function exactKindValues({
  atoms,
}: AtomTable): ReadonlyMap<KindColumn, ReadonlySet<string>> {
  const values = new Map(KIND_COLUMNS.map((column) => [column, new Set<string>()]))
  for (const atom of atoms) {
    const exact = exactKindValue(atom)
    if (exact !== undefined) values.get(exact.column)?.add(exact.value)
  }
  return values
}

function exactKindValue(
  atom: AtomTable['atoms'][number],
): { readonly column: KindColumn; readonly value: string } | undefined {
  const column = atom?.source.kindColumn
  if (column === undefined || atom?.test.kind !== 'text' || atom.test.cased) return undefined
  const value = plainString(atom.test.text)
  return value === undefined || !/^[\u0020-\u007e]+$/.test(value)
    ? undefined
    : { column, value: value.toLowerCase() }
}
