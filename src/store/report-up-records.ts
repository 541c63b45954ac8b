// Records of incident reports between a station and its hubs: at the station what it sends and what came back, at a hub what members
// sent.

import type { ColumnType, Generated } from 'kysely'

type Json = ColumnType<unknown, string, string>
type Instant = ColumnType<Date, Date | string, Date | string>
type OptionalInstant = ColumnType<
  Date | null,
  Date | string | null | undefined,
  Date | string | null
>
type OptionalText = ColumnType<string | null, string | null | undefined, string | null>

export const REPORT_UP_STATEMENTS: readonly string[] = [
  `CREATE TABLE reports_up (
    peer text NOT NULL, digest text NOT NULL, "case" integer NOT NULL, body jsonb NOT NULL, state text NOT NULL, reason text NOT NULL,
    reference text, sent_by text NOT NULL, made timestamptz NOT NULL, answered timestamptz, acknowledged_by text,
    acknowledged timestamptz, PRIMARY KEY (peer, digest))`,
  `CREATE TABLE reports_received (
    seq bigserial PRIMARY KEY, reference text NOT NULL UNIQUE, peer text NOT NULL, identity text NOT NULL, organisation text NOT NULL,
    digest text NOT NULL, body jsonb NOT NULL, received timestamptz NOT NULL, acknowledged_by text, acknowledged timestamptz,
    UNIQUE (identity, digest))`,
]

export type ReportUpTables = {
  reports_up: {
    peer: string
    digest: string
    case: number
    body: Json
    /** `ready`, `taken`, `refused`. */
    state: string
    reason: string
    reference: OptionalText
    sent_by: string
    made: Instant
    answered: OptionalInstant
    acknowledged_by: OptionalText
    acknowledged: OptionalInstant
  }
  reports_received: {
    seq: Generated<string>
    reference: string
    peer: string
    identity: string
    organisation: string
    digest: string
    body: Json
    received: Instant
    acknowledged_by: OptionalText
    acknowledged: OptionalInstant
  }
}
