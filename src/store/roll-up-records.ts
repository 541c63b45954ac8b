// Records of roll-ups: which hubs a station tells of its readiness, and at a hub what members told last.

import type { ColumnType } from 'kysely'

type Json = ColumnType<unknown, string, string>
type Instant = ColumnType<Date, Date | string, Date | string>
type OptionalInstant = ColumnType<
  Date | null,
  Date | string | null | undefined,
  Date | string | null
>

export const ROLL_UP_STATEMENTS: readonly string[] = [
  `CREATE TABLE roll_up_hubs (
    peer text PRIMARY KEY, is_on boolean NOT NULL, made timestamptz NOT NULL, made_by text NOT NULL, told timestamptz)`,
  `CREATE TABLE roll_ups (peer text PRIMARY KEY, goals jsonb NOT NULL, told timestamptz NOT NULL)`,
]

export type RollUpTables = {
  roll_up_hubs: {
    peer: string
    is_on: boolean
    made: Instant
    made_by: string
    /** Null while the hub holds nothing of it. */
    told: OptionalInstant
  }
  roll_ups: {
    peer: string
    goals: Json
    told: Instant
    /** What a member that is a hub passes on; null where it is none. */
    sums: ColumnType<unknown, string | null | undefined, string | null>
  }
}
