// Pattern lists stand in a table of the engine, not in each statement: reading 10,000 patterns as query text costs more
// than scanning for them. The lists of a rule set never change, so the engine's compiled automata stay cached.

import { createHash } from 'node:crypto'
import { literal, trusted } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import type { AtomTable } from './atom-table.ts'

/** `sigma_patterns_<digest>`: the same lists, the same table. */
export function patternTable({ groups }: AtomTable): string {
  const hash = createHash('sha256')
  groups.forEach(({ scan }, at) => hash.update(`${at} ${JSON.stringify(scan.patterns)}\n`))
  return `sigma_patterns_${hash.digest('hex').slice(0, 16)}`
}

/** A constant of the statement it stands in: the patterns of one group. */
export function patternsOf(table: string, group: number): string {
  return `(SELECT any(list${group}) FROM ${table})`
}

const ready = new WeakMap<EngineLane, Set<string>>()

/** Fills the table once for each lane; two lanes at once may both fill it, which changes nothing. */
export async function preparePatterns(lane: EngineLane, { groups }: AtomTable, table: string): Promise<void> {
  const known = ready.get(lane) ?? new Set<string>()
  ready.set(lane, known)
  if (known.has(table)) return
  const lists = groups.flatMap(({ scan }, at) => (scan.patterns.length === 0 ? [] : [{ at, patterns: scan.patterns }]))
  // A column for each list: a statement reads only the lists it needs.
  const columns = lists.map(({ at }) => `, list${at} Array(String)`)
  await lane.command(trusted(`CREATE TABLE IF NOT EXISTS ${table} (version UInt8${columns.join('')}) ENGINE = Memory`))
  const { rows } = await lane.query<{ n: string }>(trusted(`SELECT count() AS n FROM ${table}`))
  if (rows[0]?.n === '0') {
    const values = lists.map(({ patterns }) => `, [${patterns.map(literal).join(',')}]`)
    await lane.command(trusted(`INSERT INTO ${table} SELECT 1${values.join('')}`))
  }
  known.add(table)
}

/** Takes the table of a rule set that is no longer used away. */
export async function dropPatterns(lane: EngineLane, table: AtomTable): Promise<void> {
  const name = patternTable(table)
  await lane.command(trusted(`DROP TABLE IF EXISTS ${name}`))
  ready.get(lane)?.delete(name)
}
