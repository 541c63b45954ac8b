// Records of cases. Acts are written once; entries and files as well.

import type { ColumnType, Generated } from 'kysely'

type Json = ColumnType<unknown, string, string>
type OptionalJson = ColumnType<unknown, string | null, string | null>
type Instant = ColumnType<Date, Date | string, Date | string>
type OptionalInstant = ColumnType<Date | null, Date | string | null, Date | string | null>

export const CASES_STATEMENTS: readonly string[] = [
  `CREATE TABLE cases (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL, severity text NOT NULL, state text NOT NULL,
    marking text NOT NULL, lead text NOT NULL, summary text NOT NULL, occurred timestamptz, detected timestamptz,
    opened timestamptz NOT NULL, opened_by text NOT NULL, contained timestamptz, closed timestamptz, assessment text,
    conclusion text NOT NULL DEFAULT '')`,
  `CREATE TABLE case_alerts ("case" integer NOT NULL, alert text NOT NULL, PRIMARY KEY ("case", alert))`,
  `CREATE INDEX case_alerts_alert ON case_alerts (alert)`,
  `CREATE TABLE case_entries (
    id text PRIMARY KEY, "case" integer NOT NULL, kind text NOT NULL, at timestamptz NOT NULL, text text NOT NULL,
    recorded timestamptz NOT NULL, by text NOT NULL)`,
  `CREATE INDEX case_entries_case ON case_entries ("case", at)`,
  `CREATE TABLE case_tasks (
    id text PRIMARY KEY, "case" integer NOT NULL, position integer NOT NULL, title text NOT NULL, how text NOT NULL,
    playbook text, owner text NOT NULL, due timestamptz, done timestamptz, done_by text NOT NULL DEFAULT '',
    result text NOT NULL DEFAULT '')`,
  `CREATE INDEX case_tasks_case ON case_tasks ("case", position)`,
  `CREATE TABLE case_files (
    id text PRIMARY KEY, "case" integer NOT NULL, name text NOT NULL, bytes bigint NOT NULL, sha256 text NOT NULL,
    origin text NOT NULL, collected timestamptz, collected_by text NOT NULL, taken timestamptz NOT NULL, taken_by text NOT NULL)`,
  `CREATE INDEX case_files_case ON case_files ("case", taken)`,
  `CREATE TABLE case_acts (
    "case" integer NOT NULL, number integer NOT NULL, at timestamptz NOT NULL, who text NOT NULL, act text NOT NULL,
    what jsonb NOT NULL, digest text NOT NULL, PRIMARY KEY ("case", number))`,
  `CREATE TABLE case_reports (
    "case" integer PRIMARY KEY, stated jsonb NOT NULL, approved jsonb, approved_digest text, approved_by text,
    approved_at timestamptz, sent_by text, sent_at timestamptz, sent_how text, reference text)`,
]

export type CasesTable = {
  number: Generated<number>
  title: string
  severity: string
  state: string
  marking: string
  lead: string
  summary: string
  occurred: OptionalInstant
  detected: OptionalInstant
  opened: Instant
  opened_by: string
  contained: OptionalInstant
  closed: OptionalInstant
  assessment: string | null
  conclusion: Generated<string>
}

export type CaseEntriesTable = {
  id: string
  case: number
  kind: string
  /** When it happened. */
  at: Instant
  text: string
  recorded: Instant
  by: string
}

export type CaseTasksTable = {
  id: string
  case: number
  position: number
  title: string
  how: string
  playbook: string | null
  owner: string
  due: OptionalInstant
  done: OptionalInstant
  done_by: Generated<string>
  result: Generated<string>
}

export type CaseFilesTable = {
  id: string
  case: number
  name: string
  bytes: ColumnType<string | number, number, number>
  sha256: string
  origin: string
  collected: OptionalInstant
  collected_by: string
  taken: Instant
  taken_by: string
}

export type CaseActsTable = {
  case: number
  /** From 1, without gaps. */
  number: number
  at: Instant
  who: string
  act: string
  what: Json
  digest: string
}

export type CaseReportsTable = {
  case: number
  /** What people stated. */
  stated: Json
  /** The whole report as it was approved. */
  approved: OptionalJson
  approved_digest: string | null
  approved_by: string | null
  /** The rule recorded beforehand by which it was approved; null where a person did. */
  approved_rule: string | null
  approved_at: OptionalInstant
  sent_by: string | null
  sent_at: OptionalInstant
  sent_how: string | null
  reference: string | null
}

export type CaseTables = {
  cases: CasesTable
  case_alerts: { case: number; alert: string }
  case_entries: CaseEntriesTable
  case_tasks: CaseTasksTable
  case_files: CaseFilesTable
  case_acts: CaseActsTable
  case_reports: CaseReportsTable
}
