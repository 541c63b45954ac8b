// The tables of the configuration audit: their types, and the step that makes them. Texts were redacted before they
// come here; no column holds a secret.

import type { ColumnType, Generated } from 'kysely'

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
  /** False: half a configuration, or two in one. Nothing is compared with it, and the device is judged by the one before. */
  is_whole: Generated<boolean>
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
  /** When the version before was last seen: the change came after. Null for the first version. */
  happened_after: Instant | null
  /** The change record that covers all of it. */
  record: string | null
}

export type ChangeRecordsTable = {
  id: string
  /** Name of the device. */
  device: string
  starts: Instant
  ends: Instant
  allows: Json
  reason: string
  reference: string
  recorded: Instant
  recorded_by: string
  revoked: Instant | null
  revoked_by: string
  /** Of the station over all of it; '' where it was written before records were signed. */
  signature: string
}

/** What the devices of a group should say, and who works on them. */
export type GoldenGroupsTable = {
  name: string
  /** Names of devices; `*` stands for anything. */
  devices: Json
  /** Redacted; null where the group only names operators. */
  config: string | null
  dialect: string | null
  /** What the configuration was read from. */
  source: string
  /** What it does not say may be anything. */
  is_part: boolean
  allows: Json
  operators: Json
  /** Networks that operators work from; empty: whatever is not the Internet. */
  management: Json
  set_at: Instant
  set_by: string
}

/** Digests that makers publish of their images. */
export type FirmwareHashesTable = {
  /** Lower case, without folders. */
  file: string
  digest: string
  source: string
  taken: Instant
  taken_by: string
}

/** Files of the folder of configurations, as they were taken in last. */
export type ConfigFilesTable = { path: string; stamp: string }

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

/** Which change was expected, by whose word; and which files were taken in. */
export const CHANGE_RECORDS_STEP: readonly string[] = [
  `CREATE TABLE change_records (
    id text PRIMARY KEY, device text NOT NULL, starts timestamptz NOT NULL, ends timestamptz NOT NULL,
    allows jsonb NOT NULL, reason text NOT NULL, reference text NOT NULL, recorded timestamptz NOT NULL,
    recorded_by text NOT NULL, revoked timestamptz, revoked_by text NOT NULL)`,
  `CREATE INDEX change_records_device ON change_records (device, ends DESC)`,
  `ALTER TABLE audit_diffs ADD COLUMN happened_after timestamptz, ADD COLUMN record text REFERENCES change_records (id)`,
  `UPDATE audit_diffs SET happened_after = (SELECT last_seen FROM audit_versions WHERE id = version_before)`,
  `CREATE INDEX audit_diffs_unexplained ON audit_diffs (made DESC) WHERE record IS NULL AND version_before IS NOT NULL`,
  `CREATE TABLE config_files (path text PRIMARY KEY, stamp text NOT NULL)`,
]

/** What came broken is kept and is not what the device says. */
export const WHOLE_VERSIONS_STEP: readonly string[] = [
  `ALTER TABLE audit_versions ADD COLUMN is_whole boolean NOT NULL DEFAULT true`,
]

export const SIGNED_RECORDS_STEP: readonly string[] = [
  `ALTER TABLE change_records ADD COLUMN signature text NOT NULL DEFAULT ''`,
]

/** Known-good configurations of groups of devices, and digests of images. */
export const GOLDEN_STEP: readonly string[] = [
  `CREATE TABLE golden_groups (
    name text PRIMARY KEY, devices jsonb NOT NULL, config text, dialect text, source text NOT NULL,
    is_part boolean NOT NULL, allows jsonb NOT NULL, operators jsonb NOT NULL, set_at timestamptz NOT NULL,
    set_by text NOT NULL)`,
  `CREATE TABLE firmware_hashes (
    file text NOT NULL, digest text NOT NULL, source text NOT NULL, taken timestamptz NOT NULL, taken_by text NOT NULL,
    PRIMARY KEY (file, digest))`,
]
