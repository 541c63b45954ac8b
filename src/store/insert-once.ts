// Rows that are stored once, whatever crashes when.

import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineLane, EngineSettings } from './event-engine.ts'
import { join, sql } from './sql.ts'
import type { Sql } from './sql.ts'

export type InsertOnce = {
  /** `INSERT INTO t (…) SELECT …`, up to its FROM. */
  readonly insert: Sql
  /** `FROM rows`. */
  readonly from: Sql
  /** The same rows carry the same token each time. */
  readonly token: string
  /** Which of `rows` the table does not hold, as a condition. */
  readonly missing: Sql
  /** An earlier try may have got anywhere. */
  readonly again: boolean
  readonly settings: EngineSettings
}

/** An insert that a killed station left running on a server ends within this, or has not begun. */
const IN_FLIGHT_MS = 1000

/**
 * Inserts under a deduplication token. The engine writes a token down before the rows it stands for: a crash between the
 * two makes it refuse rows that it does not hold. So a repeat asks what is missing and stores that without a token.
 */
export async function insertOnce(lane: EngineLane, request: InsertOnce): Promise<void> {
  const { insert, from, token, missing, again, settings } = request
  await lane.command(join([insert, from], ' '), {
    settings: { ...settings, insert_deduplication_token: token },
  })
  if (!again || !(await isAnyMissing(lane, request))) return
  await sleep(IN_FLIGHT_MS)
  await lane.command(sql`${insert} ${from} WHERE ${missing}`, {
    settings: { ...settings, insert_deduplicate: 0 },
  })
}

async function isAnyMissing(lane: EngineLane, { from, missing }: InsertOnce): Promise<boolean> {
  const { rows } = await lane.query(sql`SELECT 1 ${from} WHERE ${missing} LIMIT 1`)
  return rows.length > 0
}
