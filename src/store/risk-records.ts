// Hours of entities that were told as rare, so that each is told once.

import type { ColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>

export const RISK_STATEMENTS: readonly string[] = [
  `CREATE TABLE risk_hours (
    entity_kind text NOT NULL, entity text NOT NULL, hour timestamptz NOT NULL, score double precision NOT NULL,
    p double precision, calibration integer NOT NULL, told timestamptz NOT NULL, PRIMARY KEY (entity_kind, entity, hour))`,
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
