// A machine or a service of a cloud as an asset: the cloud's own id tells it, a public address is evidence that it stands at the internet.

import { z } from 'zod'
import { hostOf } from './scanned.ts'
import type { Alias, Product, ScannedAsset } from './scanned.ts'

export type Json = Readonly<Record<string, unknown>>
export const Json = z.record(z.string(), z.unknown())

export type Machine = {
  readonly id: string
  readonly shown?: string | undefined
  readonly names: readonly (string | undefined)[]
  readonly own: readonly (string | undefined)[]
  readonly open: readonly (string | undefined)[]
  readonly system?: string | undefined
  readonly owner?: string | undefined
  readonly products?: readonly Product[]
  /** What says that it stands at the internet; else a public address does. */
  readonly reached?: string | undefined
}

export function assetOf(cloud: string, machine: Machine): ScannedAsset {
  const { id, shown, names, own, open, system, owner, products = [], reached } = machine
  const alias: Alias = { kind: 'tool', value: `${cloud.toLowerCase()}/${id}`.slice(0, 500) }
  const [first] = open.filter((address) => address !== undefined && address !== '')
  const evidence = reached ?? (first === undefined ? undefined : `${cloud}: ${first}`)
  return {
    kind: 'asset',
    host: { ...hostOf([...names, ...open, ...own], { aliases: [alias], system }), shown },
    products,
    ...(evidence === undefined ? {} : { reachable: evidence }),
    ...(owner === undefined ? {} : { kept: { owner } }),
  }
}
