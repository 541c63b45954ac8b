// Numbered, forward-only steps of the records database. A step that was released never changes.

import { sql } from 'kysely'
import { VigieError } from '../core/index.ts'
import { BLIND_STATEMENTS } from './blind-records.ts'
import { CACAO_STATEMENTS } from './cacao-records.ts'
import { CAMPAIGN_STATEMENTS } from './campaigns-records.ts'
import { CASE_TOGETHER_STATEMENTS } from './case-together-records.ts'
import { CASES_STATEMENTS } from './cases-records.ts'
import { CORRELATION_STATEMENTS } from './correlations-records.ts'
import { COLLECTION_STEP } from './device-records.ts'
import { EVIDENCE_STATEMENTS } from './evidence-records.ts'
import { EXPOSURE_STATEMENTS } from './exposure-records.ts'
import { EXPOSURE_TRIAGE_STATEMENTS } from './exposure-triage-records.ts'
import { EXPOSURE_UNDECIDED_STATEMENTS } from './exposure-undecided-records.ts'
import { IDENTITY_LACKING_STEP, IDENTITY_STATEMENTS } from './identity-records.ts'
import { INDICATOR_STATEMENTS } from './indicators-records.ts'
import { NETWORK_STATEMENTS } from './networks-records.ts'
import { NOTICE_STATEMENTS } from './notices-records.ts'
import { POSTURE_STATEMENTS } from './posture-records.ts'
import { READINESS_STATEMENTS } from './readiness-records.ts'
import {
  AUDIT_STEP,
  CHANGE_RECORDS_STEP,
  GOLDEN_STEP,
  SIGNED_RECORDS_STEP,
  WHOLE_VERSIONS_STEP,
} from './records-audit.ts'
import type { Records } from './records-schema.ts'
import { SENSORS_STEP, SENSOR_CONTENT_STEP } from './records-sensors.ts'
import { REPORT_SENDING_STATEMENTS } from './report-sending-records.ts'
import { REPORT_UP_STATEMENTS } from './report-up-records.ts'
import { ANALYTIC_LATELY_STEP, ANALYTIC_WAITING_STEP, RISK_STATEMENTS } from './risk-records.ts'
import { ROLL_UP_STATEMENTS } from './roll-up-records.ts'
import { SEGMENT_STEP } from './segment-records.ts'
import { SHARE_CONTENT_STATEMENTS } from './share-content-records.ts'
import { SHARE_OFFER_STEP, SHARE_STATEMENTS } from './share-records.ts'
import { TAXII_STATEMENTS } from './taxii-records.ts'
import { THRESHOLD_STATEMENTS } from './threshold-records.ts'
import { TOOLS_STATEMENTS } from './tools-records.ts'
import { WITNESS_STANDING_STATEMENTS, WITNESS_STATEMENTS } from './witness-records.ts'

const STEPS: readonly { readonly id: number; readonly statements: readonly string[] }[] = [
  {
    id: 1,
    statements: [
      `CREATE TABLE batches (
        id text PRIMARY KEY, received timestamptz NOT NULL, lines integer NOT NULL, bytes bigint NOT NULL,
        sha256 text NOT NULL, parsers jsonb NOT NULL, findings integer NOT NULL, stored timestamptz NOT NULL)`,
      `CREATE TABLE sources (
        name text PRIMARY KEY, kind text NOT NULL, first_seen timestamptz NOT NULL, last_seen timestamptz NOT NULL,
        lines bigint NOT NULL, bytes bigint NOT NULL, "unknown" bigint NOT NULL, partial bigint NOT NULL,
        parsers jsonb NOT NULL, parser text)`,
      `CREATE TABLE source_hours (
        source text NOT NULL, hour timestamptz NOT NULL, lines bigint NOT NULL, PRIMARY KEY (source, hour))`,
      `CREATE TABLE alerts (
        id text PRIMARY KEY, rule text NOT NULL, title_en text NOT NULL, title_fr text NOT NULL,
        severity text NOT NULL, entity_kind text NOT NULL, entity text NOT NULL, count bigint NOT NULL,
        first_seen timestamptz NOT NULL, last_seen timestamptz NOT NULL, why_en text NOT NULL, why_fr text NOT NULL,
        reasons jsonb NOT NULL, attack jsonb NOT NULL, author text NOT NULL, reference text NOT NULL,
        state text NOT NULL, assessment text, reason text, assignee text, reopened integer NOT NULL DEFAULT 0,
        updated timestamptz NOT NULL, UNIQUE (rule, entity_kind, entity))`,
      `CREATE INDEX alerts_state ON alerts (state, last_seen DESC)`,
      `CREATE INDEX alerts_entity ON alerts (entity)`,
      `CREATE TABLE alert_history (
        id bigserial PRIMARY KEY, alert text NOT NULL REFERENCES alerts (id), at timestamptz NOT NULL, who text NOT NULL,
        action text NOT NULL, from_state text, to_state text, comment text, before jsonb, undo text)`,
      `CREATE INDEX alert_history_alert ON alert_history (alert, at)`,
      `CREATE INDEX alert_history_undo ON alert_history (undo) WHERE undo IS NOT NULL`,
      `CREATE TABLE positions (
        path text PRIMARY KEY, inode text NOT NULL, fingerprint text NOT NULL, position bigint NOT NULL,
        lines bigint NOT NULL, done boolean NOT NULL, updated timestamptz NOT NULL)`,
      `CREATE TABLE tokens (
        hash text PRIMARY KEY, kind text NOT NULL, name text NOT NULL, created timestamptz NOT NULL, expires timestamptz)`,
      `CREATE TABLE rule_hits (rule text PRIMARY KEY, hits bigint NOT NULL, last_hit timestamptz NOT NULL)`,
    ],
  },
  { id: 2, statements: [`ALTER TABLE positions ADD COLUMN seq bigint NOT NULL DEFAULT 0`] },
  {
    id: 3,
    statements: [
      `CREATE TABLE history_runs (
        id text PRIMARY KEY, asked timestamptz NOT NULL, asked_by text NOT NULL, rules jsonb NOT NULL,
        span_from timestamptz NOT NULL, span_to timestamptz NOT NULL, reached timestamptz NOT NULL,
        state text NOT NULL, events bigint NOT NULL, judged bigint NOT NULL, unread bigint NOT NULL,
        findings bigint NOT NULL, known bigint NOT NULL, raised integer NOT NULL, reopened integer NOT NULL,
        left_out jsonb NOT NULL, problem jsonb NOT NULL, worked_ms bigint NOT NULL, ended timestamptz, pending jsonb)`,
      // At most one at a time, whoever asks.
      `CREATE UNIQUE INDEX history_runs_one ON history_runs ((true)) WHERE state = 'running'`,
    ],
  },
  { id: 4, statements: SENSORS_STEP },
  { id: 5, statements: INDICATOR_STATEMENTS },
  { id: 6, statements: CORRELATION_STATEMENTS },
  { id: 7, statements: [`ALTER TABLE positions ADD COLUMN cursor text`] },
  { id: 8, statements: RISK_STATEMENTS },
  { id: 9, statements: AUDIT_STEP },
  { id: 10, statements: SENSOR_CONTENT_STEP },
  { id: 11, statements: EXPOSURE_STATEMENTS },
  { id: 12, statements: IDENTITY_STATEMENTS },
  { id: 13, statements: READINESS_STATEMENTS },
  { id: 14, statements: EVIDENCE_STATEMENTS },
  { id: 15, statements: TAXII_STATEMENTS },
  { id: 16, statements: EXPOSURE_UNDECIDED_STATEMENTS },
  { id: 17, statements: CHANGE_RECORDS_STEP },
  { id: 18, statements: SHARE_STATEMENTS },
  { id: 19, statements: CASES_STATEMENTS },
  { id: 20, statements: NETWORK_STATEMENTS },
  { id: 21, statements: GOLDEN_STEP },
  { id: 22, statements: [...NOTICE_STATEMENTS, ...CAMPAIGN_STATEMENTS] },
  { id: 23, statements: COLLECTION_STEP },
  { id: 24, statements: TOOLS_STATEMENTS },
  { id: 25, statements: SEGMENT_STEP },
  { id: 26, statements: BLIND_STATEMENTS },
  { id: 27, statements: EXPOSURE_TRIAGE_STATEMENTS },
  { id: 28, statements: IDENTITY_LACKING_STEP },
  { id: 29, statements: WITNESS_STATEMENTS },
  {
    id: 30,
    statements: [...REPORT_SENDING_STATEMENTS, ...CASE_TOGETHER_STATEMENTS, ...CACAO_STATEMENTS],
  },
  { id: 31, statements: ROLL_UP_STATEMENTS },
  { id: 32, statements: POSTURE_STATEMENTS },
  { id: 33, statements: THRESHOLD_STATEMENTS },
  { id: 34, statements: [...REPORT_UP_STATEMENTS, ...WITNESS_STANDING_STATEMENTS] },
  { id: 35, statements: SIGNED_RECORDS_STEP },
  { id: 36, statements: ANALYTIC_LATELY_STEP },
  { id: 37, statements: SHARE_CONTENT_STATEMENTS },
  { id: 38, statements: SHARE_OFFER_STEP },
  { id: 39, statements: ANALYTIC_WAITING_STEP },
  { id: 40, statements: WHOLE_VERSIONS_STEP },
]

/** What the steps say, to tell one layout from another. */
export const RECORDS_LAYOUT = JSON.stringify(STEPS)

/** Brings the layout up to date, each step in its own transaction. Throws DATA_FOLDER_NEWER when a newer Vigie has been here. */
export async function migrateRecords(records: Records): Promise<void> {
  await sql`CREATE TABLE IF NOT EXISTS layout (id integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())`.execute(
    records,
  )
  const found = await sql<{ id: number | null }>`SELECT max(id) AS id FROM layout`.execute(records)
  const at = found.rows[0]?.id ?? 0
  const known = STEPS.at(-1)?.id ?? 0
  if (at > known) throw new VigieError('DATA_FOLDER_NEWER', { found: at, known })
  for (const step of STEPS.filter(({ id }) => id > at)) {
    await records.transaction().execute(async (transaction) => {
      for (const statement of step.statements) await sql.raw(statement).execute(transaction)
      await sql`INSERT INTO layout (id) VALUES (${step.id})`.execute(transaction)
    })
  }
}
