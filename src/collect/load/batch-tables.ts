// The tables in memory that a batch passes through: the lines as they came, which parser reads each, and the rows made of them.

import { columnDefinition } from '../../model/index.ts'
import { trusted } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import type { Parser } from '../parsers/parser-content.ts'
import { ROW_COLUMNS } from '../parsers/parser-sql.ts'
import { possibleColumns } from '../parsers/route-sql.ts'
import { RECORD_STRUCTURE } from '../spool/record.ts'

export type BatchTables = {
  /** Lines, with what parsers are possible. */
  readonly stage: string
  /** The route of each line. */
  readonly routes: string
  /** Event rows with `fields`. */
  readonly rows: string
}

export type BatchTablesOf = {
  /** Keeps stations on one server apart. */
  readonly owner: string
  /** Number of the intake lane. */
  readonly at: number
  readonly parsers: readonly Parser[]
}

/** Creates the tables for one intake lane. */
export async function createBatchTables(
  lane: EngineLane,
  { owner, at, parsers }: BatchTablesOf,
): Promise<BatchTables> {
  const tables = {
    stage: `intake_stage_${owner}_${at}`,
    routes: `intake_routes_${owner}_${at}`,
    rows: `intake_rows_${owner}_${at}`,
  }
  const columns = ROW_COLUMNS.map((column) => columnDefinition(column, { codecs: false })).join(
    ', ',
  )
  const structures = { stage: stageStructure(parsers), routes: ROUTES_STRUCTURE, rows: columns }
  for (const key of ['stage', 'routes', 'rows'] as const) {
    await lane.command(trusted(`DROP TABLE IF EXISTS ${tables[key]}`))
    await lane.command(trusted(`CREATE TABLE ${tables[key]} (${structures[key]}) ENGINE = Memory`))
  }
  return tables
}

export async function emptyBatchTables(
  lane: EngineLane,
  { stage, routes, rows }: BatchTables,
): Promise<void> {
  for (const table of [stage, routes, rows]) await lane.command(trusted(`TRUNCATE TABLE ${table}`))
}

/** What a line is in the stage: a spool record with readable time, and the parsers that are possible. */
function stageStructure(parsers: readonly Parser[]): string {
  const record = RECORD_STRUCTURE.replace('received Int64', "received DateTime64(3, 'UTC')")
  return [record, ...possibleColumns(parsers).map((column) => `${column} UInt64`)].join(', ')
}

const ROUTES_STRUCTURE = 'line UInt32, route UInt16'
