// Records of indicators: the lists they come from, what was met, and searches of stored events.

import type { ColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type Json = ColumnType<unknown, string, string>
type Count = ColumnType<string | number, number | bigint, number | bigint>

export const INDICATOR_STATEMENTS: readonly string[] = [
  `CREATE TABLE indicator_lists (
    name text PRIMARY KEY, format text NOT NULL, marking text NOT NULL, confidence integer NOT NULL,
    updated timestamptz NOT NULL, updated_by text NOT NULL, refused bigint NOT NULL)`,
  `CREATE TABLE indicator_hits (
    kind text NOT NULL, value text NOT NULL, hits bigint NOT NULL, first_hit timestamptz NOT NULL,
    last_hit timestamptz NOT NULL, PRIMARY KEY (kind, value))`,
  `CREATE TABLE indicator_searches (
    id text PRIMARY KEY, list text NOT NULL, version bigint NOT NULL, state text NOT NULL, "values" bigint NOT NULL,
    events bigint NOT NULL, searched bigint NOT NULL, findings bigint NOT NULL, known bigint NOT NULL,
    raised integer NOT NULL, reached timestamptz, asked timestamptz NOT NULL, ended timestamptz,
    worked_ms bigint NOT NULL, problem text, pending jsonb)`,
]

export type IndicatorListsTable = {
  name: string
  format: string
  marking: string
  confidence: number
  updated: Instant
  updated_by: string
  /** Entries of the last import that could not be used. */
  refused: Count
}

export type IndicatorHitsTable = {
  kind: string
  value: string
  hits: Count
  first_hit: Instant
  last_hit: Instant
}

export type IndicatorSearchesTable = {
  id: string
  list: string
  /** Rows of the list from this version on are searched for. */
  version: Count
  state: string
  values: Count
  events: Count
  searched: Count
  findings: Count
  known: Count
  raised: number
  /** Everything from here on is searched; null = nothing yet. */
  reached: Instant | null
  asked: Instant
  ended: Instant | null
  worked_ms: Count
  problem: string | null
  /** Findings on their way into both engines. */
  pending: Json | null
}
