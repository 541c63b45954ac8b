// Records of correlations: which hits are to be looked at, up to when each correlation is decided, and what is on its way.

import type { ColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type Json = ColumnType<unknown, string, string>
type Count = ColumnType<string | number, number | bigint, number | bigint>

export const CORRELATION_STATEMENTS: readonly string[] = [
  `CREATE TABLE correlation_feeds (
    feed text PRIMARY KEY, judged timestamptz NOT NULL)`,
  `CREATE TABLE correlation_states (
    correlation text PRIMARY KEY, rule text NOT NULL, decided timestamptz NOT NULL, ungrouped bigint NOT NULL,
    problem text, updated timestamptz NOT NULL)`,
  `CREATE TABLE correlation_pending (
    id text PRIMARY KEY, content jsonb NOT NULL)`,
]

/** Hits that came since correlations were last looked at. */
export type CorrelationFeedsTable = {
  feed: string
  /** When the first of them was judged. */
  judged: Instant
}

export type CorrelationStatesTable = {
  /** Its id and what it asks. */
  correlation: string
  rule: string
  /** What must be absent is decided up to here. */
  decided: Instant
  /** Hits that lack a value they are grouped or measured by. */
  ungrouped: Count
  /** Why it is not decided in full. */
  problem: string | null
  updated: Instant
}

/** What was found and is on its way into both engines. */
export type CorrelationPendingTable = {
  id: string
  content: Json
}
