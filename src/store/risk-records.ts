// Hours of entities that were told as rare, so that each is told once; and when each analytic was asked.

import type { ColumnType } from 'kysely'

type Json = ColumnType<unknown, string, string>
type Instant = ColumnType<Date, Date | string, Date | string>

export const RISK_STATEMENTS: readonly string[] = [
  `CREATE TABLE risk_hours (
    entity_kind text NOT NULL, entity text NOT NULL, hour timestamptz NOT NULL, score double precision NOT NULL,
    p double precision, calibration integer NOT NULL, told timestamptz NOT NULL, PRIMARY KEY (entity_kind, entity, hour))`,
  `CREATE TABLE analytic_runs (
    analytic text PRIMARY KEY, asked timestamptz NOT NULL, took_ms integer NOT NULL, found integer NOT NULL, problem text,
    pending jsonb)`,
]

/** The newest runs of each analytic, newest first. */
export const ANALYTIC_LATELY_STEP: readonly string[] = [
  `ALTER TABLE analytic_runs ADD COLUMN lately jsonb NOT NULL DEFAULT '[]'`,
]

/** Windows that late events belong to and that are not asked about yet. */
export const ANALYTIC_WAITING_STEP: readonly string[] = [
  `ALTER TABLE analytic_runs ADD COLUMN waiting jsonb`,
]

export type RiskHoursTable = {
  entity_kind: string
  entity: string
  hour: Instant
  score: number
  /** Null for what is told whatever the budget is. */
  p: number | null
  /** Hours it was held against. */
  calibration: number
  told: Instant
}

export type AnalyticRunsTable = {
  analytic: string
  asked: Instant
  took_ms: number
  found: number
  /** Why the last run found nothing it could trust. */
  problem: string | null
  /** Findings on their way into both engines. */
  pending: Json | null
  /** The newest runs, newest first: when, how long, how many, and what went wrong. */
  lately: ColumnType<unknown, string | undefined, string>
  /** Windows that late events belong to and that are not asked about yet. */
  waiting: ColumnType<unknown, string | null | undefined, string | null>
}
