// What was worked out before: exposures as rows, and what waits to be decided as lists that many products share.

import { sql } from 'kysely'
import { SeveritySchema } from '../../model/index.ts'
import type { Severity } from '../../model/index.ts'
import type { Work } from '../rows.ts'
import type { UndecidedEntry, UndecidedList } from './undecided-entry.ts'

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
  /** It was open, exploited and exposed. */
  readonly wasUrgent: boolean
  readonly digest: string
}
export type UndecidedProduct = {
  readonly product: string
  readonly version: string
  readonly list: string
  readonly lastMs: number
}
/** By asset; lists by their id. */
export type Before = {
  readonly exposures: ReadonlyMap<string, ReadonlyMap<string, ExposureBefore>>
  readonly undecided: ReadonlyMap<string, readonly UndecidedProduct[]>
  readonly lists: ReadonlyMap<string, UndecidedList>
}

export type Condition = ReturnType<typeof sql>
export type Of = { readonly of: Condition; readonly only: readonly string[] | undefined }

export async function loadBefore(work: Work, scope: Of): Promise<Before> {
  return {
    exposures: await exposuresBefore(work, scope),
    undecided: await undecidedBefore(work, scope.of),
    lists: await listsBefore(work, scope.of),
  }
}

const ms = (column: string) => sql`floor(extract(epoch FROM ${sql.ref(column)}) * 1000)`

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
  boolean,
]

/** One row an asset: a hundred thousand rows of their own would cost more to read than to work out. */
async function exposuresBefore(work: Work, { of, only }: Of): Promise<Before['exposures']> {
  type Row = { asset: string; list: readonly BeforeFields[] }
  const ofThese =
    only === undefined
      ? sql`true`
      : sql`vulnerability IN (SELECT json_array_elements_text(${JSON.stringify(only)}::json))`
  const { rows } = await sql<Row>`
    SELECT asset, json_agg(json_build_array(vulnerability, state, product, version, severity, proof, reopened, digest,
      ${ms('detected')}, ${ms('last_seen')}, ${ms('fixed')}, triage IS NOT NULL, b.exploited AND b.exposed)) AS list
    FROM exposures x JOIN exposure_bases b ON b.id = x.basis WHERE ${of} AND ${ofThese} GROUP BY asset`.execute(
    work,
  )
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
    pressing,
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
    wasUrgent: state === 'open' && pressing,
  }
}

async function undecidedBefore(work: Work, of: Condition): Promise<Before['undecided']> {
  type Row = { asset: string; product: string; version: string; list: string; last_ms: number }
  const { rows } = await sql<Row>`
    SELECT asset, product, version, list, ${ms('last_seen')}::double precision AS last_ms FROM exposure_undecided WHERE ${of}`.execute(
    work,
  )
  const products = rows.map(({ asset, last_ms, ...row }) => ({
    asset,
    row: { ...row, lastMs: last_ms },
  }))
  return new Map(
    [...Map.groupBy(products, ({ asset }) => asset)].map(([asset, all]) => [
      asset,
      all.map(({ row }) => row),
    ]),
  )
}

type EntryFields = readonly [
  string,
  number,
  string,
  string,
  string,
  number,
  number | null,
  number | null,
  number | null,
]

async function listsBefore(work: Work, of: Condition): Promise<Before['lists']> {
  type Row = { list: string; entries: readonly EntryFields[] }
  const { rows } = await sql<Row>`
    SELECT list, json_agg(json_build_array(vulnerability, confidence, reason, severity, basis,
      ${ms('detected')}, ${ms('due')}, ${ms('work_by')}, ${ms('mitigate_by')})) AS entries
    FROM exposure_undecided_lists WHERE list IN (SELECT list FROM exposure_undecided WHERE ${of}) GROUP BY list`.execute(
    work,
  )
  return new Map(
    rows.map(({ list, entries }) => [
      list,
      new Map(entries.map((fields) => [fields[0], entryBefore(fields)])),
    ]),
  )
}

function entryBefore(fields: EntryFields): UndecidedEntry {
  const [
    vulnerability,
    confidence,
    reason,
    severity,
    basis,
    detectedMs,
    dueMs,
    workByMs,
    mitigateByMs,
  ] = fields
  return {
    vulnerability,
    confidence,
    reason,
    severity: severityIn(severity),
    basis,
    detectedMs,
    dueMs,
    workByMs,
    mitigateByMs,
  }
}

const KNOWN_SEVERITIES = new Map<string, Severity>(
  SeveritySchema.options.map((severity) => [severity, severity]),
)

export function severityIn(text: string): Severity {
  return KNOWN_SEVERITIES.get(text) ?? 'informational'
}
