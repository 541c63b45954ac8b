// Products on an asset as rows, told apart by package, or by maker and name, and by the service they answer on.

import { sql } from 'kysely'
import type { Resolved } from '../assets/resolve-hosts.ts'
import { NA, ANY, bindFormatted, parseCpe, plainValue } from '../cpe/cpe-name.ts'
import { inBulk, insertInBulk } from '../rows.ts'
import type { Work } from '../rows.ts'
import { componentKey } from './finding-rows.ts'
import type { Product } from './scanned.ts'

export type ProductRow = {
  readonly first_asset: string
  readonly key: string
  readonly asset: string
  readonly vendor: string
  readonly product: string
  readonly version: string
  readonly service: string
  readonly cpe: string
  readonly purl: string
  readonly source: string
  readonly confidence: number
}

/** Undefined for what names nothing. */
export function productRow(
  product: Product,
  { asset, firstAsset }: Resolved,
  source: string,
): ProductRow | undefined {
  const read = product.cpe === undefined ? undefined : parseCpe(product.cpe)
  const cpe = read?.ok === true ? read.value : undefined
  const said = (value: string | undefined) =>
    value === undefined || value === ANY || value === NA ? '' : plainValue(value)
  const name = said(cpe?.product) || product.name.trim()
  if (name === '') return undefined
  const key = `${componentKey(product) || name.toLowerCase()} ${said(cpe?.product)} ${product.service}`
  return {
    first_asset: firstAsset,
    key: key.slice(0, 600),
    asset,
    vendor: (said(cpe?.vendor) || (product.vendor ?? '')).slice(0, 200),
    product: name.slice(0, 300),
    version: ((product.version ?? '').trim() || said(cpe?.version)).slice(0, 200),
    service: product.service,
    cpe: cpe === undefined ? '' : bindFormatted(cpe),
    purl: (product.purl ?? '').slice(0, 1000),
    source,
    confidence: Math.round(product.confidence),
  }
}

const PRODUCT_COLUMNS =
  'first_asset text, key text, asset text, vendor text, product text, version text, service text, cpe text, purl text, source text, confidence integer, first_seen timestamptz, last_seen timestamptz'

/** Assets of which a product or its version is new. A version that the same source no longer reports of a product is gone: it was updated. */
export async function writeProducts(
  work: Work,
  products: readonly ProductRow[],
  nowMs: number,
): Promise<readonly string[]> {
  const at = new Date(nowMs).toISOString()
  const rows = products.map((row) => ({ ...row, first_seen: at, last_seen: at }))
  const fresh = await inBulk<{ asset: string }>(
    work,
    { rows, columns: PRODUCT_COLUMNS },
    (r) => sql<{ asset: string }>`
    SELECT DISTINCT r.asset FROM ${r} LEFT JOIN exposure_products p
      ON p.first_asset = r.first_asset AND p.key = r.key AND p.version = r.version AND p.source = r.source
    WHERE p.key IS NULL OR p.cpe <> r.cpe OR p.purl <> r.purl`,
  )
  await insertInBulk(work, 'exposure_products', {
    rows,
    columns: PRODUCT_COLUMNS,
    onConflict:
      'ON CONFLICT (first_asset, key, version, source) DO UPDATE SET cpe = excluded.cpe, purl = excluded.purl, confidence = excluded.confidence, last_seen = excluded.last_seen',
  })
  const gone = await inBulk<{ asset: string }>(
    work,
    { rows, columns: PRODUCT_COLUMNS },
    (r) => sql<{ asset: string }>`
    DELETE FROM exposure_products p USING ${r}
    WHERE p.first_asset = r.first_asset AND p.key = r.key AND p.source = r.source AND p.last_seen < ${new Date(nowMs)}
    RETURNING p.asset`,
  )
  return [...fresh, ...gone].map(({ asset }) => asset)
}
