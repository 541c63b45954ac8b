// Records of telling targets: who registered what, what was seen about whom, notices with their steps and answers; and at a
// member what its hubs told it. Campaigns stand in their own file.

import type { ColumnType, Generated } from 'kysely'

type Json = ColumnType<unknown, string, string>
type Instant = ColumnType<Date, Date | string, Date | string>
type OptionalInstant = ColumnType<
  Date | null,
  Date | string | null | undefined,
  Date | string | null
>
type Count = ColumnType<string | number, number | bigint, number | bigint>

export const NOTICE_STATEMENTS: readonly string[] = [
  `CREATE TABLE notice_registration (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), body jsonb NOT NULL, digest text NOT NULL, by_whom text NOT NULL,
    made timestamptz NOT NULL)`,
  `CREATE TABLE notice_registration_told (
    peer text PRIMARY KEY, digest text NOT NULL, told timestamptz, problem text)`,
  `CREATE TABLE notice_organisations (
    id text PRIMARY KEY, name text NOT NULL, sector text NOT NULL, region text NOT NULL, may_go_up boolean NOT NULL,
    contacts jsonb NOT NULL, source text NOT NULL, entered_by text NOT NULL, digest text NOT NULL, made timestamptz NOT NULL,
    until timestamptz NOT NULL)`,
  `CREATE TABLE notice_holdings (
    organisation text NOT NULL REFERENCES notice_organisations (id) ON DELETE CASCADE, kind text NOT NULL, value text NOT NULL,
    shared boolean NOT NULL, confirmed timestamptz, confirmed_by text, PRIMARY KEY (organisation, kind, value))`,
  `CREATE TABLE notices (
    id text PRIMARY KEY, organisation text NOT NULL, class text NOT NULL, state text NOT NULL, made timestamptz NOT NULL,
    due timestamptz NOT NULL, step integer NOT NULL DEFAULT -1, step_at timestamptz, told timestamptz, acknowledged timestamptz,
    fixed timestamptz, closed timestamptz, is_unanswered boolean NOT NULL DEFAULT false, answered_by_channel text)`,
  // At most one that is not answered, of a class, for an organisation: what comes adds to it.
  `CREATE UNIQUE INDEX notices_open ON notices (organisation, class) WHERE state IN ('gathering', 'told')`,
  `CREATE INDEX notices_made ON notices (made DESC)`,
  `CREATE TABLE notice_observations (
    id text PRIMARY KEY, organisation text NOT NULL, class text NOT NULL, what text NOT NULL, about text NOT NULL,
    detail text NOT NULL, count bigint NOT NULL, first_seen timestamptz NOT NULL, last_seen timestamptz NOT NULL,
    source text NOT NULL, notice text NOT NULL REFERENCES notices (id))`,
  `CREATE INDEX notice_observations_notice ON notice_observations (notice)`,
  `CREATE TABLE notice_unplaced (
    id text PRIMARY KEY, reason text NOT NULL, organisations jsonb NOT NULL, class text NOT NULL, seen jsonb NOT NULL,
    what text NOT NULL, about text NOT NULL, detail text NOT NULL, count bigint NOT NULL, first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL, source text NOT NULL, settled timestamptz, settled_by text)`,
  `CREATE INDEX notice_unplaced_open ON notice_unplaced (class, last_seen DESC) WHERE settled IS NULL`,
  `CREATE TABLE notice_deliveries (
    id text PRIMARY KEY, notice text NOT NULL REFERENCES notices (id), step integer NOT NULL, channel text NOT NULL,
    contact jsonb NOT NULL, target text NOT NULL, code_hash text NOT NULL, state text NOT NULL, attempts integer NOT NULL DEFAULT 0,
    next timestamptz NOT NULL, made timestamptz NOT NULL, sent timestamptz, problem text)`,
  `CREATE INDEX notice_deliveries_notice ON notice_deliveries (notice)`,
  `CREATE INDEX notice_deliveries_due ON notice_deliveries (next) WHERE state IN ('waiting', 'sending')`,
  `CREATE INDEX notice_deliveries_code ON notice_deliveries (code_hash)`,
  `CREATE TABLE notice_log (
    seq bigserial PRIMARY KEY, notice text NOT NULL REFERENCES notices (id), at timestamptz NOT NULL, who text NOT NULL,
    act text NOT NULL, detail text NOT NULL, ref text UNIQUE)`,
  `CREATE INDEX notice_log_notice ON notice_log (notice, seq)`,
  `CREATE INDEX taxii_objects_seq ON taxii_objects (seq)`,
  // How far what arrives was looked at, and which files were taken.
  `CREATE TABLE notice_arrivals (source text PRIMARY KEY, reached bigint NOT NULL, at timestamptz NOT NULL)`,
  `CREATE TABLE notices_told (
    peer text NOT NULL, id text NOT NULL, body jsonb NOT NULL, received timestamptz NOT NULL, PRIMARY KEY (peer, id))`,
  `CREATE TABLE notice_answers (
    seq bigserial PRIMARY KEY, peer text NOT NULL, notice text NOT NULL, answer text NOT NULL, by_whom text NOT NULL,
    comment text NOT NULL, at timestamptz NOT NULL, sent timestamptz, problem text)`,
  `CREATE INDEX notice_answers_unsent ON notice_answers (peer, seq) WHERE sent IS NULL`,
]

export type NoticeTables = {
  /** Our own. */
  notice_registration: {
    one: Generated<boolean>
    body: Json
    digest: string
    by_whom: string
    made: Instant
  }
  notice_registration_told: {
    peer: string
    digest: string
    told: OptionalInstant
    problem: string | null
  }
  notice_organisations: {
    id: string
    name: string
    sector: string
    region: string
    may_go_up: boolean
    contacts: Json
    source: string
    entered_by: string
    digest: string
    made: Instant
    /** Claims are attested anew before then. */
    until: Instant
  }
  notice_holdings: {
    organisation: string
    kind: string
    value: string
    shared: boolean
    /** By a person of the hub; until then nothing is told by it. */
    confirmed: OptionalInstant
    confirmed_by: string | null
  }
  notices: {
    id: string
    organisation: string
    class: string
    state: string
    made: Instant
    /** Not told before. */
    due: Instant
    step: Generated<number>
    step_at: OptionalInstant
    told: OptionalInstant
    acknowledged: OptionalInstant
    fixed: OptionalInstant
    closed: OptionalInstant
    is_unanswered: Generated<boolean>
    answered_by_channel: string | null
  }
  notice_observations: {
    id: string
    organisation: string
    class: string
    what: string
    about: string
    detail: string
    count: Count
    first_seen: Instant
    last_seen: Instant
    source: string
    notice: string
  }
  notice_unplaced: {
    id: string
    reason: string
    organisations: Json
    class: string
    /** What the match looked at, to look again. */
    seen: Json
    what: string
    about: string
    detail: string
    count: Count
    first_seen: Instant
    last_seen: Instant
    source: string
    settled: OptionalInstant
    settled_by: string | null
  }
  notice_deliveries: {
    id: string
    notice: string
    step: number
    channel: string
    contact: Json
    target: string
    code_hash: string
    state: string
    attempts: Generated<number>
    next: Instant
    made: Instant
    sent: OptionalInstant
    problem: string | null
  }
  notice_log: {
    seq: Generated<string>
    notice: string
    at: Instant
    who: string
    act: string
    detail: string
    /** Whose answer it is, so that one that comes twice counts once. */
    ref: string | null
  }
  notice_arrivals: { source: string; reached: Count; at: Instant }
  /** At a member. */
  notices_told: { peer: string; id: string; body: Json; received: Instant }
  notice_answers: {
    seq: Generated<string>
    peer: string
    notice: string
    answer: string
    by_whom: string
    comment: string
    at: Instant
    sent: OptionalInstant
    problem: string | null
  }
}
