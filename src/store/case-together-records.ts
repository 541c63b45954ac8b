// Records of people working on cases together: who may do what in one, and cases that became one.

import type { ColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type OptionalInstant = ColumnType<
  Date | null,
  Date | string | null | undefined,
  Date | string | null
>

export const CASE_TOGETHER_STATEMENTS: readonly string[] = [
  `CREATE TABLE case_people (
    "case" integer NOT NULL, person text NOT NULL, role text NOT NULL, made timestamptz NOT NULL, made_by text NOT NULL,
    PRIMARY KEY ("case", person, role))`,
  // What becomes part of another case keeps its rows: taken back, it is as it was.
  `CREATE TABLE case_merges (
    id text PRIMARY KEY, merged integer NOT NULL, into_case integer NOT NULL, made timestamptz NOT NULL, made_by text NOT NULL,
    undone timestamptz, undone_by text)`,
  `CREATE UNIQUE INDEX case_merges_one ON case_merges (merged) WHERE undone IS NULL`,
  `CREATE INDEX case_merges_into ON case_merges (into_case) WHERE undone IS NULL`,
]

export type CaseTogetherTables = {
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
}
