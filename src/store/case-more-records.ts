// Records of cases, added later: whom reports are encrypted for, what was approved beforehand, who may do what in a case, cases that
// became one, playbooks of others.

import type { ColumnType } from 'kysely'

type Json = ColumnType<unknown, string, string>
type Instant = ColumnType<Date, Date | string, Date | string>
type OptionalInstant = ColumnType<
  Date | null,
  Date | string | null | undefined,
  Date | string | null
>

export const CASE_MORE_STATEMENTS: readonly string[] = [
  `CREATE TABLE report_recipients (
    name text PRIMARY KEY, key text NOT NULL, fingerprint text NOT NULL, users jsonb NOT NULL, expires timestamptz,
    made timestamptz NOT NULL, made_by text NOT NULL)`,
  `CREATE TABLE report_rules (
    id text PRIMARY KEY, given_by text NOT NULL, recipient text NOT NULL, categories jsonb NOT NULL, most_marking text NOT NULL,
    valid_until timestamptz NOT NULL, revoked timestamptz, made timestamptz NOT NULL, made_by text NOT NULL)`,
  `ALTER TABLE case_reports ADD COLUMN approved_rule text`,
  `CREATE TABLE case_people (
    "case" integer NOT NULL, person text NOT NULL, role text NOT NULL, made timestamptz NOT NULL, made_by text NOT NULL,
    PRIMARY KEY ("case", person, role))`,
  // What becomes part of another case keeps its rows: taken back, it is as it was.
  `CREATE TABLE case_merges (
    id text PRIMARY KEY, merged integer NOT NULL, into_case integer NOT NULL, made timestamptz NOT NULL, made_by text NOT NULL,
    undone timestamptz, undone_by text)`,
  `CREATE UNIQUE INDEX case_merges_one ON case_merges (merged) WHERE undone IS NULL`,
  `CREATE INDEX case_merges_into ON case_merges (into_case) WHERE undone IS NULL`,
  `CREATE TABLE cacao_playbooks (
    id text PRIMARY KEY, name text NOT NULL, version text NOT NULL, body text NOT NULL, made timestamptz NOT NULL, made_by text NOT NULL)`,
]

export type CaseMoreTables = {
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
  case_people: { case: number; person: string; role: string; made: Instant; made_by: string }
  case_merges: {
    id: string
    merged: number
    into_case: number
    made: Instant
    made_by: string
    undone: OptionalInstant
    undone_by: string | null
  }
  cacao_playbooks: {
    id: string
    name: string
    version: string
    body: string
    made: Instant
    made_by: string
  }
}
