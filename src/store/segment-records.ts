// What a station keeps of its segmentation: zones files, the newest verdicts, what changes opened, connections that were seen.

import type { ColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type Json = ColumnType<unknown, string, string>

export type SegmentTables = {
  /** Every zones file that somebody confirmed; the newest stands. */
  segment_zones: {
    version: ColumnType<string, never, never>
    text: string
    kept: Instant
    kept_by: string
    note: string
  }
  /** The newest verdicts: at most one row. */
  segment_rounds: {
    one: ColumnType<boolean, never, never>
    /** Of everything that was judged, so that nothing is judged twice. */
    inputs: string
    zones: ColumnType<string, string | number, string | number>
    made: Instant
    took_ms: number
    /** Null where it could not be done; then `problem` says why. */
    result: Json
    problem: string
  }
  /** What a change let through between zones, beside the change. */
  segment_openings: {
    diff: string
    looked: Instant
    zones: ColumnType<string, string | number, string | number>
    openings: Json
  }
  /** Connections of one day between zones. */
  segment_days: {
    day: string
    /** Of the networks of the zones. */
    networks: string
    rows: Json
    is_whole: boolean
  }
}

export const SEGMENT_STEP: readonly string[] = [
  `CREATE TABLE segment_zones (
    version bigserial PRIMARY KEY, text text NOT NULL, kept timestamptz NOT NULL, kept_by text NOT NULL,
    note text NOT NULL)`,
  `CREATE TABLE segment_rounds (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), inputs text NOT NULL, zones bigint NOT NULL,
    made timestamptz NOT NULL, took_ms integer NOT NULL, result jsonb NOT NULL, problem text NOT NULL)`,
  `CREATE TABLE segment_openings (
    diff text PRIMARY KEY REFERENCES audit_diffs (id), looked timestamptz NOT NULL, zones bigint NOT NULL,
    openings jsonb NOT NULL)`,
  `CREATE TABLE segment_days (
    day text PRIMARY KEY, networks text NOT NULL, rows jsonb NOT NULL, is_whole boolean NOT NULL)`,
]
