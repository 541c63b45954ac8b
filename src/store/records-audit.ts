// The tables of the configuration audit: their types, and the step that makes them. Texts were redacted before they
// come here; no column holds a secret.

import type { ColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type Json = ColumnType<unknown, string, string>

export type AuditDevicesTable = {
  id: string
  /** What the device is called: given by who sent it, else its own host name, else what it was read from. */
  name: string
  dialect: string
  title: string
  vendor: string
  first_seen: Instant
  last_seen: Instant
  /** The newest version. */
  version: string | null
}

export type AuditVersionsTable = {
  id: string
  device: string
  source: string
  received: Instant
  /** When the same meaning came last: a configuration that did not change is not kept twice. */
  last_seen: Instant
  /** SHA-256 of the redacted text. */
  text_digest: string
  /** SHA-256 of what it says, order and volatile lines aside. */
  meaning_digest: string
  /** Redacted. */
  config: string
  dialect: string
  lines: number
  significant: number
  understood: number
  /** What the device says of itself, of the newest time the version came. */
  facts: Json
}

export type AuditDiffsTable = {
  id: string
  device: string
  /** Null for the first version. */
  version_before: string | null
  version_after: string
  made: Instant
  change_count: number
  changes: Json
  findings: Json
  incident: Json
  signs: Json
}

export const AUDIT_STEP: readonly string[] = [
  `CREATE TABLE audit_devices (
    id text PRIMARY KEY, name text NOT NULL UNIQUE, dialect text NOT NULL, title text NOT NULL, vendor text NOT NULL,
    first_seen timestamptz NOT NULL, last_seen timestamptz NOT NULL, version text)`,
  `CREATE TABLE audit_versions (
    id text PRIMARY KEY, device text NOT NULL REFERENCES audit_devices (id), source text NOT NULL,
    received timestamptz NOT NULL, last_seen timestamptz NOT NULL, text_digest text NOT NULL,
    meaning_digest text NOT NULL, config text NOT NULL, dialect text NOT NULL, lines integer NOT NULL,
    significant integer NOT NULL, understood integer NOT NULL, facts jsonb NOT NULL)`,
  `CREATE INDEX audit_versions_device ON audit_versions (device, received DESC)`,
  `CREATE TABLE audit_diffs (
    id text PRIMARY KEY, device text NOT NULL REFERENCES audit_devices (id),
    version_before text REFERENCES audit_versions (id), version_after text NOT NULL REFERENCES audit_versions (id),
    made timestamptz NOT NULL, change_count integer NOT NULL, changes jsonb NOT NULL, findings jsonb NOT NULL,
    incident jsonb NOT NULL, signs jsonb NOT NULL)`,
  `CREATE INDEX audit_diffs_device ON audit_diffs (device, made DESC)`,
]
