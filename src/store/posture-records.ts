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
  // An alert that opens again starts another clock: `round` = how often it was opened again.
  `ALTER TABLE critical_clocks ADD COLUMN round integer NOT NULL DEFAULT 0`,
  `ALTER TABLE critical_clocks DROP CONSTRAINT critical_clocks_item_alert_key`,
  `ALTER TABLE critical_clocks ADD UNIQUE (item, alert, round)`,
  `CREATE INDEX critical_clocks_alert ON critical_clocks (alert)`,
  // Log sources that spoke of an item by themselves, beside those a person names.
  `ALTER TABLE critical_items ADD COLUMN seen_sources jsonb NOT NULL DEFAULT '[]'`,
  `CREATE TABLE critical_calls (
    id text PRIMARY KEY, clock text NOT NULL, who text NOT NULL, channel text NOT NULL, target text NOT NULL,
    due timestamptz NOT NULL, state text NOT NULL, attempts integer NOT NULL, next timestamptz NOT NULL, problem text,
    ended timestamptz, ended_by text, note text)`,
  `CREATE INDEX critical_calls_clock ON critical_calls (clock)`,
  `CREATE INDEX critical_calls_open ON critical_calls (state, next) WHERE state IN ('waiting', 'open', 'failed')`,
  // Sums that a member passes on which is a hub itself.
  `ALTER TABLE roll_ups ADD COLUMN sums jsonb`,
  `CREATE TABLE office_hours (
    id bigserial PRIMARY KEY, content jsonb NOT NULL, made timestamptz NOT NULL, made_by text NOT NULL)`,
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
  critical_calls: {
    id: string
    clock: string
    who: string
    /** mail, webhook or call. */
    channel: string
    target: string
    due: Instant
    /** waiting, sent, failed, open (a call to make), done or needless. */
    state: string
    attempts: number
    next: Instant
    problem: string | null
    ended: MaybeInstant
    ended_by: string | null
    note: string | null
  }
}
