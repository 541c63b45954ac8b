// Advisories across the estate: one row a vulnerability, what is due first on top, with what is missing to decide.

import { sql } from 'kysely'
import { AdvisorySchema, ExposureSchema, TIERS } from '../../model/index.ts'
import type { Advisory, Narrow } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Work } from '../rows.ts'
import { iso } from './list.ts'
import { missingByVulnerability } from './missing.ts'
import type { MissingOfAdvisory } from './missing.ts'
import {
  ASSET_FACETS,
  DECIDED,
  MAKERS,
  PAIR_FACETS,
  all,
  asked,
  isWhole,
  saying,
  valuesOf,
} from './narrow.ts'

export type AdvisoryPage = Narrow & {
  readonly limit: number
  readonly offset: number
  readonly within?: number | undefined
}

/** Those with an exception are counted and do not drive the date. */
export async function listAdvisories(
  work: Work,
  { limit, offset, within, ...narrow }: AdvisoryPage,
  nowMs: number,
): Promise<{ readonly total: number; readonly advisories: readonly Advisory[] }> {
  const grouped = groupedAt(nowMs, narrow)
  const ofSpan =
    within === undefined
      ? sql`true`
      : sql`g.assets > 0 AND g.due < ${new Date(nowMs + within * 86_400_000)}`
  const { rows } = await sql<Record<string, unknown>>`
    ${grouped}
    SELECT g.*, ${iso('g.due')} AS due, COALESCE(v.title, '') AS title, v.epss, v.score, b.content AS basis,
      count(*) OVER () AS total
    FROM grouped g JOIN exposure_bases b ON b.id = g.worst LEFT JOIN exposure_vulnerabilities v ON v.id = g.vulnerability
    WHERE ${ofSpan}
    ORDER BY (g.assets > 0) DESC, g.due NULLS LAST, g.rank, v.epss DESC NULLS LAST, g.vulnerability
    LIMIT ${limit} OFFSET ${offset}`.execute(work)
  const [first] = rows
  const total =
    first !== undefined || offset === 0
      ? first?.['total']
      : await sql<{
          total: string
        }>`${grouped} SELECT count(*) AS total FROM grouped g WHERE ${ofSpan}`
          .execute(work)
          .then((counted) => counted.rows[0]?.total)
  const missing = await missingByVulnerability(
    work,
    rows.filter((row) => Number(row['unsure']) > 0).map((row) => String(row['vulnerability'])),
  )
  return {
    total: Number(total ?? 0),
    advisories: rows.map((row) => advisoryOf(row, missing.get(String(row['vulnerability'])) ?? [])),
  }
}

/** `pairs`: how many assets share a row's dates, and how many of them have an exception. */
const groupedAt = (nowMs: number, narrow: Narrow) => {
  const now = new Date(nowMs)
  return sql`
  WITH excepted AS (
    SELECT DISTINCT e.asset, e.vulnerability FROM exposure_exceptions e WHERE e.revoked IS NULL AND e.expires > ${now}),
  excepted_lists AS (
    SELECT u.list, u.product, e.vulnerability, count(*) AS excepted
    FROM excepted e JOIN exposure_undecided u ON u.asset = e.asset GROUP BY u.list, u.product, e.vulnerability),
  makers AS (${MAKERS}),
  pairs AS (${isWhole(narrow) ? WHOLE : partOf(nowMs, narrow)}),
  grouped AS (
    SELECT p.vulnerability, min(p.due) FILTER (WHERE p.assets > p.excepted) AS due,
      COALESCE(sum(p.assets) FILTER (WHERE p.state = 'open'), 0) AS assets,
      COALESCE(sum(p.assets) FILTER (WHERE p.state = 'unsure'), 0) AS unsure,
      COALESCE(sum(p.assets - p.excepted) FILTER (WHERE p.state = 'open' AND p.due < ${now}), 0) AS overdue,
      COALESCE(sum(p.assets) FILTER (WHERE b.exposed), 0) AS facing,
      sum(p.excepted) AS excepted,
      bool_or(b.exploited) AS exploited,
      min(b.rank) AS rank,
      array_agg(DISTINCT p.product) AS products,
      (array_agg(p.basis ORDER BY (p.state = 'open') DESC, p.due NULLS LAST, p.action))[1] AS worst,
      (array_agg(p.action ORDER BY (p.state = 'open') DESC, p.due NULLS LAST, p.action))[1] AS action
    FROM pairs p JOIN exposure_bases b ON b.id = p.basis GROUP BY p.vulnerability)`
}

const WHOLE = sql`
  SELECT x.vulnerability, x.state, x.product, x.due, x.action, x.basis, 1 AS assets, (e.asset IS NOT NULL)::integer AS excepted
  FROM exposures x LEFT JOIN excepted e ON e.asset = x.asset AND e.vulnerability = x.vulnerability
  WHERE x.state IN ('open', 'unsure')
  UNION ALL
  SELECT l.vulnerability, 'unsure', u.product, l.due, 'decide', l.basis, u.assets, COALESCE(e.excepted, 0)
  FROM (SELECT list, product, count(*) AS assets FROM exposure_undecided GROUP BY list, product) u
  JOIN exposure_undecided_lists l ON l.list = u.list
  LEFT JOIN excepted_lists e ON e.list = u.list AND e.product = u.product AND e.vulnerability = l.vulnerability`

/** What waits is still counted by list: only its assets are asked one by one. */
function partOf(nowMs: number, narrow: Narrow) {
  const values = valuesOf(nowMs)
  const ofAsset = asked(narrow, ASSET_FACETS, values)
  const ofPair = all([asked(narrow, PAIR_FACETS, values), saying(narrow)])
  return sql`
  SELECT p.vulnerability, p.state, p.product, p.due, p.action, p.basis, 1 AS assets, p.excepted::integer AS excepted
  FROM ${DECIDED(new Date(nowMs))} WHERE ${ofAsset} AND ${ofPair}
  UNION ALL
  SELECT p.vulnerability, p.state, p.product, p.due, 'decide', p.basis, p.assets, COALESCE(e.excepted, 0)
  FROM (SELECT l.vulnerability, 'unsure' AS state, u.list, u.product, l.due, l.basis, u.assets, false AS excepted
    FROM (SELECT u.list, u.product, count(*) AS assets FROM exposure_undecided u JOIN exposure_assets a ON a.id = u.asset
      WHERE ${ofAsset} GROUP BY u.list, u.product) u
    JOIN exposure_undecided_lists l ON l.list = u.list) p
  JOIN exposure_bases b ON b.id = p.basis LEFT JOIN makers m ON m.product = lower(p.product)
  LEFT JOIN exposure_vulnerabilities v ON v.id = p.vulnerability
  LEFT JOIN excepted_lists e ON e.list = p.list AND e.product = p.product AND e.vulnerability = p.vulnerability
  WHERE ${ofPair}`
}

function advisoryOf(row: Record<string, unknown>, missing: readonly MissingOfAdvisory[]): Advisory {
  const { basis, action } = ExposureSchema.pick({ basis: true, action: true }).parse(row)
  return AdvisorySchema.parse({
    vulnerability: row['vulnerability'],
    title: row['title'],
    exploited: row['exploited'],
    tier: TIERS[Number(row['rank']) - 1],
    due: row['due'],
    overdue: Number(row['overdue']),
    assets: Number(row['assets']),
    internetFacing: Number(row['facing']),
    unsure: Number(row['unsure']),
    excepted: Number(row['excepted']),
    products: row['products'],
    missing,
    epss: row['epss'],
    score: row['score'],
    why: {
      en: wordsOf('en').exposure.why(basis, action),
      fr: wordsOf('fr').exposure.why(basis, action),
    },
  })
}
