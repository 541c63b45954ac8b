// Prefixes as sets of words, and the interface that a route leads out of.

import { prefix4, prefix6 } from '../packets/addresses.ts'
import type { Ranges } from '../packets/ranges.ts'
import type { Device, NetworkInterface, Prefix } from './device.ts'

/** One word for IPv4, four for IPv6. */
export function prefixRanges(prefix: Prefix): readonly Ranges[] {
  if (prefix.family === 4) return [prefix4(prefix.address, prefix.length) ?? []]
  return prefix6(prefix.address, prefix.length) ?? []
}

/** The interface a route leads out of: named, or the one whose network holds the next hop. */
export function exitOf(
  device: Device,
  route: Device['routes'][number],
): NetworkInterface | undefined {
  const { interface: name, nextHop } = route
  const named = name === null ? undefined : device.interfaces.find((one) => one.name === name)
  if (named !== undefined || nextHop === null) return named
  return device.interfaces.find(
    (one) =>
      one.vrf === route.vrf &&
      one.prefixes.some(
        (prefix) => prefix.family === nextHop.family && holdsPrefix(prefix, nextHop),
      ),
  )
}

function holdsPrefix(
  outer: NetworkInterface['prefixes'][number],
  inner: NetworkInterface['prefixes'][number],
): boolean {
  const a = prefixRanges(outer)
  const b = prefixRanges(inner)
  return a.every(
    (word, at) => (word[0] ?? 0) <= (b[at]?.[0] ?? 0) && (word[1] ?? 0) >= (b[at]?.[1] ?? 0),
  )
}
