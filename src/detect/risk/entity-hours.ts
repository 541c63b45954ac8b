// What was found on whom in which hour, counted by the engine.

import { DAY_MS, HOUR_MS } from '../../core/index.ts'
import { EntityKindSchema } from '../../model/index.ts'
import type { EntityKind } from '../../model/index.ts'
import { sql, typed } from '../../store/index.ts'
import type { EngineLane, EngineSettings } from '../../store/index.ts'
import type { EntityHour } from './weigh.ts'

export type FoundHour = EntityHour & {
  readonly entityKind: EntityKind
  readonly name: string
  /** Time of the last finding, ISO 8601. */
  readonly last: string
  readonly findings: number
}

/** What says what is usual. */
export const HISTORY_MS = 30 * DAY_MS
/** The newest ones, where there are more. */
const MAX_HOURS = 200_000
const SETTINGS: EngineSettings = { max_threads: 1, max_memory_usage: 300_000_000 }

type Row = {
  kind: string
  name: string
  hour: number
  rules: string[]
  last: string
  findings: string
}

export async function foundHours(lane: EngineLane, nowMs: number): Promise<readonly FoundHour[]> {
  const time = (ms: number) =>
    typed("DateTime64(3, 'UTC')", new Date(ms).toISOString().slice(0, 23))
  const { rows } = await lane.query<Row>(
    sql`SELECT toString(entity_kind) AS kind, entity AS name, toUInt32(intDiv(toUnixTimestamp64Milli(time), ${HOUR_MS})) AS hour,
  groupUniqArray(toString(rule)) AS rules, formatDateTime(max(time), '%Y-%m-%dT%H:%i:%S.%fZ') AS last, count() AS findings
FROM findings WHERE entity != '' AND time BETWEEN ${time(nowMs - HISTORY_MS)} AND ${time(nowMs + HOUR_MS)}
GROUP BY kind, name, hour ORDER BY hour DESC, kind, name LIMIT ${MAX_HOURS}`,
    { settings: SETTINGS },
  )
  return rows.map(({ kind, name, hour, rules, last, findings }) => ({
    entity: `${kind} ${name}`,
    entityKind: EntityKindSchema.parse(kind),
    name,
    hour,
    rules,
    last,
    findings: Number(findings),
  }))
}
