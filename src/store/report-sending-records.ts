// Records of reports that leave: whom they are encrypted for, and what was approved beforehand.

import type { ColumnType } from 'kysely'

type Json = ColumnType<unknown, string, string>
type Instant = ColumnType<Date, Date | string, Date | string>
type OptionalInstant = ColumnType<
  Date | null,
  Date | string | null | undefined,
  Date | string | null
>

export const REPORT_SENDING_STATEMENTS: readonly string[] = [
  `CREATE TABLE report_recipients (
    name text PRIMARY KEY, key text NOT NULL, fingerprint text NOT NULL, users jsonb NOT NULL, expires timestamptz,
    made timestamptz NOT NULL, made_by text NOT NULL)`,
  `CREATE TABLE report_rules (
    id text PRIMARY KEY, given_by text NOT NULL, recipient text NOT NULL, categories jsonb NOT NULL, most_marking text NOT NULL,
    valid_until timestamptz NOT NULL, revoked timestamptz, made timestamptz NOT NULL, made_by text NOT NULL)`,
  `ALTER TABLE case_reports ADD COLUMN approved_rule text`,
]

export type ReportSendingTables = {
  report_recipients: {
    name: string
    /** OpenPGP, armored. */
    key: string
    fingerprint: string
    users: Json
    expires: OptionalInstant
    made: Instant
    made_by: string
  }
  report_rules: {
    id: string
    given_by: string
    recipient: string
    categories: Json
    most_marking: string
    valid_until: Instant
    revoked: OptionalInstant
    made: Instant
    made_by: string
  }
}
