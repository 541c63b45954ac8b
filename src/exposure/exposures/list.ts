// Exposures and advisories as people see them, what is due first on top.

import { sql } from 'kysely'
import { AdvisorySchema, ExposureSchema, TIERS } from '../../model/index.ts'
import type { Advisory, Exposure, ExposureFilter } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Work } from '../rows.ts'

type Row = Record<string, unknown> & { asset: string; vulnerability: string }

const iso = (column: string) =>
  sql`to_char(${sql.ref(column)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

/** The exception that holds now. */
const EXCEPTION = (nowMs: number) => sql`
  (SELECT json_build_object('id', e.id, 'reason', e.reason, 'control', e.control, 'owner', e.owner, 'by', e.by_whom,
      'made', ${iso('e.made')}, 'expires', ${iso('e.expires')})
    FROM exposure_exceptions e WHERE e.asset = x.asset AND e.vulnerability = x.vulnerability AND e.revoked IS NULL
      AND e.expires > ${new Date(nowMs)} ORDER BY e.expires DESC LIMIT 1)`

const WHERE = (
  { state, within, asset, vulnerability, owner }: ExposureFilter,
  nowMs: number,
) => sql`
  x.state = ${state}
  AND (${asset === undefined} OR x.asset = ${asset ?? ''})
  AND (${vulnerability === undefined} OR x.vulnerability = ${vulnerability ?? ''})
  AND (${owner === undefined} OR a.owner = ${owner ?? ''})
  AND (${within === undefined} OR x.due < ${new Date(nowMs + (within ?? 0) * 86_400_000)})`

/** By due date; among those of a day the worse table row first, then the likelier. */
export async function listExposures(
  work: Work,
  filter: ExposureFilter,
  nowMs: number,
): Promise<{ readonly total: number; readonly exposures: readonly Exposure[] }> {
  const from = sql`FROM exposures x JOIN exposure_assets a ON a.id = x.asset JOIN exposure_bases b ON b.id = x.basis LEFT JOIN exposure_vulnerabilities v ON v.id = x.vulnerability`
  const counted = await sql<{
    total: string
  }>`SELECT count(*) AS total ${from} WHERE ${WHERE(filter, nowMs)}`.execute(work)
  const { rows } = await sql<Row>`
    SELECT x.asset, a.name AS "assetName", a.owner, x.vulnerability, COALESCE(v.title, '') AS title, x.state, x.product, x.version,
      x.sources, x.confidence, x.reason, x.severity, v.score, v.epss, ${iso('x.detected')} AS detected,
      ${iso('x.last_seen')} AS "lastSeen", ${iso('x.due')} AS due, ${iso('x.work_by')} AS "workBy",
      ${iso('x.mitigate_by')} AS "mitigateBy", x.triage, x.action, b.content AS basis, ${iso('x.fixed')} AS fixed, x.proof, x.reopened,
      (x.state = 'open' AND x.due < ${new Date(nowMs)}) IS TRUE AS overdue, ${EXCEPTION(nowMs)} AS exception
    ${from} WHERE ${WHERE(filter, nowMs)}
    ORDER BY x.due NULLS LAST, b.rank, v.epss DESC NULLS LAST, x.vulnerability, a.name
    LIMIT ${filter.limit} OFFSET ${filter.offset}`.execute(work)
  return { total: Number(counted.rows[0]?.total ?? 0), exposures: rows.map(shown) }
}

function shown(row: Row): Exposure {
  const basis = ExposureSchema.shape.basis.parse(row['basis'])
  const action = ExposureSchema.shape.action.parse(row['action'])
  const reason = String(row['reason'])
  return ExposureSchema.parse({
    ...row,
    reason: {
      en: wordsOf('en').exposure.reason(reason),
      fr: wordsOf('fr').exposure.reason(reason),
    },
    why: {
      en: wordsOf('en').exposure.why(basis, action),
      fr: wordsOf('fr').exposure.why(basis, action),
    },
  })
}

export type AdvisoryPage = {
  readonly limit: number
  readonly offset: number
  readonly within?: number | undefined
}

/** One row a vulnerability, across the estate. Those with an exception are counted and do not drive the date. */
export async function listAdvisories(
  work: Work,
  { limit, offset, within }: AdvisoryPage,
  nowMs: number,
): Promise<{ readonly total: number; readonly advisories: readonly Advisory[] }> {
  const now = new Date(nowMs)
  const grouped = sql`
    SELECT x.vulnerability, min(x.due) FILTER (WHERE NOT x.excepted) AS due,
      count(*) FILTER (WHERE x.state = 'open') AS assets,
      count(*) FILTER (WHERE x.state = 'unsure') AS unsure,
      count(*) FILTER (WHERE x.state = 'open' AND x.due < ${now} AND NOT x.excepted) AS overdue,
      count(*) FILTER (WHERE x.exposed) AS facing,
      count(*) FILTER (WHERE x.excepted) AS excepted,
      bool_or(x.exploited) AS exploited,
      min(x.rank) AS rank,
      array_agg(DISTINCT x.product) AS products,
      (array_agg(x.basis ORDER BY (x.state = 'open') DESC, x.due NULLS LAST, x.action))[1] AS worst, (array_agg(x.action ORDER BY (x.state = 'open') DESC, x.due NULLS LAST, x.action))[1] AS action
    FROM (SELECT x.*, b.rank, b.exploited, b.exposed, EXISTS (SELECT 1 FROM exposure_exceptions e WHERE e.asset = x.asset AND e.vulnerability = x.vulnerability
        AND e.revoked IS NULL AND e.expires > ${now}) AS excepted FROM exposures x JOIN exposure_bases b ON b.id = x.basis WHERE x.state IN ('open', 'unsure')) x
    GROUP BY x.vulnerability`
  const ofSpan =
    within === undefined
      ? sql`true`
      : sql`g.assets > 0 AND g.due < ${new Date(nowMs + within * 86_400_000)}`
  const counted = await sql<{
    total: string
  }>`SELECT count(*) AS total FROM (${grouped}) g WHERE ${ofSpan}`.execute(work)
  const { rows } = await sql<Record<string, unknown>>`
    SELECT g.*, ${iso('g.due')} AS due, COALESCE(v.title, '') AS title, v.epss, v.score, b.content AS basis FROM (${grouped}) g
    JOIN exposure_bases b ON b.id = g.worst LEFT JOIN exposure_vulnerabilities v ON v.id = g.vulnerability WHERE ${ofSpan}
    ORDER BY (g.assets > 0) DESC, g.due NULLS LAST, g.rank, v.epss DESC NULLS LAST, g.vulnerability
    LIMIT ${limit} OFFSET ${offset}`.execute(work)
  return { total: Number(counted.rows[0]?.total ?? 0), advisories: rows.map(advisoryOf) }
}

function advisoryOf(row: Record<string, unknown>): Advisory {
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
    epss: row['epss'],
    score: row['score'],
    why: {
      en: wordsOf('en').exposure.why(basis, action),
      fr: wordsOf('fr').exposure.why(basis, action),
    },
  })
}
