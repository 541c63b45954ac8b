// Records of the posture rooms that came later: what servers show of TLS, calls of the escalation ladder, office hours.

import type { ColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type MaybeInstant = ColumnType<Date | null, Date | string | null, Date | string | null>
type Json = ColumnType<unknown, string, string>

export const POSTURE_STATEMENTS: readonly string[] = [
  `CREATE TABLE exposure_tls (
    asset text NOT NULL, first_asset text NOT NULL, service text NOT NULL, source text NOT NULL, weak jsonb NOT NULL,
    subject text NOT NULL, not_after timestamptz, seen timestamptz NOT NULL,
    PRIMARY KEY (first_asset, service, source))`,
  `CREATE INDEX exposure_tls_asset ON exposure_tls (asset)`,
]

export type PostureTables = {
  exposure_tls: {
    asset: string
    first_asset: string
    service: string
    source: string
    weak: Json
    subject: string
    not_after: MaybeInstant
    seen: Instant
  }
}
