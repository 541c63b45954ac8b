// Records of witnesses: of a station's own log who signed what under which quorum; of others' logs what was seen last; at a hub
// what members ask of one another.

import type { ColumnType, Generated } from 'kysely'

type Json = ColumnType<unknown, string | null, string | null>
type Instant = ColumnType<Date, Date | string, Date | string>
type OptionalInstant = ColumnType<Date | null, Date | string | null, Date | string | null>
type LaterInstant = ColumnType<Date | null, Date | null | undefined, Date | null>
type LaterText = ColumnType<string | null, string | null | undefined, string | null>
type Count = ColumnType<string | number, number | bigint, number | bigint>
type CountFromZero = ColumnType<string | number, number | bigint | undefined, number | bigint>

export const WITNESS_STATEMENTS: readonly string[] = [
  `CREATE TABLE witness_hubs (peer text PRIMARY KEY, is_on boolean NOT NULL, made timestamptz NOT NULL, made_by text NOT NULL)`,
  `CREATE TABLE witness_policies (
    seq bigserial PRIMARY KEY, policy text NOT NULL, made timestamptz NOT NULL, made_by text NOT NULL)`,
  // Others that sign this station's log.
  `CREATE TABLE witnesses (
    key text PRIMARY KEY, peer text NOT NULL, organisation text NOT NULL, is_hub boolean NOT NULL, size bigint NOT NULL DEFAULT 0,
    old bigint NOT NULL DEFAULT 0, asked timestamptz, signed timestamptz, problem jsonb)`,
  `CREATE TABLE witness_cosignatures (
    size bigint NOT NULL, witness text NOT NULL, line text NOT NULL, made timestamptz NOT NULL, PRIMARY KEY (size, witness))`,
  // Everybody is asked for the same checkpoint, or no quorum would ever sign one.
  `CREATE TABLE witness_round (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), size bigint NOT NULL, begun timestamptz NOT NULL)`,
  // Logs of others that this station signs. One row each, held while it is decided.
  `CREATE TABLE witnessed_logs (
    origin text PRIMARY KEY, key text NOT NULL, peer text NOT NULL, organisation text NOT NULL, size bigint NOT NULL DEFAULT 0,
    note text NOT NULL DEFAULT '', signed timestamptz, flaw jsonb)`,
  `CREATE INDEX witnessed_logs_peer ON witnessed_logs (peer)`,
  // At a hub: who witnesses for others, and the newest question of each log to each of them, with the answer.
  `CREATE TABLE witness_offers (
    peer text PRIMARY KEY, key text NOT NULL UNIQUE, log text NOT NULL, made timestamptz NOT NULL)`,
  `CREATE TABLE witness_relay (
    log text NOT NULL, witness text NOT NULL, request text NOT NULL, made timestamptz NOT NULL, status integer, answer text,
    PRIMARY KEY (log, witness))`,
]

/** Keys are compared before they count; a witness can be removed, and a log no more be signed. */
export const WITNESS_STANDING_STATEMENTS: readonly string[] = [
  `ALTER TABLE witnesses ADD COLUMN confirmed timestamptz, ADD COLUMN confirmed_by text, ADD COLUMN removed timestamptz,
    ADD COLUMN removed_by text`,
  `ALTER TABLE witnessed_logs ADD COLUMN stopped timestamptz, ADD COLUMN stopped_by text`,
]

export type WitnessTables = {
  witness_hubs: { peer: string; is_on: boolean; made: Instant; made_by: string }
  witness_policies: { seq: Generated<string>; policy: string; made: Instant; made_by: string }
  witnesses: {
    key: string
    peer: string
    organisation: string
    is_hub: boolean
    /** Of the newest checkpoint that it signed. */
    size: CountFromZero
    /** What it is asked to go on from: its newest size by its own word. */
    old: CountFromZero
    asked: OptionalInstant
    signed: OptionalInstant
    problem: Json
    confirmed: LaterInstant
    confirmed_by: LaterText
    removed: LaterInstant
    removed_by: LaterText
  }
  witness_cosignatures: { size: Count; witness: string; line: string; made: Instant }
  witness_round: { one: Generated<boolean>; size: Count; begun: Instant }
  witnessed_logs: {
    origin: string
    key: string
    peer: string
    organisation: string
    size: CountFromZero
    /** As it was signed here last; empty before. */
    note: Generated<string>
    signed: OptionalInstant
    flaw: Json
    stopped: LaterInstant
    stopped_by: LaterText
  }
  witness_offers: { peer: string; key: string; log: string; made: Instant }
  witness_relay: {
    log: string
    witness: string
    request: string
    made: Instant
    status: number | null
    answer: string | null
  }
}
