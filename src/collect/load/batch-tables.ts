// The two tables in memory that a batch passes through: the lines as they came, and the rows made of them.

import { columnDefinition } from '../../model/index.ts'
import { trusted } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import { ROW_COLUMNS } from '../parsers/parser-sql.ts'
import { RECORD_STRUCTURE } from '../spool/record.ts'

export type BatchTables = {
  /** Lines with their route. */
  readonly stage: string
  /** Event rows with `fields`. */
  readonly rows: string
}

/** Creates the pair for one intake lane. `owner` keeps stations on one server apart. */
export async function createBatchTables(
  lane: EngineLane,
  owner: string,
  at: number,
): Promise<BatchTables> {
  const tables = { stage: `intake_stage_${owner}_${at}`, rows: `intake_rows_${owner}_${at}` }
  const columns = ROW_COLUMNS.map((column) => columnDefinition(column, { codecs: false })).join(
    ', ',
  )
  await lane.command(trusted(`DROP TABLE IF EXISTS ${tables.stage}`))
  await lane.command(trusted(`DROP TABLE IF EXISTS ${tables.rows}`))
  await lane.command(trusted(`CREATE TABLE ${tables.stage} (${STAGE_STRUCTURE}) ENGINE = Memory`))
  await lane.command(trusted(`CREATE TABLE ${tables.rows} (${columns}) ENGINE = Memory`))
  return tables
}

export async function emptyBatchTables(
  lane: EngineLane,
  { stage, rows }: BatchTables,
): Promise<void> {
  await lane.command(trusted(`TRUNCATE TABLE ${stage}`))
  await lane.command(trusted(`TRUNCATE TABLE ${rows}`))
}

/** What a line is in the stage: a spool record with readable time, and its route. */
const STAGE_STRUCTURE = `${RECORD_STRUCTURE.replace('received Int64', "received DateTime64(3, 'UTC')")}, route UInt16`
