// How the open exposures of the estate divide: by zone, owner, criticality, reach, maker, exploitation and deadline.

import { sql } from 'kysely'
import { FACETS, FacetSchema } from '../../model/index.ts'
import type { FacetCount, Narrow } from '../../model/index.ts'
import type { Work } from '../rows.ts'
import { DECIDED, MAKERS, asked, saying, valuesOf } from './narrow.ts'

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
  const counts = rows.map(({ facet, value, advisories, assets }) => ({
    facet: FacetSchema.parse(facet),
    value,
    advisories: Number(advisories),
    assets: Number(assets),
  }))
  return [...Map.groupBy(counts, ({ facet }) => facet).values()].flatMap((of) =>
    of.slice(0, MOST_VALUES),
  )
}
