// Records of blind matching. At a hub: its keys, its sensitive values under them, who asked how much. At a station: which hubs it
// asks, and what it met. What was asked stands in the engine, beside the events.

import type { ColumnType, Generated } from 'kysely'

type Json = ColumnType<unknown, string, string>
type OptionalJson = ColumnType<unknown, string | null, string | null>
type Instant = ColumnType<Date, Date | string, Date | string>
type OptionalInstant = ColumnType<Date | null, Date | string | null, Date | string | null>
type Count = ColumnType<string | number, number | bigint, number | bigint>

export const BLIND_STATEMENTS: readonly string[] = [
  `CREATE TABLE blind_epochs (
    epoch integer PRIMARY KEY, public_keys jsonb NOT NULL, sealed_keys text, made timestamptz NOT NULL,
    ends timestamptz NOT NULL, ended timestamptz)`,
  `CREATE UNIQUE INDEX blind_epochs_one ON blind_epochs ((true)) WHERE ended IS NULL`,
  `CREATE TABLE blind_indicators (
    id text PRIMARY KEY, kind text NOT NULL, value text NOT NULL, note text NOT NULL, marking text NOT NULL,
    made timestamptz NOT NULL, made_by text NOT NULL, ended timestamptz, ended_by text)`,
  `CREATE UNIQUE INDEX blind_indicators_value ON blind_indicators (kind, value) WHERE ended IS NULL`,
  `CREATE TABLE blind_tags (
    epoch integer NOT NULL, indicator text NOT NULL, tag text NOT NULL, record text NOT NULL, PRIMARY KEY (epoch, indicator))`,
  `CREATE TABLE blind_asked (
    peer text NOT NULL, key_class text NOT NULL, hour timestamptz NOT NULL, asked bigint NOT NULL DEFAULT 0,
    refused bigint NOT NULL DEFAULT 0, PRIMARY KEY (peer, key_class, hour))`,
  `CREATE TABLE blind_budgets (
    peer text PRIMARY KEY, address_day integer NOT NULL, other_day integer NOT NULL, made timestamptz NOT NULL,
    made_by text NOT NULL)`,
  `CREATE TABLE blind_hubs (
    peer text PRIMARY KEY, is_on boolean NOT NULL, tell text NOT NULL, made timestamptz NOT NULL, made_by text NOT NULL,
    epoch integer, public_keys jsonb, ends timestamptz, digest text, list_taken bigint, listed integer NOT NULL DEFAULT 0,
    reached_address timestamptz, reached_other timestamptz, asked timestamptz, problem jsonb)`,
  `CREATE TABLE blind_hits (
    id bigserial PRIMARY KEY, peer text NOT NULL, indicator text NOT NULL, kind text NOT NULL, value text NOT NULL,
    note text NOT NULL, marking text NOT NULL, met timestamptz NOT NULL, events bigint NOT NULL, first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL, state text NOT NULL, sighting text, decided timestamptz, decided_by text,
    UNIQUE (peer, indicator, value))`,
  `CREATE TABLE blind_log (
    seq bigserial PRIMARY KEY, at timestamptz NOT NULL, peer text NOT NULL, act text NOT NULL, about text NOT NULL,
    by_whom text NOT NULL)`,
]

/** A hub's keys for a time, one for each class of values. */
type BlindEpochsTable = {
  epoch: number
  public_keys: Json
  /** Null once they are destroyed. */
  sealed_keys: string | null
  made: Instant
  ends: Instant
  ended: OptionalInstant
}

type BlindIndicatorsTable = {
  /** `indicator--UUID`, by chance: only whoever holds the value learns it. */
  id: string
  kind: string
  value: string
  note: string
  marking: string
  made: Instant
  made_by: string
  ended: OptionalInstant
  ended_by: string | null
}

type BlindTagsTable = { epoch: number; indicator: string; tag: string; record: string }

type BlindAskedTable = {
  peer: string
  key_class: string
  hour: Instant
  asked: ColumnType<string | number, number | undefined, number>
  refused: ColumnType<string | number, number | undefined, number>
}

type BlindBudgetsTable = {
  peer: string
  address_day: number
  other_day: number
  made: Instant
  made_by: string
}

type BlindHubsTable = {
  peer: string
  is_on: boolean
  /** `each`: a person decides on each hit; `rule`: hits are told by this rule. */
  tell: string
  made: Instant
  made_by: string
  /** Pinned with its keys. */
  epoch: number | null
  public_keys: OptionalJson
  ends: OptionalInstant
  /** Of the hub's list, and when it was taken into the engine. */
  digest: string | null
  list_taken: Count | null
  listed: ColumnType<number, number | undefined, number>
  /** What was received before has been asked about under this key. */
  reached_address: OptionalInstant
  reached_other: OptionalInstant
  asked: OptionalInstant
  problem: OptionalJson
}

type BlindHitsTable = {
  id: Generated<string>
  peer: string
  indicator: string
  kind: string
  value: string
  note: string
  marking: string
  met: Instant
  events: Count
  first_seen: Instant
  last_seen: Instant
  state: string
  sighting: string | null
  decided: OptionalInstant
  decided_by: string | null
}

type BlindLogTable = {
  seq: Generated<string>
  at: Instant
  peer: string
  act: string
  about: string
  by_whom: string
}

export type BlindTables = {
  blind_epochs: BlindEpochsTable
  blind_indicators: BlindIndicatorsTable
  blind_tags: BlindTagsTable
  blind_asked: BlindAskedTable
  blind_budgets: BlindBudgetsTable
  blind_hubs: BlindHubsTable
  blind_hits: BlindHitsTable
  blind_log: BlindLogTable
}
