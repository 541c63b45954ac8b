// Records of readiness: what people attest and decide of a goal, plans, and the score over time.

import type { ColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type Json = ColumnType<unknown, string, string>

export const READINESS_STATEMENTS: readonly string[] = [
  `CREATE TABLE readiness_goals (
    goal text PRIMARY KEY, owner text, due timestamptz, cost text, effort text, not_applicable text,
    updated timestamptz NOT NULL, updated_by text NOT NULL)`,
  `CREATE TABLE readiness_attestations (
    id bigserial PRIMARY KEY, goal text NOT NULL, criterion text NOT NULL, answer text NOT NULL, statement text NOT NULL,
    who text NOT NULL, role text NOT NULL, entered_by text NOT NULL, made timestamptz NOT NULL,
    expires timestamptz NOT NULL, withdrawn timestamptz)`,
  `CREATE INDEX readiness_attestations_goal ON readiness_attestations (goal, criterion, made DESC)`,
  `CREATE TABLE readiness_plans (
    kind text PRIMARY KEY, body jsonb NOT NULL, version integer NOT NULL, updated timestamptz NOT NULL,
    updated_by text NOT NULL)`,
  `CREATE TABLE readiness_scores (
    id bigserial PRIMARY KEY, at timestamptz NOT NULL, score integer NOT NULL, states jsonb NOT NULL, moved jsonb NOT NULL)`,
  `CREATE TABLE readiness_catalogue (
    goal text NOT NULL, version integer NOT NULL, body jsonb NOT NULL, updated timestamptz NOT NULL,
    updated_by text NOT NULL, PRIMARY KEY (goal, version))`,
]

export type ReadinessGoalsTable = {
  goal: string
  owner: string | null
  due: Instant | null
  cost: string | null
  effort: string | null
  /** Why the goal does not apply; null = it does. */
  not_applicable: string | null
  updated: Instant
  updated_by: string
}

export type ReadinessAttestationsTable = {
  id: ColumnType<number, never, never>
  goal: string
  criterion: string
  answer: string
  statement: string
  /** The named person who answers for it. */
  who: string
  role: string
  entered_by: string
  made: Instant
  expires: Instant
  withdrawn: Instant | null
}

export type ReadinessPlansTable = {
  kind: string
  body: Json
  version: number
  updated: Instant
  updated_by: string
}

export type ReadinessScoresTable = {
  id: ColumnType<number, never, never>
  at: Instant
  score: number
  states: Json
  moved: Json
}

/** What an operator corrected from the official toolkit; the newest version counts, older ones stay. */
export type ReadinessCatalogueTable = {
  goal: string
  version: number
  body: Json
  updated: Instant
  updated_by: string
}
