// The table of sensors: its type, and the step that makes it.

import type { ColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type Count = ColumnType<string | number, number | bigint, number | bigint>

export type SensorsTable = {
  name: string
  state: string
  /** Tells one enrolment of the name from the next; stands in its certificates. */
  enrolment: string
  /** SHA-256 of the code's secret; the secret itself is never kept. */
  code_hash: string
  code_expires: Instant
  /** SPKI, PEM; null until the code was used. */
  public_key: string | null
  enrolled: Instant | null
  last_seen: Instant | null
  certificate_expires: Instant | null
  version: string
  /** When the oldest line that waits at the sensor was received there. */
  oldest: Instant | null
  waiting_bytes: Count
  limit_bytes: Count
  dropped: Count
  skew_ms: Count | null
}

export const SENSORS_STEP: readonly string[] = [
  `CREATE TABLE sensors (
    name text PRIMARY KEY, state text NOT NULL, enrolment text NOT NULL, code_hash text NOT NULL,
    code_expires timestamptz NOT NULL, public_key text, enrolled timestamptz, last_seen timestamptz,
    certificate_expires timestamptz, version text NOT NULL DEFAULT '', oldest timestamptz,
    waiting_bytes bigint NOT NULL DEFAULT 0, limit_bytes bigint NOT NULL DEFAULT 0,
    dropped bigint NOT NULL DEFAULT 0, skew_ms bigint)`,
  `CREATE UNIQUE INDEX sensors_code ON sensors (code_hash)`,
]
