// Records of the TAXII server: roots, collections, objects in the order in which they came, statuses of what was posted.

import type { ColumnType } from 'kysely'

type Json = ColumnType<unknown, string, string>
type Instant = ColumnType<Date, Date | string, Date | string>
type Count = ColumnType<string | number, number | bigint | string, number | bigint | string>

export const TAXII_STATEMENTS: readonly string[] = [
  `CREATE TABLE taxii_roots (
    path text PRIMARY KEY, place integer NOT NULL, title text NOT NULL, description text, max_bytes bigint NOT NULL)`,
  `CREATE TABLE taxii_collections (
    root text NOT NULL REFERENCES taxii_roots (path), id text NOT NULL, place integer NOT NULL, title text NOT NULL,
    description text, alias text, can_read boolean NOT NULL, can_write boolean NOT NULL, media_types jsonb NOT NULL,
    last_added bigint NOT NULL DEFAULT 0, PRIMARY KEY (root, id))`,
  // Times in microseconds, as TAXII says them. Flags are within one object of one collection.
  `CREATE TABLE taxii_objects (
    root text NOT NULL, collection text NOT NULL, id text NOT NULL, type text NOT NULL, version text NOT NULL,
    version_order text NOT NULL, spec text NOT NULL, added bigint NOT NULL, seq bigserial NOT NULL, body text NOT NULL,
    is_top_spec boolean NOT NULL, is_last boolean NOT NULL, is_first boolean NOT NULL,
    PRIMARY KEY (root, collection, id, spec, version_order),
    FOREIGN KEY (root, collection) REFERENCES taxii_collections (root, id))`,
  `CREATE INDEX taxii_objects_added ON taxii_objects (root, collection, added, seq)`,
  `CREATE INDEX taxii_objects_latest ON taxii_objects (root, collection, added, seq) WHERE is_top_spec AND is_last`,
  `CREATE INDEX taxii_objects_type ON taxii_objects (root, collection, type, added, seq)`,
  `CREATE INDEX taxii_objects_id ON taxii_objects (id)`,
  `CREATE TABLE taxii_statuses (
    root text NOT NULL, id text NOT NULL, body jsonb NOT NULL, made timestamptz NOT NULL, PRIMARY KEY (root, id))`,
]

export type TaxiiRootsTable = {
  /** With a slash at both ends. */
  path: string
  place: number
  title: string
  description: string | null
  max_bytes: Count
}

export type TaxiiCollectionsTable = {
  root: string
  id: string
  place: number
  title: string
  description: string | null
  alias: string | null
  can_read: boolean
  can_write: boolean
  media_types: Json
  /** The newest object's time; the next one's is later. */
  last_added: Count
}

export type TaxiiObjectsTable = {
  root: string
  collection: string
  id: string
  type: string
  version: string
  /** The version as a text that sorts by time. */
  version_order: string
  spec: string
  added: Count
  seq: ColumnType<string | number, never, never>
  /** As it is given out. */
  body: string
  is_top_spec: boolean
  is_last: boolean
  is_first: boolean
}

export type TaxiiStatusesTable = { root: string; id: string; body: Json; made: Instant }
