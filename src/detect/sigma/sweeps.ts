// What one statement reads. A statement is planned some ten milliseconds before its first row, and a batch of real events holds
// dozens of kinds, most with few rows: kinds are asked together, each row all that is asked of any of them, where that
// costs less than another plan.

import type { AtomTable } from './atom-table.ts'
import type { Work } from './kinds.ts'
import { scanExpression, scannedGroups } from './scan-sql.ts'
import type { Unit } from './units.ts'

/** Units whose rows are read by one statement. */
export type Sweep = {
  readonly units: readonly Unit[]
  /** SQL for the array of atoms that hold on a row. */
  readonly scan: string
  /** Pattern lists that it reads, by group. */
  readonly lists: readonly number[]
}

export type SweepLimits = {
  /** What planning any statement costs, in the time it takes to plan one condition. */
  readonly statement: number
  /** Conditions in one statement: above this, planning grows faster than the work. */
  readonly mostConditions: number
}

const LIMITS: SweepLimits = { statement: 130, mostConditions: 600 }
/** A source of which more patterns are asked is scanned for its whole list. */
const FEW_PATTERNS = 8

/** What else costs time, in the time it takes to plan one condition: some 60 microseconds (docs/decisions/0051). */
const PLAN = { list: 16, lookups: 3, condition: 1 }
const ROW = { list: 0.005, lookups: 0.003, condition: 0.001 }

/** Every unit in one sweep. */
export function sweepsOf(
  table: AtomTable,
  work: ReadonlyMap<Unit, Work>,
  limits: SweepLimits = LIMITS,
): readonly Sweep[] {
  const gathered: Gathered[] = []
  for (const [unit, { rows }] of [...work].toSorted(([, a], [, b]) => a.rows - b.rows)) {
    const one = { units: [unit], rows, asks: asksOf(table, unit) }
    const best = bestOf(gathered, one, limits)
    if (best === undefined) gathered.push(one)
    else gathered.splice(gathered.indexOf(best), 1, merged(best, one))
  }
  return gathered.map(({ units }) => sweepOf(table, units))
}

function sweepOf(table: AtomTable, units: readonly Unit[]): Sweep {
  const [unit] = units
  if (unit !== undefined && units.length === 1) return { units, scan: unit.scan, lists: unit.lists }
  const atoms = new Set(units.flatMap((one) => [...one.atoms]))
  const scan = scanExpression(table, atoms, FEW_PATTERNS)
  return { units, scan, lists: scannedGroups(table, atoms, FEW_PATTERNS) }
}

type Gathered = { readonly units: readonly Unit[]; readonly rows: number; readonly asks: Asks }

/** What is asked of a row: pattern lists and lists of exact values by their group, and conditions by their atom. */
type Asks = Readonly<Record<keyof typeof PLAN, ReadonlySet<number>>>

const KINDS = ['list', 'lookups', 'condition'] as const

const known = new WeakMap<Unit, Asks>()

function asksOf(table: AtomTable, unit: Unit): Asks {
  const asks = known.get(unit) ?? readAsks(table, unit)
  known.set(unit, asks)
  return asks
}

function readAsks({ groups, groupOf }: AtomTable, { atoms }: Unit): Asks {
  const [list, lookups, condition] = [new Set<number>(), new Set<number>(), new Set<number>()]
  for (const id of atoms) {
    const at = groupOf[id] ?? -1
    const group = groups[at]
    if (group?.lookups.has(id) === true) lookups.add(at)
    else if (group !== undefined && id <= group.scan.offset + group.scan.patterns.length)
      list.add(at)
    else condition.add(id)
  }
  return { list, lookups, condition }
}

/** The one that gains most by taking these rows along; `undefined` where none gains. */
function bestOf(
  gathered: readonly Gathered[],
  one: Gathered,
  { statement, mostConditions }: SweepLimits,
): Gathered | undefined {
  let [best, most]: [Gathered | undefined, number] = [undefined, 0]
  for (const other of gathered) {
    const both = shared(one.asks, other.asks)
    const conditions = one.asks.condition.size + other.asks.condition.size - both.condition
    const gain = statement + gainOf(one, other, both)
    if (gain > most && conditions <= mostConditions) [best, most] = [other, gain]
  }
  return best
}

/** Plans that are made once instead of twice, less what rows of the one are asked for the other. */
function gainOf(one: Gathered, other: Gathered, both: Shared): number {
  return KINDS.reduce((sum, kind) => {
    const further =
      one.rows * (other.asks[kind].size - both[kind]) +
      other.rows * (one.asks[kind].size - both[kind])
    return sum + PLAN[kind] * both[kind] - ROW[kind] * further
  }, 0)
}

type Shared = Readonly<Record<keyof typeof PLAN, number>>

function shared(a: Asks, b: Asks): Shared {
  const count = (kind: keyof typeof PLAN) => a[kind].intersection(b[kind]).size
  return { list: count('list'), lookups: count('lookups'), condition: count('condition') }
}

function merged(a: Gathered, b: Gathered): Gathered {
  const all = (kind: keyof typeof PLAN) => a.asks[kind].union(b.asks[kind])
  return {
    units: [...a.units, ...b.units],
    rows: a.rows + b.rows,
    asks: { list: all('list'), lookups: all('lookups'), condition: all('condition') },
  }
}
