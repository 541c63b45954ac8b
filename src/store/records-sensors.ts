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
  /** When the content it works with was made; null before it has any. */
  content: Instant | null
  /** When it was last said that it is silent; null while it is heard. */
  silence_told: Instant | null
}

/** Values of lists that a sensor met, until their lines are rows. */
export type SensorSightingsTable = {
  sensor: string
  value: string
  source: string
  count: Count
  first_seen: Instant
  last_seen: Instant
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

export const SENSOR_CONTENT_STEP: readonly string[] = [
  `ALTER TABLE sensors ADD COLUMN content timestamptz`,
  `ALTER TABLE sensors ADD COLUMN silence_told timestamptz`,
  `CREATE TABLE sensor_sightings (
    sensor text NOT NULL, value text NOT NULL, source text NOT NULL, count bigint NOT NULL,
    first_seen timestamptz NOT NULL, last_seen timestamptz NOT NULL, PRIMARY KEY (sensor, value, source))`,
]
