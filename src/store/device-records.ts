// The tables of how configurations come in by themselves, and of what logs say about who changed them: their types, and the step
// that makes them. No column holds a secret that is not sealed.

import type { ColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type Json = ColumnType<unknown, string, string>

/** What the logs say of a difference between two versions. */
export type AuditTracesTable = {
  diff: string
  state: string
  looked: Instant
  /** When it is looked again, because lines come late; null: no more. */
  next_look: Instant | null
  gap: Json
  actors: Json
  /** Secrets in commands were replaced. */
  acts: Json
  act_count: number
  suspicions: Json
}

/** A git repository that holds configurations, a file for each device. */
export type ConfigRepositoriesTable = {
  /** Address or folder. */
  place: string
  /** '' for the one that the repository names. */
  branch: string
  added: Instant
  added_by: string
  /** Last commit that was taken in. */
  head: string | null
  looked: Instant | null
  commits: number
  versions: number
  /** The newest ones: file, commit, sentences. */
  refused: Json
  /** A sentence in both languages, or null. */
  problem: Json
  /** When its history was found to be another one, and which commit is gone. */
  rewritten: Instant | null
  lost: string | null
}

/** A device whose configuration is fetched over SSH. */
export type DevicePullsTable = {
  /** Name of the device. */
  device: string
  host: string
  port: number
  account: string
  platform: string
  /** Sealed: password, key and its passphrase, password of enable. */
  secret: string
  /** How they are used: names of what was given. */
  given: Json
  /** Minutes between two; 1440 is nightly. */
  every: number
  /** Fingerprint that people confirmed. */
  host_key: string | null
  host_key_by: string
  /** Fingerprint that was met and is not confirmed, or is not the confirmed one. */
  host_key_met: string | null
  added: Instant
  added_by: string
  tried: Instant | null
  taken: Instant | null
  next: Instant
  failures: number
  /** A sentence in both languages, or null. */
  problem: Json
}

export type CollectionTables = {
  audit_traces: AuditTracesTable
  config_repositories: ConfigRepositoriesTable
  device_pulls: DevicePullsTable
}

export const COLLECTION_STEP: readonly string[] = [
  `CREATE TABLE audit_traces (
    diff text PRIMARY KEY REFERENCES audit_diffs (id), state text NOT NULL, looked timestamptz NOT NULL,
    next_look timestamptz, gap jsonb NOT NULL, actors jsonb NOT NULL, acts jsonb NOT NULL, act_count integer NOT NULL,
    suspicions jsonb NOT NULL)`,
  `CREATE INDEX audit_traces_next ON audit_traces (next_look) WHERE next_look IS NOT NULL`,
  `ALTER TABLE golden_groups ADD COLUMN management jsonb NOT NULL DEFAULT '[]'`,
  `CREATE TABLE config_repositories (
    place text PRIMARY KEY, branch text NOT NULL, added timestamptz NOT NULL, added_by text NOT NULL, head text,
    looked timestamptz, commits integer NOT NULL, versions integer NOT NULL, refused jsonb NOT NULL, problem jsonb NOT NULL,
    rewritten timestamptz, lost text)`,
  `CREATE TABLE device_pulls (
    device text PRIMARY KEY, host text NOT NULL, port integer NOT NULL, account text NOT NULL, platform text NOT NULL,
    secret text NOT NULL, given jsonb NOT NULL, every integer NOT NULL, host_key text, host_key_by text NOT NULL,
    host_key_met text, added timestamptz NOT NULL, added_by text NOT NULL, tried timestamptz, taken timestamptz,
    next timestamptz NOT NULL, failures integer NOT NULL, problem jsonb NOT NULL)`,
  `CREATE INDEX device_pulls_next ON device_pulls (next)`,
]
