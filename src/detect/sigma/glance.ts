// What the columns alone say of a row: for each rule of a unit a condition that holds wherever the rule does. Of stored
// events the vendor's fields are read again from the line (docs/decisions/0003), which is dear: they are made for the rows
// that a glance leaves.

import type { VerbatimOf } from '../../model/index.ts'
import type { EngineLane } from '../../store/index.ts'
import type { AtomTable } from './atom-table.ts'
import { FALSE, atomsOf, fold, holdsOnNothing } from './expression.ts'
import type { Expression } from './expression.ts'
import { Hints } from './hints.ts'
import { dropPatterns } from './pattern-store.ts'
import type { RoutedRule, RuleSet } from './rule-set.ts'
import { scanExpression, scannedGroups } from './scan-sql.ts'
import type { Unit } from './units.ts'

/** Units that are glanced at together: one scan for all of them. */
export type Glance = {
  /** The units' rules with conditions that ask less, by the number of the unit. */
  readonly rules: ReadonlyMap<number, readonly RoutedRule[]>
  /** SQL for the array of atoms that hold on a row. It reads the columns of `events` and nothing else. */
  readonly scan: string
  /** Pattern lists of the rule set that it reads, by group. */
  readonly lists: readonly number[]
  /** Units some rule of which may hold where no atom does. */
  readonly keeping: readonly number[]
  /** Words that are sought in the lines; undefined where none are. */
  readonly words: AtomTable | undefined
}

/** A unit, and the parsers of its rows. */
export type Glanced = { readonly unit: Unit; readonly parsers: readonly string[] }

const glances = new WeakMap<RuleSet, Map<string, Glance | undefined>>()

/**
 * The glance of each unit; `undefined` where some rule may hold on any row as far as columns tell. Units that were not asked
 * about before share one.
 */
export function glancesOf(
  ruleSet: RuleSet,
  asked: readonly Glanced[],
  verbatim: VerbatimOf,
): ReadonlyMap<Unit, Glance | undefined> {
  const known = glances.get(ruleSet) ?? new Map<string, Glance | undefined>()
  glances.set(ruleSet, known)
  const keyed = asked.map(({ unit, parsers }) => {
    const isVerbatim = verbatim(parsers) !== '0'
    return { unit, parsers, isVerbatim, key: `${unit.id} ${isVerbatim}` }
  })
  const met = keyed.filter(({ key }) => !known.has(key))
  if (met.length > 0) {
    const hints = new Hints(
      ruleSet.table,
      verbatim([...new Set(met.flatMap((one) => one.parsers))]),
    )
    const made = met.map(({ unit, isVerbatim, key }) => ({
      key,
      unit: loosened(unit, hints, isVerbatim),
    }))
    const glance = together(
      ruleSet.table,
      hints,
      made.flatMap(({ unit }) => unit ?? []),
    )
    for (const { key, unit } of made) known.set(key, unit === undefined ? undefined : glance)
  }
  return new Map(keyed.map(({ unit, key }) => [unit, known.get(key)]))
}

/** Takes what glances of a rule set laid down in the engine away. */
export async function dropGlances(lane: EngineLane, ruleSet: RuleSet): Promise<void> {
  const known = new Set(glances.get(ruleSet)?.values() ?? [])
  glances.delete(ruleSet)
  for (const glance of known)
    if (glance?.words !== undefined) await dropPatterns(lane, glance.words)
}

type Loosened = Pick<Unit, 'id' | 'rules'>

/** Its rules with what the columns can say of them; `undefined` where that is nothing for one of them. */
function loosened(unit: Unit, hints: Hints, isVerbatim: boolean): Loosened | undefined {
  const look: Look = {
    may: (id, field) =>
      hints.isOfColumns(id) ? { kind: 'atom', id, field } : hints.mayHold(id, field, isVerbatim),
    must: (id, field) => (hints.isOfColumns(id) ? { kind: 'atom', id, field } : FALSE),
  }
  const rules: RoutedRule[] = []
  for (const { rule, expression } of unit.rules) {
    const wide = fold(widened(expression, look), () => undefined)
    if (wide.kind === 'true') return undefined
    if (wide.kind !== 'false') rules.push({ rule, expression: wide })
  }
  return { id: unit.id, rules }
}

function together(table: AtomTable, hints: Hints, units: readonly Loosened[]): Glance {
  const rules = units.flatMap((unit) => unit.rules)
  const atoms = new Set(rules.flatMap(({ expression }) => [...atomsOf(expression)]))
  const asked = new Set([...atoms].filter((id) => hints.isOfColumns(id)))
  const scans = [scanExpression(table, asked), ...hints.scans]
  return {
    rules: new Map(units.map((unit) => [unit.id, unit.rules])),
    scan: scans.length === 1 ? (scans[0] ?? '') : `arrayConcat(${scans.join(',\n  ')})`,
    lists: scannedGroups(table, asked),
    keeping: units
      .filter((unit) => unit.rules.some(({ expression }) => holdsOnNothing(expression)))
      .map(({ id }) => id),
    words: hints.words,
  }
}

/** What is known of an atom without fields: a condition that holds where it may, and one that holds only where it must. */
type Look = Readonly<Record<'may' | 'must', (id: number, field: string) => Expression>>

/** Holds wherever the expression may. */
function widened(expression: Expression, look: Look, side: 'may' | 'must' = 'may'): Expression {
  switch (expression.kind) {
    case 'atom':
      return look[side](expression.id, expression.field)
    case 'named':
      return widened(expression.item, look, side)
    case 'not':
      return {
        kind: 'not',
        item: widened(expression.item, look, side === 'may' ? 'must' : 'may'),
      }
    case 'and':
    case 'or':
      return {
        kind: expression.kind,
        items: expression.items.map((item) => widened(item, look, side)),
      }
    case 'true':
    case 'false':
    default:
      return expression
  }
}
