// What is needed to work out exposures, read at once: assets with products and findings, what was before, what is known.

import { sql } from 'kysely'
import { z } from 'zod'
import { BasisSchema, FacingSchema, SeveritySchema } from '../../model/index.ts'
import type { Facing, Severity } from '../../model/index.ts'
import type { Ssvc } from '../deadlines/estimate.ts'
import { inBulk } from '../rows.ts'
import type { Work } from '../rows.ts'
import type { Installed } from './catalogue.ts'
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
  readonly digest: string
}
export type KnownVulnerability = {
  readonly kev:
    | { readonly added: string; readonly due?: string | undefined; readonly ransomware: boolean }
    | undefined
  readonly otherLists: readonly string[]
  readonly ssvc: Ssvc
  readonly vector: string | undefined
  readonly score: number | null
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

async function beforeOf(work: Work, { of, only }: Of): Promise<Estate['before']> {
  type Row = {
    asset: string
    vulnerability: string
    state: string
    product: string
    version: string
    sources: unknown
    confidence: number
    reason: string
    severity: string
    detected: Date
    last_seen: Date
    due: Date | null
    action: string
    basis: unknown
    fixed: Date | null
    proof: string
    reopened: number
  }
  const ofThese =
    only === undefined
      ? sql`true`
      : sql`vulnerability IN (SELECT json_array_elements_text(${JSON.stringify(only)}::json))`
  const { rows } =
    await sql<Row>`SELECT asset, vulnerability, state, product, version, sources, confidence, reason, severity, detected, last_seen, due, action, basis, fixed, proof, reopened FROM exposures WHERE ${of} AND ${ofThese}`.execute(
      work,
    )
  const before = new Map<string, Map<string, ExposureBefore>>()
  for (const row of rows) {
    const ofAsset = before.get(row.asset) ?? new Map<string, ExposureBefore>()
    before.set(row.asset, ofAsset)
    ofAsset.set(row.vulnerability, {
      vulnerability: row.vulnerability,
      state: row.state,
      product: row.product,
      version: row.version,
      severity: severityIn(row.severity),
      detectedMs: row.detected.getTime(),
      lastMs: row.last_seen.getTime(),
      fixedMs: row.fixed?.getTime(),
      proof: row.proof,
      reopened: row.reopened,
      digest: exposureDigest({
        ...row,
        severity: severityIn(row.severity),
        detectedMs: row.detected.getTime(),
        fixedMs: row.fixed?.getTime() ?? null,
        dueMs: row.due?.getTime() ?? null,
      }),
    })
  }
  return before
}

type Digested = {
  readonly state: string
  readonly version: string
  readonly sources: unknown
  readonly confidence: number
  readonly reason: string
  readonly severity: Severity
  readonly detectedMs: number
  readonly fixedMs: number | null
  readonly dueMs: number | null
  readonly action: string
  readonly basis: unknown
}

/** What is written again only when it changed. The database orders keys its own way; the schema puts them back in order. */
export function exposureDigest(row: Digested): string {
  const basis = BasisSchema.safeParse(row.basis).data
  return JSON.stringify([
    row.state,
    row.version,
    row.sources,
    row.confidence,
    row.reason,
    row.severity,
    row.detectedMs,
    row.fixedMs,
    row.dueMs,
    row.action,
    basis,
  ])
}

function severityIn(text: string): Severity {
  return SeveritySchema.catch('informational').parse(text)
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

const KevSchema = z.object({
  added: z.string(),
  due: z.string().optional(),
  ransomware: z.boolean(),
})
const SsvcSchema = z.object({
  exploitation: z.enum(['none', 'public poc', 'active']).optional(),
  automatable: z.boolean().optional(),
  impact: z.enum(['partial', 'total']).optional(),
})

async function knownOf(
  work: Work,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownVulnerability>> {
  type Row = {
    id: string
    kev: unknown
    other_lists: unknown
    ssvc: unknown
    vector: string
    score: number | null
  }
  const rows = await inBulk<Row>(
    work,
    { rows: ids.map((id) => ({ id })), columns: 'id text' },
    (r) => sql<Row>`
    SELECT v.id, v.kev, v.other_lists, v.ssvc, v.vector, v.score FROM exposure_vulnerabilities v JOIN ${r} ON v.id = r.id`,
  )
  return new Map(
    rows.map(({ id, kev, other_lists, ssvc, vector, score }) => [
      id,
      {
        kev: KevSchema.safeParse(kev).data,
        otherLists: z.array(z.string()).catch([]).parse(other_lists),
        ssvc: SsvcSchema.catch({}).parse(ssvc ?? {}),
        vector: vector === '' ? undefined : vector,
        score,
      },
    ]),
  )
}
