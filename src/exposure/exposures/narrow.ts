// Which part of the estate is asked about: conditions on assets and on pairs, the same for lists, facets and what to patch.
// Aliases: `a` assets, `p` pairs (with `excepted`), `b` bases, `m` makers, `v` vulnerabilities.

import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { NONE } from '../../model/index.ts'
import type { Facet, Narrow } from '../../model/index.ts'

type Condition = RawBuilder<boolean>

/** Asked of nothing: the whole estate. */
export function isWhole(narrow: Narrow): boolean {
  return Object.values(narrow).every((value) => value === undefined || value === '')
}

/** Who makes a product and how it is written, as any source says: pairs keep its name alone, or behind its maker's. */
export const MAKERS = sql`
  SELECT key AS product, min(lower(vendor)) AS vendor, min(name) AS name FROM (
    SELECT lower(product) AS key, vendor, product AS name FROM exposure_products WHERE vendor <> '' AND product <> ''
    UNION ALL
    SELECT lower(vendor || ' ' || product), vendor, product FROM exposure_products WHERE vendor <> '' AND product <> '') k
  GROUP BY key`

/** Days from now: the spans people plan in. */
const SPANS = { week: 7, month: 30 } as const

/** What each pair is told apart by. */
export function valuesOf(nowMs: number): Readonly<Record<Facet, RawBuilder<string>>> {
  const within = (days: number) => new Date(nowMs + days * 86_400_000)
  return {
    zone: sql`a.zone`,
    owner: sql`a.owner`,
    criticality: sql`a.criticality`,
    facing: sql`(b.content ->> 'facing')`,
    vendor: sql`COALESCE(m.vendor, '')`,
    exploited: sql`CASE WHEN b.exploited THEN 'yes' ELSE 'no' END`,
    deadline: sql`CASE WHEN p.state = 'unsure' THEN 'undecided' WHEN p.excepted THEN 'excepted' WHEN p.due IS NULL THEN 'upgrade'
      WHEN p.due < ${new Date(nowMs)} THEN 'overdue' WHEN p.due < ${within(SPANS.week)} THEN 'week'
      WHEN p.due < ${within(SPANS.month)} THEN 'month' ELSE 'later' END`,
  }
}

export const ASSET_FACETS = ['zone', 'owner', 'criticality'] as const satisfies readonly Facet[]
export const PAIR_FACETS = [
  'facing',
  'vendor',
  'exploited',
  'deadline',
] as const satisfies readonly Facet[]

export function asked(
  narrow: Narrow,
  facets: readonly Facet[],
  values: ReturnType<typeof valuesOf>,
): Condition {
  const conditions = facets.flatMap((facet) => {
    const value = narrow[facet]
    if (value === undefined || value === '') return []
    return [sql<boolean>`${values[facet]} = ${value === NONE ? '' : value}`]
  })
  return all(conditions)
}

/** Number, title or product. */
export function saying({ text = '' }: Narrow): Condition {
  if (text === '') return sql`true`
  return sql`position(lower(${text}) IN lower(p.vulnerability || ' ' || COALESCE(v.title, '') || ' ' || p.product)) > 0`
}

export function all(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql`true` : sql<boolean>`(${sql.join(conditions, sql` AND `)})`
}

/** `pairs` (as `x`), each with whether an exception holds; joined with all that conditions ask of. */
const joined = (pairs: RawBuilder<unknown>, now: Date) => sql`
  (SELECT x.*, EXISTS (SELECT 1 FROM exposure_exceptions e WHERE e.asset = x.asset AND e.vulnerability = x.vulnerability
      AND e.revoked IS NULL AND e.expires > ${now}) AS excepted
    FROM ${pairs}) p
  JOIN exposure_assets a ON a.id = p.asset JOIN exposure_bases b ON b.id = p.basis
  LEFT JOIN makers m ON m.product = lower(p.product) LEFT JOIN exposure_vulnerabilities v ON v.id = p.vulnerability`

export const DECIDED = (now: Date) =>
  joined(sql`exposures x WHERE x.state IN ('open', 'unsure')`, now)
/** What waits for a fact too, pair by pair. */
export const EVERY_PAIR = (now: Date) => joined(sql`exposure_pairs x`, now)
