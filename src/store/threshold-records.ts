// Records of addresses that logged in to several members. At the holder: its key. At a hub: terms, who accepted them, reports that it
// cannot open, and what was opened. At a station: which hubs it reports to, and what it reported.

import type { ColumnType } from 'kysely'

type Json = ColumnType<unknown, string, string>
type OptionalJson = ColumnType<unknown, string | null | undefined, string | null>
type Instant = ColumnType<Date, Date | string, Date | string>
type OptionalInstant = ColumnType<
  Date | null,
  Date | string | null | undefined,
  Date | string | null
>
type OptionalText = ColumnType<string | null, string | null | undefined, string | null>
type OptionalNumber = ColumnType<number | null, number | null | undefined, number | null>

export const THRESHOLD_STATEMENTS: readonly string[] = [
  `CREATE TABLE threshold_keys (
    epoch integer PRIMARY KEY, public_key text NOT NULL, sealed_key text, made timestamptz NOT NULL, ends timestamptz NOT NULL,
    ended timestamptz)`,
  `CREATE UNIQUE INDEX threshold_keys_one ON threshold_keys ((true)) WHERE ended IS NULL`,
  `CREATE TABLE threshold_terms (digest text PRIMARY KEY, terms jsonb NOT NULL, made_by text NOT NULL, ended timestamptz)`,
  `CREATE UNIQUE INDEX threshold_terms_one ON threshold_terms ((true)) WHERE ended IS NULL`,
  `CREATE TABLE threshold_members (
    peer text PRIMARY KEY, identity text NOT NULL, digest text, accepted_by text, accepted timestamptz,
    asked_group text NOT NULL DEFAULT '', epoch integer NOT NULL DEFAULT 0, epoch_group text)`,
  `CREATE TABLE threshold_reports (
    peer text NOT NULL, identity text NOT NULL, digest text NOT NULL, epoch integer NOT NULL, tag text NOT NULL,
    place text NOT NULL, share text NOT NULL, commitment text NOT NULL, sealed text NOT NULL, at timestamptz NOT NULL,
    PRIMARY KEY (identity, digest, epoch, tag))`,
  `CREATE INDEX threshold_reports_tag ON threshold_reports (digest, epoch, tag)`,
  `CREATE TABLE threshold_opened (
    digest text NOT NULL, epoch integer NOT NULL, tag text NOT NULL, address text NOT NULL, first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL, opened timestamptz NOT NULL, members jsonb NOT NULL, wrong jsonb NOT NULL,
    PRIMARY KEY (digest, epoch, tag))`,
  `CREATE TABLE threshold_hubs (
    peer text PRIMARY KEY, is_on boolean NOT NULL, is_told boolean NOT NULL, digest text NOT NULL, terms jsonb NOT NULL, made timestamptz NOT NULL,
    made_by text NOT NULL, asked_group text, epoch integer, public_key text, ends timestamptz, epoch_group text,
    reached timestamptz, problem jsonb)`,
  `CREATE TABLE threshold_values (
    peer text NOT NULL, digest text NOT NULL, epoch integer NOT NULL, address text NOT NULL, tag text, said jsonb, body jsonb,
    state text NOT NULL, PRIMARY KEY (peer, digest, epoch, address))`,
]

export type ThresholdTables = {
  threshold_keys: {
    epoch: number
    public_key: string
    /** Null once it is destroyed. */
    sealed_key: string | null
    made: Instant
    ends: Instant
    ended: OptionalInstant
  }
  threshold_terms: { digest: string; terms: Json; made_by: string; ended: OptionalInstant }
  threshold_members: {
    peer: string
    identity: string
    /** Of the terms it accepted. */
    digest: OptionalText
    accepted_by: OptionalText
    accepted: OptionalInstant
    /** What people of the hub said; '' = related to nobody. */
    asked_group: ColumnType<string, string | undefined, string>
    epoch: ColumnType<number, number | undefined, number>
    /** What holds while the epoch does. */
    epoch_group: OptionalText
  }
  threshold_reports: {
    peer: string
    identity: string
    digest: string
    epoch: number
    tag: string
    /** The group that it was made for. */
    place: string
    share: string
    commitment: string
    sealed: string
    at: Instant
  }
  threshold_opened: {
    digest: string
    epoch: number
    tag: string
    address: string
    first_seen: Instant
    last_seen: Instant
    opened: Instant
    members: Json
    wrong: Json
  }
  threshold_hubs: {
    peer: string
    is_on: boolean
    /** False while the hub does not know yet that it is reported to no more. */
    is_told: boolean
    digest: string
    terms: Json
    made: Instant
    made_by: string
    /** The word that the hub said last. */
    asked_group: OptionalText
    /** Pinned with its key. */
    epoch: OptionalNumber
    public_key: OptionalText
    ends: OptionalInstant
    /** The word that all reports under this key are made with. */
    epoch_group: OptionalText
    /** What was received before has been asked about under this key. */
    reached: OptionalInstant
    problem: OptionalJson
  }
  threshold_values: {
    peer: string
    digest: string
    epoch: number
    address: string
    tag: OptionalText
    said: OptionalJson
    body: OptionalJson
    /** `common`: on a warning list or one's own, not asked about; `ready`, `sent`, `opened`. */
    state: string
  }
}
