// Exposures as people see them, what is due first on top.

import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { ExposureSchema } from '../../model/index.ts'
import type { Exposure, ExposureFilter } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import { inBulk } from '../rows.ts'
import type { Work } from '../rows.ts'
import { ASSET_FACETS, EVERY_PAIR, MAKERS, PAIR_FACETS, asked, saying, valuesOf } from './narrow.ts'
import type { PairName } from './recompute.ts'

type Row = Record<string, unknown> & { asset: string; vulnerability: string }

export const iso = (column: string) =>
  sql`to_char(${sql.ref(column)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

/** The exception that holds now. */
const EXCEPTION = (nowMs: number) => sql`
  (SELECT json_build_object('id', e.id, 'reason', e.reason, 'control', e.control, 'owner', e.owner, 'by', e.by_whom,
      'made', ${iso('e.made')}, 'expires', ${iso('e.expires')})
    FROM exposure_exceptions e WHERE e.asset = x.asset AND e.vulnerability = x.vulnerability AND e.revoked IS NULL
      AND e.expires > ${new Date(nowMs)} ORDER BY e.expires DESC LIMIT 1)`

const WHERE = (filter: ExposureFilter, nowMs: number) => {
  const { state, within, asset, vulnerability } = filter
  const before = new Date(nowMs + (within ?? 0) * 86_400_000)
  const narrowed = asked(filter, [...ASSET_FACETS, ...PAIR_FACETS], valuesOf(nowMs))
  return sql`
  p.state = ${state}
  AND (${asset === undefined} OR p.asset = ${asset ?? ''})
  AND (${vulnerability === undefined} OR p.vulnerability = ${vulnerability ?? ''})
  AND ${narrowed} AND ${saying(filter)}
  AND (${within === undefined} OR p.due < ${before})`
}

/** Pairs with what they are ordered by; `x` of `shownAt`. */
const PAIRS = sql`SELECT p.*, a.name, a.owner, v.title, v.score, v.epss, b.rank, b.content FROM`
/** By due date; among those of a day the worse table row first, then the likelier. */
const ORDER = sql`ORDER BY due NULLS LAST, rank, epss DESC NULLS LAST, vulnerability, name`

/** Only what is shown is written out. */
const shownAt = (nowMs: number, pairs: RawBuilder<unknown>) => sql<Row>`
  SELECT x.asset, x.name AS "assetName", x.owner, x.vulnerability, COALESCE(x.title, '') AS title, x.state, x.product, x.version,
    x.sources, x.confidence, x.reason, x.severity, x.score, x.epss, ${iso('x.detected')} AS detected,
    ${iso('x.last_seen')} AS "lastSeen", ${iso('x.due')} AS due, ${iso('x.work_by')} AS "workBy",
    ${iso('x.mitigate_by')} AS "mitigateBy", x.triage, x.action, x.content AS basis, ${iso('x.fixed')} AS fixed, x.proof, x.reopened,
    (SELECT max(t."case") FROM exposure_triage t WHERE t.asset = x.asset AND t.vulnerability = x.vulnerability) AS "triageCase",
    (x.state = 'open' AND x.due < ${new Date(nowMs)}) IS TRUE AS overdue, ${EXCEPTION(nowMs)} AS exception
  FROM (${pairs}) x`

export async function listExposures(
  work: Work,
  filter: ExposureFilter,
  nowMs: number,
): Promise<{ readonly total: number; readonly exposures: readonly Exposure[] }> {
  const from = EVERY_PAIR(new Date(nowMs))
  const makers = sql`WITH makers AS (${MAKERS})`
  const counted = await sql<{
    total: string
  }>`${makers} SELECT count(*) AS total FROM ${from} WHERE ${WHERE(filter, nowMs)}`.execute(work)
  const page = sql`${makers} ${PAIRS} ${from} WHERE ${WHERE(filter, nowMs)} ${ORDER} LIMIT ${filter.limit} OFFSET ${filter.offset}`
  const { rows } = await shownAt(nowMs, page).execute(work)
  return { total: Number(counted.rows[0]?.total ?? 0), exposures: rows.map(shown) }
}

/** These pairs, what is due first on top. */
export async function exposuresOf(
  work: Work,
  pairs: readonly PairName[],
  nowMs: number,
): Promise<readonly Exposure[]> {
  const columns = 'asset text, vulnerability text'
  const rows = await inBulk(work, { rows: pairs, columns }, (r) =>
    shownAt(
      nowMs,
      sql`WITH makers AS (${MAKERS}) ${PAIRS} ${EVERY_PAIR(new Date(nowMs))}
        JOIN ${r} ON r.asset = p.asset AND r.vulnerability = p.vulnerability ${ORDER}`,
    ),
  )
  return rows.map(shown)
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
