// Records of sharing: who a station is to others, its peers and what was agreed with them, what came from them, what goes to
// them and why. Objects that a hub gives out stand in the records of TAXII.

import type { ColumnType, Generated } from 'kysely'

type Json = ColumnType<unknown, string, string>
type OptionalJson = ColumnType<unknown, string | null, string | null>
type Instant = ColumnType<Date, Date | string, Date | string>
type OptionalInstant = ColumnType<Date | null, Date | string | null, Date | string | null>
type Count = ColumnType<string | number, number | bigint, number | bigint>

export const SHARE_STATEMENTS: readonly string[] = [
  `CREATE TABLE share_self (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), identity text NOT NULL, organisation text NOT NULL, community text,
    created timestamptz NOT NULL)`,
  `CREATE TABLE share_peers (
    name text PRIMARY KEY, role text NOT NULL, state text NOT NULL, organisation text NOT NULL DEFAULT '', identity text,
    pin text, address text, code_hash text, code_expires timestamptz, terms jsonb NOT NULL, joined timestamptz,
    last_seen timestamptz, ended timestamptz, ended_by text, is_told boolean NOT NULL DEFAULT true, problem jsonb)`,
  `CREATE UNIQUE INDEX share_peers_pin ON share_peers (role, pin) WHERE state = 'joined'`,
  `CREATE UNIQUE INDEX share_peers_code ON share_peers (code_hash) WHERE code_hash IS NOT NULL`,
  `CREATE TABLE share_agreements (
    id text NOT NULL, peer text NOT NULL, terms jsonb NOT NULL, digest text NOT NULL, accepted timestamptz NOT NULL,
    accepted_by text NOT NULL, revoked timestamptz, PRIMARY KEY (peer, id))`,
  `CREATE TABLE share_consents (
    id text PRIMARY KEY, given_by text NOT NULL, purpose text NOT NULL, peers jsonb, kinds jsonb, valid_from timestamptz NOT NULL,
    valid_until timestamptz NOT NULL, revoked timestamptz, recorded_by text NOT NULL)`,
  // What a hub's people let go, and what is bound beyond its marking.
  `CREATE TABLE share_publications (
    id text PRIMARY KEY, collection text NOT NULL, who text NOT NULL, made timestamptz NOT NULL, objects integer NOT NULL,
    first_added bigint, last_added bigint)`,
  `CREATE TABLE share_limits (object text PRIMARY KEY, audience jsonb, release jsonb, community text)`,
  // Which objects were given to whom and when, by their places in the collection.
  `CREATE TABLE share_deliveries (
    id bigserial PRIMARY KEY, peer text NOT NULL, collection text NOT NULL, made timestamptz NOT NULL, first_added bigint NOT NULL,
    last_added bigint NOT NULL, places jsonb NOT NULL, withheld jsonb NOT NULL)`,
  `CREATE INDEX share_deliveries_peer ON share_deliveries (collection, peer, first_added)`,
  `CREATE TABLE share_sync (
    peer text NOT NULL, collection text NOT NULL, title text NOT NULL, added_after text, last_ok timestamptz,
    PRIMARY KEY (peer, collection))`,
  `CREATE TABLE share_received (
    peer text NOT NULL, id text NOT NULL, version text NOT NULL, type text NOT NULL, body text NOT NULL, state text NOT NULL,
    reason text, search text, sighting text, told_count bigint, told timestamptz, received timestamptz NOT NULL,
    is_urgent boolean NOT NULL, is_relayed boolean NOT NULL DEFAULT false, PRIMARY KEY (peer, id))`,
  `CREATE INDEX share_received_state ON share_received (state, peer)`,
  `CREATE INDEX share_received_relay ON share_received (peer, received) WHERE NOT is_relayed`,
  `CREATE TABLE share_outbox (
    seq bigserial PRIMARY KEY, peer text NOT NULL, object text NOT NULL, version text NOT NULL, body text NOT NULL,
    state text NOT NULL, reasons jsonb NOT NULL, agreement text, made timestamptz NOT NULL, decided_by text, sent timestamptz,
    answer text, UNIQUE (peer, object, version))`,
  `CREATE INDEX share_outbox_state ON share_outbox (state, seq)`,
  // Who has seen what, at a hub: asked of the objects themselves, so that no second copy can differ from them.
  `CREATE INDEX share_sightings ON taxii_objects ((body::jsonb ->> 'sighting_of_ref')) WHERE type = 'sighting'`,
]

/** What a hub offers in place of the agreement that holds, at both sides until it is accepted. */
export const SHARE_OFFER_STEP: readonly string[] = [
  `ALTER TABLE share_peers ADD COLUMN offer jsonb`,
]

export type ShareSelfTable = {
  one: Generated<boolean>
  /** `identity--UUID`: stands for the organisation wherever who it is decides. */
  identity: string
  organisation: string
  /** Indigenous community whose data these are; its own recorded consent is then needed. */
  community: string | null
  created: Instant
}

export type SharePeersTable = {
  /** What it is called here. */
  name: string
  role: string
  state: string
  /** As it calls itself. */
  organisation: string
  identity: string | null
  /** SHA-256 of its public key (SPKI), hex. */
  pin: string | null
  /** Of a hub: `host:port`. */
  address: string | null
  code_hash: string | null
  code_expires: OptionalInstant
  terms: Json
  joined: OptionalInstant
  last_seen: OptionalInstant
  ended: OptionalInstant
  ended_by: string | null
  /** Whether the other side knows of the end. */
  is_told: ColumnType<boolean, boolean | undefined, boolean>
  /** Why nothing goes or comes; null while all is well. */
  problem: OptionalJson
  /** An agreement offered in place of `terms`. */
  offer: ColumnType<unknown, string | null | undefined, string | null>
}

export type ShareAgreementsTable = {
  id: string
  peer: string
  terms: Json
  digest: string
  accepted: Instant
  accepted_by: string
  revoked: OptionalInstant
}

export type ShareConsentsTable = {
  id: string
  given_by: string
  purpose: string
  /** null = whoever has an agreement */
  peers: OptionalJson
  kinds: OptionalJson
  valid_from: Instant
  valid_until: Instant
  revoked: OptionalInstant
  recorded_by: string
}

export type SharePublicationsTable = {
  id: string
  collection: string
  who: string
  made: Instant
  objects: number
  first_added: Count | null
  last_added: Count | null
}

export type ShareLimitsTable = {
  object: string
  audience: OptionalJson
  release: OptionalJson
  community: string | null
}

export type ShareDeliveriesTable = {
  id: Generated<string>
  peer: string
  collection: string
  made: Instant
  first_added: Count
  last_added: Count
  places: Json
  withheld: Json
}

export type ShareSyncTable = {
  peer: string
  collection: string
  title: string
  added_after: string | null
  last_ok: OptionalInstant
}

export type ShareReceivedTable = {
  peer: string
  id: string
  version: string
  type: string
  body: string
  state: string
  /** A code, or a sentence of the check, for what is refused or not watched. */
  reason: string | null
  search: string | null
  /** Id of our sighting of it. */
  sighting: string | null
  told_count: Count | null
  told: OptionalInstant
  received: Instant
  is_urgent: boolean
  /** Whether a hub gave it to its own members, or found that it may not. */
  is_relayed: Generated<boolean>
  /** `rule`, `analytic` or `check` for what is content; null for all else. */
  content: ColumnType<string | null, string | null | undefined, string | null>
}

export type ShareOutboxTable = {
  seq: Generated<string>
  peer: string
  object: string
  version: string
  body: string
  state: string
  reasons: Json
  agreement: string | null
  made: Instant
  decided_by: string | null
  sent: OptionalInstant
  answer: string | null
}

export type ShareTables = {
  share_self: ShareSelfTable
  share_peers: SharePeersTable
  share_agreements: ShareAgreementsTable
  share_consents: ShareConsentsTable
  share_publications: SharePublicationsTable
  share_limits: ShareLimitsTable
  share_deliveries: ShareDeliveriesTable
  share_sync: ShareSyncTable
  share_received: ShareReceivedTable
  share_outbox: ShareOutboxTable
}
