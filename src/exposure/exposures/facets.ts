// How the open exposures of the estate divide: by zone, owner, criticality, reach, maker, exploitation and deadline.

import { sql } from 'kysely'
import { FACETS, FacetSchema } from '../../model/index.ts'
import type { FacetCount, Narrow } from '../../model/index.ts'
import type { Work } from '../rows.ts'
import { ASSET_FACETS, DECIDED, MAKERS, PAIR_FACETS, asked, saying, valuesOf } from './narrow.ts'

const MOST_VALUES = 40

/** Each value with what it would leave, under all that is asked but its own facet. What waits for a fact is not among them. */
export async function facetsOf(
  work: Work,
  narrow: Narrow,
  nowMs: number,
): Promise<readonly FacetCount[]> {
  const values = valuesOf(nowMs)
  const each = FACETS.map((facet) => {
    const others = FACETS.filter((one) => one !== facet)
    return sql`(${facet}::text, ${values[facet]}, ${asked(narrow, others, values)})`
  })
  const { rows } = await sql<{ facet: string; value: string; advisories: string; assets: string }>`
    WITH makers AS (${MAKERS})
    SELECT f.facet, f.value, count(DISTINCT p.vulnerability) AS advisories, count(DISTINCT p.asset) AS assets
    FROM ${DECIDED(new Date(nowMs))}
    CROSS JOIN LATERAL (VALUES ${sql.join(each)}) f(facet, value, fits)
    WHERE f.fits AND ${saying(narrow)} GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2`.execute(work)
  const counts: FacetCount[] = rows.map(({ facet, value, advisories, assets }) => ({
    facet: FacetSchema.parse(facet),
    value,
    advisories: Number(advisories),
    assets: Number(assets),
  }))
  const waiting = await waitingIn(work, narrow, nowMs)
  if (waiting !== undefined) counts.push(waiting)
  return [...Map.groupBy(counts, ({ facet }) => facet).values()].flatMap((of) =>
    of.slice(0, MOST_VALUES),
  )
}

/** What waits for a fact, as one value of the deadline; only assets tell it apart. */
async function waitingIn(
  work: Work,
  narrow: Narrow,
  nowMs: number,
): Promise<FacetCount | undefined> {
  const isOfPairs = PAIR_FACETS.some(
    (facet) => facet !== 'deadline' && (narrow[facet] ?? '') !== '',
  )
  if (isOfPairs || (narrow.text ?? '') !== '') return undefined
  const waits = sql`FROM exposure_undecided u JOIN exposure_assets a ON a.id = u.asset
    WHERE ${asked(narrow, ASSET_FACETS, valuesOf(nowMs))}`
  const { rows } = await sql<{ advisories: string; assets: string }>`
    SELECT (SELECT count(DISTINCT l.vulnerability) FROM exposure_undecided_lists l WHERE l.list IN (SELECT u.list ${waits})) AS advisories,
      (SELECT count(DISTINCT u.asset) ${waits}) AS assets`.execute(work)
  const advisories = Number(rows[0]?.advisories ?? 0)
  if (advisories === 0) return undefined
  return {
    facet: 'deadline',
    value: 'undecided',
    advisories,
    assets: Number(rows[0]?.assets ?? 0),
  }
}
