// What one statement reads. A statement takes some ten milliseconds before its first row, and a batch of real events holds
// dozens of kinds, most with few rows and few rules: those are asked together, each row all that is asked of any of them.

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
  /** Conditions asked of rows in about the time that one statement more would take. */
  readonly worthAStatement: number
  /** Conditions in one statement: above this, planning grows faster than the work. */
  readonly mostAtoms: number
}

const LIMITS: SweepLimits = { worthAStatement: 200_000, mostAtoms: 600 }
/** A source of which more patterns are asked is scanned for its whole list. */
const FEW_PATTERNS = 8

/** Every unit in one sweep. The fewer rows a unit has, the sooner it is asked beside others. */
export function sweepsOf(
  table: AtomTable,
  work: ReadonlyMap<Unit, Work>,
  { worthAStatement, mostAtoms }: SweepLimits = LIMITS,
): readonly Sweep[] {
  const alone: Unit[] = []
  const together: Unit[] = []
  let [atoms, rows] = [new Set<number>(), 0]
  for (const [unit, { rows: own }] of [...work].toSorted(([, a], [, b]) => a.rows - b.rows)) {
    // A unit of thousands is not put together with others to find that it is too large.
    if (unit.atoms.size > mostAtoms) {
      alone.push(unit)
      continue
    }
    const all = new Set([...atoms, ...unit.atoms])
    const more = (rows + own) * all.size - rows * atoms.size
    if (more > worthAStatement || all.size > mostAtoms) alone.push(unit)
    else {
      together.push(unit)
      ;[atoms, rows] = [all, rows + own]
    }
  }
  const sweeps = alone.map((unit): Sweep => ({ units: [unit], ...unit }))
  if (together.length === 0) return sweeps
  const scan = scanExpression(table, atoms, FEW_PATTERNS)
  return [...sweeps, { units: together, scan, lists: scannedGroups(table, atoms, FEW_PATTERNS) }]
}
