// Networks that addresses belong to: what is known of each, where an address stands among them, and how people see it.

import { z } from 'zod'

/** `access`: homes and small offices. Empty where neither a list nor the network's name tells. */
export const NETWORK_KINDS = [
  'access',
  'mobile',
  'satellite',
  'hosting',
  'vpn',
  'tor',
  'proxy',
  'education',
  'government',
] as const
export const NetworkKindSchema = z.enum(NETWORK_KINDS)
export type NetworkKind = z.infer<typeof NetworkKindSchema>

/**
 * Place of an address in one line of numbers: an IPv4 address as it stands in the last 64 bits of its mapped form
 * (RFC 4291 section 2.5.5.2), an IPv6 address by its first 64 bits. 0 where there is no address.
 */
export function positionSql(column: string): string {
  const bytes = `reinterpretAsFixedString(${column})`
  const half = `if(startsWith(${bytes}, toFixedString('', 8)), 9, 1)`
  return `reinterpretAsUInt64(reverse(substring(${bytes}, ${half}, 8)))`
}

/** 0 for IPv4, 1 for IPv6: what a join over ranges needs beside the position. */
export function familySql(column: string): string {
  return `toUInt8(NOT startsWith(reinterpretAsFixedString(${column}), toFixedString('', 8)))`
}

/** Whoever made the data, under what terms, and how old they are. */
export const NetworkSourceSchema = z.strictObject({
  name: z.string().min(1).max(200),
  version: z.string().max(100),
  licence: z.string().min(1).max(200),
  address: z.string().max(500),
  dated: z.iso.datetime(),
})
export type NetworkSource = z.infer<typeof NetworkSourceSchema>

export const NetworkDataSchema = z.object({
  /** `installed`: came with Vigie's packages; `pack`: was loaded by somebody. */
  origin: z.enum(['installed', 'pack']),
  dated: z.iso.datetime(),
  loaded: z.iso.datetime(),
  loadedBy: z.string(),
  ranges: z.number().int(),
  /** Who signed it; empty for what came with Vigie's packages. */
  key: z.string(),
  sources: z.array(NetworkSourceSchema),
})
export type NetworkData = z.infer<typeof NetworkDataSchema>

export const NetworkStateSchema = z.object({
  asOf: z.iso.datetime(),
  /** Null while nothing is loaded. */
  data: NetworkDataSchema.nullable(),
  ageDays: z.number().int().nullable(),
  /** So old that networks may have changed hands. */
  stale: z.boolean(),
  /** Keys whose packs are taken. */
  keys: z.array(z.string()),
})
export type NetworkState = z.infer<typeof NetworkStateSchema>

/** What is known of one address; empty texts and 0 where nothing is. */
export const AddressNetworkSchema = z.object({
  address: z.string(),
  asn: z.number().int(),
  organisation: z.string(),
  kind: z.union([NetworkKindSchema, z.literal('')]),
  country: z.string(),
  dated: z.iso.datetime().nullable(),
})
export type AddressNetwork = z.infer<typeof AddressNetworkSchema>

export const NetworkLoadAskSchema = z.object({
  /** A key to take packs of from now on. */
  key: z.string().max(200).optional(),
  /** Take a pack that is older than what is loaded. */
  older: z.stringbool().default(false),
})
export type NetworkLoadAsk = z.infer<typeof NetworkLoadAskSchema>
