// What is needed to work out exposures, read at once: assets with products and findings, what was before, what is known.

import { sql } from 'kysely'
import { FacingSchema, SeveritySchema } from '../../model/index.ts'
import type { Facing, Severity } from '../../model/index.ts'
import type { Work } from '../rows.ts'
import type { Installed } from './catalogue.ts'
import { knownOf } from './known.ts'
import type { KnownVulnerability } from './known.ts'
import type { ScannerSays } from './pairs.ts'

export type Scope = {
  readonly assets?: readonly string[] | undefined
  readonly vulnerabilities?: readonly string[] | undefined
}

export type EstateAsset = {
  readonly id: string
  readonly vendor: string
  readonly system: string
  readonly criticality: string
  readonly zone: string
  readonly facing: Facing
  readonly facingBy: string
  /** Pieces of evidence that it was reached from the public network. */
  readonly reached: number
  readonly supportEndsMs: number | undefined
  readonly products: readonly (Installed & { readonly lastMs: number })[]
  readonly scanners: readonly ScannerSays[]
}
export type ExposureBefore = {
  readonly vulnerability: string
  readonly state: string
  readonly product: string
  readonly version: string
  readonly severity: Severity
  readonly detectedMs: number
  readonly lastMs: number
  readonly fixedMs: number | undefined
  readonly proof: string
  readonly reopened: number
  /** It was open, and forensic triage was asked for. */
  readonly hadTriage: boolean
  readonly digest: string
}
export type Estate = {
  readonly assets: readonly EstateAsset[]
  readonly before: ReadonlyMap<string, ReadonlyMap<string, ExposureBefore>>
  readonly support: ReadonlyMap<
    string,
    readonly { readonly name: string; readonly endsMs: number | undefined }[]
  >
  readonly known: (ids: readonly string[]) => Promise<ReadonlyMap<string, KnownVulnerability>>
}

export async function loadEstate(work: Work, scope: Scope): Promise<Estate> {
  const among = (column: string) =>
    scope.assets === undefined
      ? sql`true`
      : sql`${sql.ref(column)} IN (SELECT json_array_elements_text(${JSON.stringify(scope.assets)}::json))`
  const [products, scanners] = [
    await productsOf(work, among('asset')),
    await scannersOf(work, { of: among('f.asset'), only: scope.vulnerabilities }),
  ]
  type Row = {
    id: string
    vendor: string
    system: string
    criticality: string
    zone: string
    facing: string
    facing_by: string
    support_ends: Date | string | null
    reached: string
  }
  const { rows } = await sql<Row>`
    SELECT a.id, a.vendor, a.system, a.criticality, a.zone, a.facing, a.facing_by, a.support_ends,
      (SELECT count(*) FROM exposure_reachable e WHERE e.asset = a.id) AS reached
    FROM exposure_assets a WHERE a.merged_into IS NULL AND ${among('a.id')}`.execute(work)
  return {
    assets: rows.map((row) => ({
      id: row.id,
      vendor: row.vendor,
      system: row.system,
      criticality: row.criticality,
      zone: row.zone,
      facing: FacingSchema.catch('unknown').parse(row.facing),
      facingBy: row.facing_by,
      reached: Number(row.reached),
      supportEndsMs: row.support_ends === null ? undefined : new Date(row.support_ends).getTime(),
      products: products.get(row.id) ?? [],
      scanners: scanners.get(row.id) ?? [],
    })),
    before: await beforeOf(work, { of: among('asset'), only: scope.vulnerabilities }),
    support: await supportOf(work),
    known: (ids) => knownOf(work, ids),
  }
}

type Condition = ReturnType<typeof sql>

async function productsOf(
  work: Work,
  of: Condition,
): Promise<ReadonlyMap<string, (Installed & { lastMs: number })[]>> {
  type Row = Installed & { asset: string; last_seen: Date }
  const { rows } =
    await sql<Row>`SELECT asset, vendor, product, version, cpe, purl, last_seen FROM exposure_products WHERE ${of}`.execute(
      work,
    )
  const list = rows.map(({ asset, last_seen, vendor, product, version, cpe, purl }) => ({
    asset,
    installed: { vendor, product, version, cpe, purl, lastMs: last_seen.getTime() },
  }))
  return new Map(
    [...Map.groupBy(list, ({ asset }) => asset)].map(([asset, all]) => [
      asset,
      all.map(({ installed }) => installed),
    ]),
  )
}

type Of = { readonly of: Condition; readonly only: readonly string[] | undefined }

async function scannersOf(
  work: Work,
  { of, only }: Of,
): Promise<ReadonlyMap<string, ScannerSays[]>> {
  type Row = {
    asset: string
    vulnerability: string
    tool: string
    state: string
    severity: string
    confidence: number
    component: string
    version: string
    first_seen: Date
    last_seen: Date
  }
  const ofThese =
    only === undefined
      ? sql`true`
      : sql`v.vulnerability IN (SELECT json_array_elements_text(${JSON.stringify(only)}::json))`
  const { rows } = await sql<Row>`
    SELECT f.asset, v.vulnerability, f.tool, f.state, f.severity, f.confidence, f.component, f.version, f.first_seen, f.last_seen
    FROM exposure_findings f CROSS JOIN LATERAL jsonb_array_elements_text(f.vulnerabilities) AS v(vulnerability)
    WHERE f.vulnerabilities <> '[]'::jsonb AND ${of} AND ${ofThese}`.execute(work)
  const says = rows.map((row) => ({ asset: row.asset, says: sayOf(row) }))
  return new Map(
    [...Map.groupBy(says, ({ asset }) => asset)].map(([asset, all]) => [
      asset,
      all.map(({ says: one }) => one),
    ]),
  )
}

function sayOf(row: {
  vulnerability: string
  tool: string
  state: string
  severity: string
  confidence: number
  component: string
  version: string
  first_seen: Date
  last_seen: Date
}): ScannerSays {
  const {
    vulnerability,
    tool,
    state,
    severity,
    confidence,
    component,
    version,
    first_seen,
    last_seen,
  } = row
  return {
    vulnerability,
    tool,
    state: state === 'open' || state === 'not-affected' ? state : 'fixed',
    severity: severityIn(severity),
    confidence,
    component,
    version,
    firstMs: first_seen.getTime(),
    lastMs: last_seen.getTime(),
  }
}

type BeforeFields = readonly [
  string,
  string,
  string,
  string,
  string,
  string,
  number,
  string,
  number,
  number,
  number | null,
  boolean,
]

/** One row an asset: a hundred thousand rows of their own would cost more to read than to work out. */
async function beforeOf(work: Work, { of, only }: Of): Promise<Estate['before']> {
  type Row = { asset: string; list: readonly BeforeFields[] }
  const ofThese =
    only === undefined
      ? sql`true`
      : sql`vulnerability IN (SELECT json_array_elements_text(${JSON.stringify(only)}::json))`
  const ms = (column: string) => sql`floor(extract(epoch FROM ${sql.ref(column)}) * 1000)`
  const { rows } = await sql<Row>`
    SELECT asset, json_agg(json_build_array(vulnerability, state, product, version, severity, proof, reopened, digest,
      ${ms('detected')}, ${ms('last_seen')}, ${ms('fixed')}, triage IS NOT NULL)) AS list
    FROM exposures WHERE ${of} AND ${ofThese} GROUP BY asset`.execute(work)
  return new Map(
    rows.map(({ asset, list }) => [
      asset,
      new Map(list.map((fields) => [fields[0], exposureBefore(fields)])),
    ]),
  )
}

function exposureBefore(fields: BeforeFields): ExposureBefore {
  const [
    vulnerability,
    state,
    product,
    version,
    severity,
    proof,
    reopened,
    digest,
    detectedMs,
    lastMs,
    fixedMs,
    triaged,
  ] = fields
  return {
    vulnerability,
    state,
    product,
    version,
    severity: severityIn(severity),
    proof,
    reopened,
    digest,
    detectedMs,
    lastMs,
    fixedMs: fixedMs ?? undefined,
    hadTriage: state === 'open' && triaged,
  }
}

const KNOWN_SEVERITIES = new Map<string, Severity>(
  SeveritySchema.options.map((severity) => [severity, severity]),
)

function severityIn(text: string): Severity {
  return KNOWN_SEVERITIES.get(text) ?? 'informational'
}

async function supportOf(work: Work): Promise<Estate['support']> {
  const rows = await work
    .selectFrom('exposure_support')
    .select(['product', 'cycle', 'ends'])
    .execute()
  const cycles = rows.map(({ product, cycle, ends }) => ({
    product,
    name: cycle,
    endsMs: ends === null ? undefined : new Date(ends).getTime(),
  }))
  return new Map(
    [...Map.groupBy(cycles, ({ product }) => product)].map(([product, all]) => [
      product,
      all.toSorted((a, b) => b.name.length - a.name.length),
    ]),
  )
}
