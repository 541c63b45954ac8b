// What is missing to decide whether assets are affected: the version here, the affected versions, or an order between them.

import { sql } from 'kysely'
import { MISSING_FACTS } from '../../model/index.ts'
import type { Advisory, MissingFact, MissingOfAsset } from '../../model/index.ts'
import { wordsOf } from '../../words/index.ts'
import { inBulk } from '../rows.ts'
import type { Work } from '../rows.ts'

export type MissingOfAdvisory = Advisory['missing'][number]

/** A list without versions leaves the affected ones open; where the version here is not known either, both are missing. */
const FACT = sql`
  CASE WHEN x.reason = 'product-named' THEN CASE WHEN x.version = '' THEN 'both' ELSE 'affected' END
    WHEN x.reason = 'version-unknown' OR x.version = '' THEN 'version' ELSE 'order' END`

type Row = { vulnerability: string; product: string; fact: string; assets: string }

const MOST_PRODUCTS = 10

/** By vulnerability, what most assets wait for first. */
export async function missingByVulnerability(
  work: Work,
  vulnerabilities: readonly string[],
): Promise<ReadonlyMap<string, readonly MissingOfAdvisory[]>> {
  const rows = await inBulk<Row>(
    work,
    { rows: vulnerabilities.map((id) => ({ id })), columns: 'id text' },
    (r) => sql<Row>`
    SELECT x.vulnerability, x.product, ${FACT} AS fact, count(*) AS assets
    FROM exposure_pairs x JOIN ${r} ON x.vulnerability = r.id WHERE x.state = 'unsure'
    GROUP BY 1, 2, 3 ORDER BY count(*) DESC, x.product, fact`,
  )
  return new Map(
    [...Map.groupBy(rows, ({ vulnerability }) => vulnerability)].map(([vulnerability, all]) => [
      vulnerability,
      all.slice(0, MOST_PRODUCTS).map(({ product, fact, assets }) => {
        const [what, count] = [factOf(fact), Number(assets)]
        const sentence = (language: 'en' | 'fr') =>
          wordsOf(language).exposure.missing[what](product, count)
        return {
          product,
          fact: what,
          assets: count,
          say: { en: sentence('en'), fr: sentence('fr') },
        }
      }),
    ]),
  )
}

type AssetRow = { product: string; version: string; fact: string; advisories: string }

/** Of one asset, product by product. */
export async function missingOfAsset(
  work: Work,
  asset: string,
): Promise<readonly MissingOfAsset[]> {
  const { rows } = await sql<AssetRow>`
    SELECT x.product, x.version, ${FACT} AS fact, count(*) AS advisories
    FROM exposure_pairs x WHERE x.asset = ${asset} AND x.state = 'unsure'
    GROUP BY 1, 2, 3 ORDER BY count(*) DESC, x.product, x.version, fact LIMIT 1000`.execute(work)
  return rows.map(({ product, version, fact, advisories }) => {
    const [what, count] = [factOf(fact), Number(advisories)]
    const sentence = (language: 'en' | 'fr') => {
      const say = wordsOf(language).exposure
      return `${say.waiting(count)} ${say.missing[what](product, 1)}`
    }
    return {
      product,
      version,
      fact: what,
      advisories: count,
      say: { en: sentence('en'), fr: sentence('fr') },
    }
  })
}

function factOf(text: string): MissingFact {
  return MISSING_FACTS.find((fact) => fact === text) ?? 'order'
}
