// Records of identities: what was imported, accounts made of it, results of checks, who is watched first.

import type { ColumnType, Generated } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type Json = ColumnType<unknown, string, string>

/** Directories that a check could not be asked of, beside those it was. */
export const IDENTITY_LACKING_STEP: readonly string[] = [
  `ALTER TABLE identity_results ADD COLUMN lacking jsonb NOT NULL DEFAULT '[]'`,
]

export const IDENTITY_STATEMENTS: readonly string[] = [
  `CREATE TABLE identity_parts (
    source text NOT NULL, part text NOT NULL, system text NOT NULL, file text NOT NULL, sha256 text NOT NULL,
    rows integer NOT NULL, fields jsonb NOT NULL, made timestamptz,
    imported timestamptz NOT NULL, imported_by text NOT NULL, PRIMARY KEY (source, part))`,
  `CREATE TABLE identity_imports (
    id bigserial PRIMARY KEY, source text NOT NULL, part text NOT NULL, system text NOT NULL, file text NOT NULL,
    sha256 text NOT NULL, rows integer NOT NULL, imported timestamptz NOT NULL, imported_by text NOT NULL)`,
  `CREATE TABLE identity_rows (
    source text NOT NULL, part text NOT NULL, kind text NOT NULL, id text NOT NULL, body jsonb NOT NULL)`,
  `CREATE INDEX identity_rows_kind ON identity_rows (kind, source)`,
  `CREATE INDEX identity_rows_part ON identity_rows (source, part)`,
  `CREATE TABLE identity_accounts (
    source text NOT NULL, id text NOT NULL, system text NOT NULL, login text NOT NULL, name text, mail text,
    kind text NOT NULL, tier integer NOT NULL, assurance text NOT NULL, strongest text NOT NULL, person text,
    enabled boolean, guest boolean, synced boolean, mailbox boolean, mfa boolean, created timestamptz,
    password_set timestamptz, last_interactive timestamptz, last_use timestamptz, expires timestamptz,
    owner text, manager text, flags jsonb NOT NULL, spns jsonb NOT NULL, detail jsonb NOT NULL,
    PRIMARY KEY (source, id))`,
  `CREATE INDEX identity_accounts_person ON identity_accounts (person)`,
  `CREATE TABLE identity_roles (
    source text NOT NULL, account text NOT NULL, role text NOT NULL, template text, tier integer NOT NULL,
    via text, PRIMARY KEY (source, account, role))`,
  `CREATE TABLE identity_links (
    source text NOT NULL, account text NOT NULL, person text NOT NULL, confirmed timestamptz NOT NULL,
    confirmed_by text NOT NULL, PRIMARY KEY (source, account))`,
  `CREATE TABLE identity_results (
    check_id text PRIMARY KEY, verdict text NOT NULL, found integer NOT NULL, rows jsonb NOT NULL,
    sources jsonb NOT NULL, missing jsonb NOT NULL, checked timestamptz NOT NULL, since timestamptz NOT NULL)`,
  `CREATE TABLE identity_result_history (
    id bigserial PRIMARY KEY, check_id text NOT NULL, at timestamptz NOT NULL, verdict text NOT NULL,
    found integer NOT NULL, before text)`,
  `CREATE TABLE critical_items (
    id text PRIMARY KEY, kind text NOT NULL, key text NOT NULL, name text NOT NULL, band text NOT NULL,
    score integer NOT NULL, reasons jsonb NOT NULL, state text NOT NULL, owner text, reason text,
    proposed timestamptz NOT NULL, decided timestamptz, decided_by text, review timestamptz,
    ladder jsonb NOT NULL, sources jsonb NOT NULL, UNIQUE (kind, key))`,
  `CREATE TABLE critical_clocks (
    id text PRIMARY KEY, item text NOT NULL, band text NOT NULL, alert text NOT NULL, received timestamptz NOT NULL,
    acknowledge_by timestamptz NOT NULL, contain_by timestamptz NOT NULL, acknowledged timestamptz,
    acknowledged_by text, contained timestamptz, step integer NOT NULL, called jsonb NOT NULL, UNIQUE (item, alert))`,
]

export type IdentityPartsTable = {
  source: string
  /** What of the source a file says: users, registrations, roles… A newer file of the same part takes its place. */
  part: string
  system: string
  file: string
  sha256: string
  rows: number
  /** Kinds and fields that the file holds, so that a check knows what it can judge. */
  fields: Json
  /** When the export says that it was made. */
  made: Instant | null
  imported: Instant
  imported_by: string
}

export type IdentityImportsTable = Omit<IdentityPartsTable, 'fields' | 'made'> & {
  id: ColumnType<number, never, never>
}

export type IdentityResultsTable = {
  check_id: string
  verdict: string
  found: number
  rows: Json
  sources: Json
  missing: Json
  lacking: ColumnType<unknown, string, string>
  checked: Instant
  since: Instant
}

export type IdentityResultHistoryTable = {
  id: ColumnType<number, never, never>
  check_id: string
  at: Instant
  verdict: string
  found: number
  before: string | null
}

export type IdentityAccountsTable = {
  source: string
  id: string
  system: string
  login: string
  name: string | null
  mail: string | null
  kind: string
  tier: number
  /** Weakest factor that policy still lets in. */
  assurance: string
  strongest: string
  person: string | null
  enabled: boolean | null
  last_use: Instant | null
  owner: string | null
}

export type IdentityLinksTable = {
  source: string
  account: string
  person: string
  confirmed: Instant
  confirmed_by: string
}

export type CriticalItemsTable = {
  id: string
  kind: string
  key: string
  name: string
  band: string
  score: number
  reasons: Json
  /** proposed, confirmed or refused. */
  state: string
  owner: string | null
  reason: string | null
  proposed: Instant
  decided: Instant | null
  decided_by: string | null
  review: Instant | null
  /** Whom to call, in turn. */
  ladder: Json
  /** Log sources that must not be silent. */
  sources: Json
  seen_sources: ColumnType<unknown, string | undefined, string>
}

export type CriticalClocksTable = {
  id: string
  item: string
  band: string
  alert: string
  received: Instant
  acknowledge_by: Instant
  contain_by: Instant
  acknowledged: Instant | null
  acknowledged_by: string | null
  contained: Instant | null
  step: number
  called: Json
  round: Generated<number>
}
