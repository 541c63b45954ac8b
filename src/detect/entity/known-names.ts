// Names of accounts and devices that a station met of late, in what was found and in what is usual.

import { DAY_MS } from '../../core/index.ts'
import { EntityKindSchema } from '../../model/index.ts'
import { sql, typed } from '../../store/index.ts'
import type { EngineLane, EngineSettings } from '../../store/index.ts'
import { spellingsOf } from './spellings.ts'
import type { Spelled, Spellings } from './spellings.ts'

const LOOK_BACK_MS = 30 * DAY_MS
/** Of each kind. */
const MOST_NAMES = 50_000
/** A flood of names is not gathered to its end: those beyond stand for themselves. */
const SETTINGS: EngineSettings = {
  max_threads: 1,
  max_memory_usage: 300_000_000,
  max_rows_to_group_by: 200_000,
  group_by_overflow_mode: 'any',
}

export async function knownSpellings(lane: EngineLane, nowMs: number): Promise<Spellings> {
  const since = typed(
    "DateTime64(3, 'UTC')",
    new Date(nowMs - LOOK_BACK_MS).toISOString().slice(0, 23),
  )
  const { rows } = await lane.query<{ readonly kind: string; readonly name: string }>(
    sql`SELECT kind, name FROM (
  SELECT toString(entity_kind) AS kind, toString(entity) AS name FROM findings WHERE entity_kind IN ('account', 'device') AND entity != '' AND time >= ${since}
  UNION ALL SELECT 'account', toString(account) FROM login_hours WHERE account != '' AND hour >= toDateTime(${since})
  UNION ALL SELECT 'device', toString(target) FROM login_hours WHERE target != '' AND hour >= toDateTime(${since})
  UNION ALL SELECT 'device', toString(device_name) FROM event_kinds WHERE device_name != '' AND hour >= toDateTime(${since})
) GROUP BY kind, name ORDER BY kind, name LIMIT ${MOST_NAMES} BY kind`,
    { settings: SETTINGS },
  )
  return spellingsOf(rows.map(({ kind, name }) => ({ kind: EntityKindSchema.parse(kind), name })))
}

/** Names under which the entity was met in the month before a moment and since, the one asked for first. */
export async function namesOf(
  lane: EngineLane,
  entity: Spelled,
  nowMs: number,
): Promise<readonly string[]> {
  const { kind, name } = entity
  if (name === '' || (kind !== 'account' && kind !== 'device')) return [name]
  return (await knownSpellings(lane, nowMs)).namesOf(entity)
}
