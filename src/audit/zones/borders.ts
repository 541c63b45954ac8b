// The zones on the line of numbers that `positionSql` of the model makes of addresses: where the next zone begins. An address in
// several zones is of the smallest. IPv6 is told apart to 64 bits, the smallest network of hosts.

import type { Addresses } from '../packets/addresses.ts'
import { spansOf } from '../packets/ranges.ts'
import type { PlacedZone } from '../segmentation/place-zones.ts'
import type { Plan } from '../segmentation/zones-file.ts'

export type Borders = {
  /** First positions, rising. */
  readonly starts: readonly string[]
  /** Of each, its zone from 1; 0: no zone. */
  readonly zones: readonly number[]
  /** Ids of zones, in that order. */
  readonly ids: readonly string[]
  /** From 1. */
  readonly internet: readonly number[]
}

type Span = { readonly low: bigint; readonly high: bigint; readonly zone: number }

const MAPPED = 0xff_ff_00_00_00_00n
/** Positions of IPv6 lie beyond. */
const BEYOND = 1n << 48n
const TOP = (1n << 64n) - 1n
/** What one question carries. */
const MOST_BORDERS = 4000

/** `null`: more networks than are compared with what was seen. */
export function bordersOf({ zones }: Plan, placed: readonly PlacedZone[]): Borders | null {
  const spans = placed.flatMap(({ addresses }, at) => spansIn(addresses, at + 1))
  if (spans.length > MOST_BORDERS / 2) return null
  const edges = [...new Set(spans.flatMap(({ low, high }) => [low, high + 1n]))].toSorted((a, b) =>
    a < b ? -1 : 1,
  )
  // The smallest first: the first that holds an address has it.
  const bySize = spans.toSorted((a, b) => (a.high - a.low < b.high - b.low ? -1 : 1))
  const found = [{ low: 0n, zone: 0 }]
  for (const low of edges) {
    if (low > TOP) continue
    const zone = bySize.find((span) => span.low <= low && low <= span.high)?.zone ?? 0
    if (found.at(-1)?.zone !== zone) found.push({ low, zone })
  }
  return {
    starts: found.map(({ low }) => String(low)),
    zones: found.map(({ zone }) => zone),
    ids: zones.map(({ id }) => id),
    internet: zones.flatMap(({ kind }, at) => (kind === 'internet' ? [at + 1] : [])),
  }
}

function spansIn({ v4, v6 }: Addresses, zone: number): readonly Span[] {
  return [
    ...spansOf(v4).map(([low, high]) => ({
      low: MAPPED + BigInt(low),
      high: MAPPED + BigInt(high),
      zone,
    })),
    ...v6.flatMap(([first, second]) => {
      const low = position(first[0], second[0])
      const high = position(first.at(-1), second.at(-1))
      const from = low < BEYOND ? BEYOND : low
      return high < from ? [] : [{ low: from, high, zone }]
    }),
  ]
}

function position(high = 0, low = 0): bigint {
  return (BigInt(high) << 32n) | BigInt(low)
}
