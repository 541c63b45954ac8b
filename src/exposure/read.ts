// What is asked of a station's exposure: advisories, what to patch, facets, assets, each with the dates of what is known.

import type { ExposureExport, ExposureFilter, Narrow } from '../model/index.ts'
import { getAsset, historyOfAsset, listAssets, productsOfAsset } from './assets/assets.ts'
import type { AssetSearch } from './assets/assets.ts'
import { listAdvisories } from './exposures/advisories.ts'
import type { AdvisoryPage } from './exposures/advisories.ts'
import { facetsOf } from './exposures/facets.ts'
import { listExposures } from './exposures/list.ts'
import { missingOfAsset } from './exposures/missing.ts'
import { listPatches } from './exposures/patches.ts'
import type { PatchAsk } from './exposures/patches.ts'
import { feedOf } from './knowledge/load-knowledge.ts'
import type { Work } from './rows.ts'

/** Of one file; more is no list that a person works through. */
const MOST_ROWS = 50_000

export function reading(records: Work, nowMs: () => number) {
  const asOf = () => new Date(nowMs()).toISOString()
  const known = async () => ({ asOf: asOf(), feeds: await feeds(records) })
  return {
    feeds: known,
    advisories: async (page: AdvisoryPage) => {
      const { total, advisories } = await listAdvisories(records, page, nowMs())
      return { ...(await known()), total, advisories: [...advisories] }
    },
    facets: async (narrow: Narrow) => ({
      asOf: asOf(),
      facets: [...(await facetsOf(records, narrow, nowMs()))],
    }),
    patches: async (ask: PatchAsk) => {
      const { total, patches } = await listPatches(records, ask, nowMs())
      return { ...(await known()), total, patches: [...patches] }
    },
    /** Rows of a spreadsheet, what is due first on top. */
    rows: async (ask: ExposureExport) => {
      const filter = { state: 'open', offset: 0, limit: MOST_ROWS, ...ask } as const
      return (await listExposures(records, filter, nowMs())).exposures
    },
    exposures: async (filter: ExposureFilter) => {
      const { total, exposures } = await listExposures(records, filter, nowMs())
      return { ...(await known()), total, exposures: [...exposures] }
    },
    assets: async (search: AssetSearch) => {
      const { total, assets } = await listAssets(records, search, nowMs())
      return { asOf: asOf(), total, assets: [...assets] }
    },
    asset: async (id: string) => {
      const asset = await getAsset(records, id, nowMs())
      const filter = { state: 'open', asset: id, limit: 1000, offset: 0 } as const
      const { exposures } = await listExposures(records, filter, nowMs())
      return {
        asset,
        history: [...(await historyOfAsset(records, id))],
        products: await productsOfAsset(records, id),
        exposures: [...exposures],
        missing: [...(await missingOfAsset(records, id))],
      }
    },
  }
}

async function feeds(work: Work) {
  const rows = await work
    .selectFrom('exposure_feeds')
    .selectAll()
    .orderBy('dated', 'desc')
    .limit(500)
    .execute()
  return rows.map(feedOf)
}
