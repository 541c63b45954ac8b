// Products on an asset as rows, told apart by package, or by maker and name, and by the service they answer on.

import type { Resolved } from '../assets/resolve-hosts.ts'
import { NA, ANY, bindFormatted, parseCpe, plainValue } from '../cpe/cpe-name.ts'
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
