// A range of addresses and what is known of it.

import type { NetworkKind } from '../model/index.ts'

/** Both ends belong to the range. */
export type Span = { readonly first: bigint; readonly last: bigint }

/** One list lays one kind of knowledge over the addresses. */
export type Layer<Value> = readonly (Span & { readonly value: Value })[]

export type NetworkRange = Span & {
  /** 0 = unknown. */
  readonly asn: number
  readonly organisation: string
  readonly kind: NetworkKind | ''
  /** ISO 3166-1, two letters; empty = unknown. */
  readonly country: string
}

/** More ranges than the routed Internet has by far. */
export const MOST_RANGES = 5_000_000
export const MOST_ORGANISATION = 120
