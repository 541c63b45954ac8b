// Records of evidence: the entries of the log, its tiles, its checkpoints.

import type { ColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type Count = ColumnType<string | number, number | bigint, number | bigint>
type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>

export const EVIDENCE_STATEMENTS: readonly string[] = [
  `CREATE TABLE evidence_entries (
    id text PRIMARY KEY, kind text NOT NULL, at bigint UNIQUE, entry bytea NOT NULL, chunks bytea NOT NULL,
    made timestamptz NOT NULL)`,
  `CREATE INDEX evidence_entries_waiting ON evidence_entries (made, id) WHERE at IS NULL`,
  `CREATE TABLE evidence_tiles (
    level integer NOT NULL, n bigint NOT NULL, hashes bytea NOT NULL, PRIMARY KEY (level, n))`,
  // One row: whoever appends holds it.
  `CREATE TABLE evidence_log (one boolean PRIMARY KEY DEFAULT true CHECK (one), size bigint NOT NULL)`,
  `INSERT INTO evidence_log (size) VALUES (0)`,
  `CREATE TABLE evidence_checkpoints (
    size bigint PRIMARY KEY, made timestamptz NOT NULL, note text NOT NULL)`,
]

export type EvidenceEntriesTable = {
  id: string
  kind: string
  /** Place in the log; null until it has one. */
  at: Count | null
  /** What is logged, as it is hashed. */
  entry: Bytes
  /** Of a batch: the hash of each 256 lines, so that a changed line is found without keeping a hash for each. */
  chunks: Bytes
  made: Instant
}

export type EvidenceTilesTable = {
  level: number
  n: Count
  /** Up to 256 hashes of 32 bytes. */
  hashes: Bytes
}

export type EvidenceLogTable = { one: ColumnType<boolean, never, never>; size: Count }

export type EvidenceCheckpointsTable = {
  size: Count
  made: Instant
  /** Signed note. */
  note: string
}
