// What is needed to work out exposures, read at once: assets with products and findings, what was before, what is known.

import { sql } from 'kysely'
import { FacingSchema } from '../../model/index.ts'
import type { Facing } from '../../model/index.ts'
import type { Work } from '../rows.ts'
import { loadBefore, severityIn } from './before.ts'
import type { Before, Condition, Of } from './before.ts'
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
  readonly products: readonly (Installed & { readonly lastMs: number; readonly source: string })[]
  readonly scanners: readonly ScannerSays[]
}
export type Estate = {
  readonly assets: readonly EstateAsset[]
  readonly before: Before
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
    before: await loadBefore(work, { of: among('asset'), only: scope.vulnerabilities }),
    support: await supportOf(work),
    known: (ids) => knownOf(work, ids),
  }
}

/** One source saw no version of it, another did: the version is known. */
const SEEN_WITH_VERSION = sql`(p.version = '' AND EXISTS (SELECT 1 FROM exposure_products o
  WHERE o.asset = p.asset AND o.version <> '' AND lower(o.product) = lower(p.product)
    AND (o.service = p.service OR o.service = '' OR p.service = '') AND (o.vendor = '' OR p.vendor = '' OR lower(o.vendor) = lower(p.vendor))))`

async function productsOf(
  work: Work,
  of: Condition,
): Promise<ReadonlyMap<string, (Installed & { lastMs: number; source: string })[]>> {
  type Row = Installed & { asset: string; last_seen: Date; source: string }
  const { rows } =
    await sql<Row>`SELECT asset, vendor, product, version, cpe, purl, last_seen, source FROM exposure_products p WHERE ${of} AND NOT ${SEEN_WITH_VERSION}
      ORDER BY asset, product, version, key, source`.execute(work)
  const list = rows.map(({ asset, last_seen, vendor, product, version, cpe, purl, source }) => ({
    asset,
    installed: { vendor, product, version, cpe, purl, source, lastMs: last_seen.getTime() },
  }))
  return new Map(
    [...Map.groupBy(list, ({ asset }) => asset)].map(([asset, all]) => [
      asset,
      all.map(({ installed }) => installed),
    ]),
  )
}

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
