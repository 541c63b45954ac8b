// Records of exposure: assets and their names, products on them, findings, what is known of vulnerabilities, and what follows.

import type { ColumnType, Generated } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>
type MaybeInstant = ColumnType<Date | null, Date | string | null, Date | string | null>
type Json = ColumnType<unknown, string, string>
type Count = ColumnType<string | number, number | bigint, number | bigint>

export const EXPOSURE_STATEMENTS: readonly string[] = [
  `CREATE TABLE exposure_assets (
    id text PRIMARY KEY, name text NOT NULL, owner text NOT NULL DEFAULT '', criticality text NOT NULL DEFAULT '',
    zone text NOT NULL DEFAULT '', facing text NOT NULL DEFAULT 'unknown', facing_by text NOT NULL DEFAULT '',
    vendor text NOT NULL DEFAULT '', system text NOT NULL DEFAULT '', support_ends date, merged_into text,
    first_seen timestamptz NOT NULL, last_seen timestamptz NOT NULL)`,
  `CREATE INDEX exposure_assets_merged ON exposure_assets (merged_into) WHERE merged_into IS NOT NULL`,
  // asset = who has it now; first_asset = who had it before assets were merged.
  `CREATE TABLE exposure_aliases (
    kind text NOT NULL, value text NOT NULL, asset text NOT NULL, first_asset text NOT NULL, source text NOT NULL,
    first_seen timestamptz NOT NULL, last_seen timestamptz NOT NULL, PRIMARY KEY (kind, value))`,
  `CREATE INDEX exposure_aliases_asset ON exposure_aliases (asset)`,
  `CREATE TABLE exposure_reachable (
    asset text NOT NULL, first_asset text NOT NULL, evidence text NOT NULL, source text NOT NULL,
    seen timestamptz NOT NULL, PRIMARY KEY (first_asset, source, evidence))`,
  `CREATE INDEX exposure_reachable_asset ON exposure_reachable (asset)`,
  `CREATE TABLE exposure_products (
    first_asset text NOT NULL, key text NOT NULL, asset text NOT NULL, vendor text NOT NULL, product text NOT NULL,
    version text NOT NULL, service text NOT NULL, cpe text NOT NULL, purl text NOT NULL, source text NOT NULL,
    confidence integer NOT NULL, first_seen timestamptz NOT NULL, last_seen timestamptz NOT NULL,
    PRIMARY KEY (first_asset, key, version, source))`,
  `CREATE INDEX exposure_products_asset ON exposure_products (asset)`,
  `CREATE TABLE exposure_findings (
    id text PRIMARY KEY, asset text NOT NULL, first_asset text NOT NULL, service text NOT NULL, tool text NOT NULL,
    check_id text NOT NULL, about text NOT NULL, vulnerabilities jsonb NOT NULL, component text NOT NULL,
    version text NOT NULL, title text NOT NULL, severity text NOT NULL, score real, confidence integer NOT NULL,
    fixed_in text NOT NULL, state text NOT NULL, reopened integer NOT NULL DEFAULT 0, first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL, closed timestamptz, import_id text NOT NULL)`,
  `CREATE INDEX exposure_findings_asset ON exposure_findings (asset)`,
  `CREATE TABLE exposure_imports (
    id text PRIMARY KEY, file text NOT NULL, tool text NOT NULL, sha256 text NOT NULL, by_whom text NOT NULL,
    at timestamptz NOT NULL, result jsonb NOT NULL)`,
  `CREATE TABLE exposure_asset_history (
    id bigserial PRIMARY KEY, asset text NOT NULL, at timestamptz NOT NULL, who text NOT NULL, action text NOT NULL,
    detail jsonb NOT NULL)`,
  `CREATE INDEX exposure_asset_history_asset ON exposure_asset_history (asset, at)`,
  `CREATE TABLE exposure_feeds (
    name text PRIMARY KEY, kind text NOT NULL, dated timestamptz NOT NULL, loaded timestamptz NOT NULL,
    entries bigint NOT NULL, sha256 text NOT NULL, by_whom text NOT NULL)`,
  `CREATE TABLE exposure_vulnerabilities (
    id text PRIMARY KEY, title text NOT NULL DEFAULT '', kev jsonb, other_lists jsonb NOT NULL DEFAULT '[]',
    ssvc jsonb, vector text NOT NULL DEFAULT '', score real, epss real, epss_percentile real,
    dated timestamptz, updated timestamptz NOT NULL)`,
  `CREATE TABLE exposure_criteria (
    vulnerability text NOT NULL, source text NOT NULL, number integer NOT NULL, product text NOT NULL,
    content jsonb NOT NULL, PRIMARY KEY (vulnerability, source, number))`,
  `CREATE INDEX exposure_criteria_product ON exposure_criteria (product)`,
  `CREATE TABLE exposure_support (
    product text NOT NULL, cycle text NOT NULL, ends date, released date, latest text NOT NULL,
    PRIMARY KEY (product, cycle))`,
  `CREATE TABLE exposures (
    asset text NOT NULL, vulnerability text NOT NULL, state text NOT NULL, product text NOT NULL, version text NOT NULL,
    sources jsonb NOT NULL, confidence integer NOT NULL, reason text NOT NULL, severity text NOT NULL,
    detected timestamptz NOT NULL, last_seen timestamptz NOT NULL, due timestamptz, work_by timestamptz,
    mitigate_by timestamptz, triage jsonb, action text NOT NULL, basis text NOT NULL, fixed timestamptz,
    proof text NOT NULL DEFAULT '', reopened integer NOT NULL DEFAULT 0, digest text NOT NULL,
    PRIMARY KEY (asset, vulnerability))`,
  // What a deadline was decided by, once for all that share it; rank = the place of its tier, the strictest 1.
  `CREATE TABLE exposure_bases (
    id text PRIMARY KEY, rank integer NOT NULL, exploited boolean NOT NULL, exposed boolean NOT NULL, content jsonb NOT NULL)`,
  // What each source said of each vulnerability, as a digest, so that what did not change costs nothing.
  `CREATE TABLE exposure_told (
    vulnerability text NOT NULL, source text NOT NULL, digest text NOT NULL, PRIMARY KEY (vulnerability, source))`,
  `CREATE INDEX exposures_due ON exposures (state, due)`,
  `CREATE INDEX exposures_vulnerability ON exposures (vulnerability)`,
  `CREATE TABLE exposure_exceptions (
    id text PRIMARY KEY, asset text NOT NULL, vulnerability text NOT NULL, reason text NOT NULL, control text NOT NULL,
    owner text NOT NULL, by_whom text NOT NULL, made timestamptz NOT NULL, expires timestamptz NOT NULL,
    revoked timestamptz)`,
  `CREATE INDEX exposure_exceptions_pair ON exposure_exceptions (asset, vulnerability)`,
]

export type ExposureTables = {
  exposure_assets: {
    id: string
    name: string
    owner: Generated<string>
    criticality: Generated<string>
    zone: Generated<string>
    facing: Generated<string>
    /** Who said how it faces the public network; empty = the evidence does. */
    facing_by: Generated<string>
    vendor: Generated<string>
    system: Generated<string>
    support_ends: MaybeInstant
    merged_into: string | null
    first_seen: Instant
    last_seen: Instant
  }
  exposure_aliases: {
    kind: string
    value: string
    asset: string
    first_asset: string
    source: string
    first_seen: Instant
    last_seen: Instant
  }
  exposure_reachable: {
    asset: string
    first_asset: string
    evidence: string
    source: string
    seen: Instant
  }
  exposure_products: {
    first_asset: string
    key: string
    asset: string
    vendor: string
    product: string
    version: string
    service: string
    cpe: string
    purl: string
    source: string
    confidence: number
    first_seen: Instant
    last_seen: Instant
  }
  exposure_findings: {
    id: string
    asset: string
    first_asset: string
    service: string
    tool: string
    check_id: string
    about: string
    vulnerabilities: Json
    component: string
    version: string
    title: string
    severity: string
    score: number | null
    confidence: number
    fixed_in: string
    state: string
    reopened: Generated<number>
    first_seen: Instant
    last_seen: Instant
    closed: MaybeInstant
    import_id: string
  }
  exposure_imports: {
    id: string
    file: string
    tool: string
    sha256: string
    by_whom: string
    at: Instant
    result: Json
  }
  exposure_asset_history: {
    id: Generated<number>
    asset: string
    at: Instant
    who: string
    action: string
    detail: Json
  }
  exposure_feeds: {
    name: string
    kind: string
    /** The date its author gave it. */
    dated: Instant
    loaded: Instant
    entries: Count
    sha256: string
    by_whom: string
  }
  exposure_vulnerabilities: {
    id: string
    title: Generated<string>
    kev: Json | null
    other_lists: Json
    ssvc: Json | null
    vector: Generated<string>
    score: number | null
    epss: number | null
    epss_percentile: number | null
    dated: MaybeInstant
    updated: Instant
  }
  exposure_criteria: {
    vulnerability: string
    source: string
    number: number
    product: string
    content: Json
  }
  exposure_support: {
    product: string
    cycle: string
    ends: MaybeInstant
    released: MaybeInstant
    latest: string
  }
  exposures: {
    asset: string
    vulnerability: string
    state: string
    product: string
    version: string
    sources: Json
    confidence: number
    reason: string
    severity: string
    detected: Instant
    last_seen: Instant
    due: MaybeInstant
    work_by: MaybeInstant
    mitigate_by: MaybeInstant
    triage: Json | null
    action: string
    basis: string
    fixed: MaybeInstant
    proof: Generated<string>
    reopened: Generated<number>
    digest: string
  }
  exposure_bases: {
    id: string
    rank: number
    exploited: boolean
    exposed: boolean
    content: Json
  }
  exposure_told: { vulnerability: string; source: string; digest: string }
  exposure_exceptions: {
    id: string
    asset: string
    /** Who had it before assets were merged. */
    first_asset: string
    vulnerability: string
    reason: string
    control: string
    owner: string
    by_whom: string
    made: Instant
    expires: Instant
    revoked: MaybeInstant
  }
}
