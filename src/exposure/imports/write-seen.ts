// Devices that the station knows by itself, with what runs on them: written like an inventory, under a source of their own.

import { hostResolver } from '../assets/resolve-hosts.ts'
import type { Work } from '../rows.ts'
import { productRow, writeProducts } from './product-rows.ts'
import type { Kept, ScannedAsset } from './scanned.ts'
import { writeKept } from './write-kept.ts'
import { writeReached } from './write-reached.ts'
import type { Reachable } from './write-reached.ts'

/** The source of versions that configurations name: a version that is gone from there is fixed by the configuration. */
export const CONFIGURATION = 'configuration'

export async function writeSeen(
  work: Work,
  seen: readonly ScannedAsset[],
  { nowMs, source = CONFIGURATION }: { readonly nowMs: number; readonly source?: string },
): Promise<{ readonly touched: readonly string[]; readonly newAssets: number }> {
  const resolver = await hostResolver(work, { source, nowMs, file: source })
  const found = seen.map((one) => ({ ...one, resolved: resolver.resolve(one.host) }))
  await resolver.write(work)
  const products = found.flatMap(({ products: of, resolved }) =>
    of.flatMap((product) => productRow(product, resolved, source) ?? []),
  )
  const kept = found.flatMap(({ kept: said, resolved }): [string, Kept][] =>
    said === undefined ? [] : [[resolved.asset, said]],
  )
  const reached = found.flatMap(({ reachable, resolved }): Reachable[] =>
    reachable === undefined
      ? []
      : [
          {
            asset: resolved.asset,
            first_asset: resolved.firstAsset,
            evidence: reachable.slice(0, 300),
            source,
            seen: new Date(nowMs).toISOString(),
          },
        ],
  )
  const fresh = await writeReached(work, reached)
  const moved = await writeProducts(work, products, nowMs)
  const known = await writeKept(work, new Map(kept))
  return { touched: [...new Set([...moved, ...known, ...fresh])], newAssets: resolver.newAssets() }
}
