// What to patch, as work: one product brought up to date on its assets closes many advisories. What is due first on top.

import { sql } from 'kysely'
import { ExposureSchema, PatchSchema, TIERS } from '../../model/index.ts'
import type { Narrow, Patch } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Work } from '../rows.ts'
import {
  ASSET_FACETS,
  DECIDED,
  MAKERS,
  PAIR_FACETS,
  all,
  asked,
  saying,
  valuesOf,
} from './narrow.ts'

export type PatchAsk = Narrow & {
  readonly within?: number | undefined
  readonly limit: number
  readonly offset: number
}

const MOST_ASSETS = 100
const MOST_ADVISORIES = 20

/** Open and without an exception, due up to so many days from now (all without it), and everything overdue. */
export async function listPatches(
  work: Work,
  { within, limit, offset, ...narrow }: PatchAsk,
  nowMs: number,
): Promise<{ readonly total: number; readonly patches: readonly Patch[] }> {
  const now = new Date(nowMs)
  const values = valuesOf(nowMs)
  const inTime =
    within === undefined
      ? sql<boolean>`true`
      : sql<boolean>`p.due < ${new Date(nowMs + within * 86_400_000)}`
  const fits = all([
    asked(narrow, [...ASSET_FACETS, ...PAIR_FACETS], values),
    saying(narrow),
    inTime,
  ])
  const { rows } = await sql<Record<string, unknown>>`
    WITH makers AS (${MAKERS}),
    due AS (
      SELECT p.asset, a.name, a.owner, p.vulnerability, COALESCE(m.name, NULLIF(p.product, ''), s.title, p.vulnerability) AS product, p.version, p.due, p.action, p.triage, b.rank, b.exploited, b.exposed,
        b.content, v.epss, COALESCE(m.vendor, '') AS vendor, COALESCE(s.fixed_in, '') AS fixed_in
      FROM ${DECIDED(now)} LEFT JOIN LATERAL (${SAID}) s ON true WHERE p.state = 'open' AND NOT p.excepted AND ${fits}),
    ordered AS (SELECT *, row_number() OVER (PARTITION BY lower(product), action ORDER BY ${FIRST}) AS place FROM due)
    SELECT min(product) AS product, min(vendor) AS vendor, action, min(due) AS due_at, min(rank) AS rank, max(epss) AS epss,
      bool_or(exploited) AS exploited, count(DISTINCT vulnerability) AS advisories, count(DISTINCT asset) AS assets,
      count(DISTINCT asset) FILTER (WHERE exposed) AS exposed, count(*) FILTER (WHERE due < ${now}) AS overdue,
      count(*) FILTER (WHERE triage IS NOT NULL) AS triage,
      (array_agg(vulnerability ORDER BY place))[1] AS first, (array_agg(content ORDER BY place))[1] AS basis,
      array_agg(DISTINCT version) FILTER (WHERE version <> '') AS versions,
      array_agg(DISTINCT fixed_in) FILTER (WHERE fixed_in <> '') AS fixed_in,
      (SELECT json_agg(s) FROM (SELECT o.asset AS id, min(o.name) AS name, min(o.owner) AS owner, to_char(min(o.due) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS due
        FROM ordered o WHERE lower(o.product) = lower(min(ordered.product)) AND o.action = ordered.action
        GROUP BY o.asset ORDER BY min(o.due) NULLS LAST, min(o.name) LIMIT ${MOST_ASSETS}) s) AS places,
      (SELECT json_agg(s.vulnerability) FROM (SELECT o.vulnerability FROM ordered o
        WHERE lower(o.product) = lower(min(ordered.product)) AND o.action = ordered.action
        GROUP BY o.vulnerability ORDER BY min(o.place) LIMIT ${MOST_ADVISORIES}) s) AS named,
      count(*) OVER () AS total
    FROM ordered GROUP BY lower(product), action
    ORDER BY min(due) NULLS LAST, min(rank), max(epss) DESC NULLS LAST, min(product), action
    LIMIT ${limit} OFFSET ${offset}`.execute(work)
  return { total: Number(rows[0]?.['total'] ?? 0), patches: rows.map((row) => patchOf(row)) }
}

const FIRST = sql`due NULLS LAST, rank, epss DESC NULLS LAST, vulnerability, name`

/** What scanners call it, and the version that they name as free of it. A scanner that names no product names its check. */
const SAID = sql`SELECT min(f.title) AS title, max(f.fixed_in) AS fixed_in FROM exposure_findings f
  WHERE f.asset = p.asset AND f.state = 'open' AND f.vulnerabilities @> jsonb_build_array(p.vulnerability)`

function patchOf(row: Record<string, unknown>): Patch {
  const { basis, action } = ExposureSchema.pick({ basis: true, action: true }).parse(row)
  const due = row['due_at']
  return PatchSchema.parse({
    product: row['product'],
    vendor: row['vendor'],
    action,
    due: due instanceof Date ? due.toISOString() : null,
    tier: TIERS[Number(row['rank']) - 1],
    exploited: row['exploited'],
    advisories: Number(row['advisories']),
    named: row['named'],
    assets: Number(row['assets']),
    places: row['places'],
    internetFacing: Number(row['exposed']),
    overdue: Number(row['overdue']),
    triage: Number(row['triage']),
    versions: row['versions'] ?? [],
    fixedIn: row['fixed_in'] ?? [],
    first: row['first'],
    why: {
      en: wordsOf('en').exposure.why(basis, action),
      fr: wordsOf('fr').exposure.why(basis, action),
    },
  })
}
