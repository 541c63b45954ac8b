// Which atoms hold on which rows, in a table of the engine: what the rules of a unit are decided on.

import { name, sql, trusted } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Sql } from '../../store/index.ts'
import { withPatterns } from './pattern-store.ts'

/** Rows with the same atoms share a line here: real events repeat, so conditions are decided on far fewer lines than rows. */
const HITS_STRUCTURE = '(unit UInt32, ids Array(UInt32), rows Array(Tuple(String, UInt32)))'

/** Runs `work` with an empty table for hits, which is gone afterwards. */
export async function withHits<Result>(
  lane: EngineLane,
  hits: string,
  work: () => Promise<Result>,
): Promise<Result> {
  await lane.command(
    sql`CREATE TABLE IF NOT EXISTS ${name(hits)} ${trusted(HITS_STRUCTURE)} ENGINE = Memory`,
  )
  await lane.command(trusted(`TRUNCATE TABLE ${hits}`))
  try {
    return await work()
  } finally {
    await lane.command(trusted(`DROP TABLE IF EXISTS ${hits}`))
  }
}

/** Otherwise `fields['X']` becomes a subcolumn that is taken out of every row before the rows of the unit are picked. */
const FEW_ROWS_FIRST = { optimize_functions_to_subcolumns: 0 }

export type Scan = {
  readonly hits: string
  /** SQL for the number of a row's unit. */
  readonly unit: string
  /** SQL for the array of atoms that hold on a row. */
  readonly scan: string
  /** Units whose rows are kept where no atom holds. */
  readonly keeping: readonly number[]
  /** `FROM table WHERE …`. */
  readonly from: Sql
  readonly settings: EngineSettings | undefined
}

/** Reads every row once. */
export async function scanRows(lane: EngineLane, request: Scan): Promise<void> {
  const { hits, unit, scan, keeping, from, settings } = request
  const kept = keeping.length === 0 ? '' : ` OR unit IN (${keeping.join(', ')})`
  await lane.command(
    sql`INSERT INTO ${name(hits)}
SELECT unit, ids, groupArray((batch, line)) FROM (
${trusted(withPatterns(scan))}SELECT ${trusted(unit)} AS unit, toString(batch) AS batch, line, ${trusted(scan)} AS ids
${from}) WHERE notEmpty(ids)${trusted(kept)} GROUP BY unit, ids`,
    { settings: { ...settings, ...FEW_ROWS_FIRST } },
  )
}
