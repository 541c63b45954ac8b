// The events of the window that a correlation was last found by: what a person with the alert asks first.

import type { Alert } from '../../model/index.ts'
import { FOUND_MEMBER, UNGROUPED, sql } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import type { CorrelationPlan } from '../sigma/index.ts'

export type EventPlace = { readonly batch: string; readonly line: number }

/** Newest first, at most `limit`; empty once the hits are no longer kept. */
export async function windowHits(
  lane: EngineLane,
  { key, timespanMs }: CorrelationPlan,
  { alert, limit }: { readonly alert: Alert; readonly limit: number },
): Promise<readonly EventPlace[]> {
  const { rule, entity, entityKind } = alert
  const last = await lane.query<EventPlace & { ms: string }>(
    sql`SELECT toString(batch) AS batch, line, toUnixTimestamp64Milli(time) AS ms FROM findings
WHERE rule = ${rule} AND entity = ${entity} AND entity_kind = ${entityKind} ORDER BY time DESC LIMIT 1`,
  )
  const [found] = last.rows
  if (found === undefined) return []
  const at = sql`fromUnixTimestamp64Milli(${Number(found.ms)}, 'UTC')`
  const hits = sql`FROM correlation_events WHERE correlation = ${key} AND member != ${FOUND_MEMBER} AND grp != ${UNGROUPED}`
  const { rows } = await lane.query<EventPlace>(
    sql`SELECT toString(batch) AS batch, line ${hits}
  AND grp GLOBAL IN (SELECT grp ${hits} AND time = ${at} AND batch = ${found.batch} AND line = ${found.line})
  AND time BETWEEN fromUnixTimestamp64Milli(${Number(found.ms) - timespanMs}, 'UTC') AND ${at}
GROUP BY batch, line ORDER BY max(time) DESC LIMIT ${limit}`,
  )
  return rows
}
