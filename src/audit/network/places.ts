// Where addresses lie: the interfaces of the given devices that lead to them.

import type { Addresses } from '../packets/addresses.ts'
import { intersect } from '../packets/ranges.ts'
import type { Ranges } from '../packets/ranges.ts'
import type { Family } from '../packets/space.ts'
import type { Device, Far, NetworkInterface, Prefix } from './device.ts'
import { exitOf, prefixRanges } from './exits.ts'
import { PUBLIC } from './public-addresses.ts'

export type Place = {
  readonly device: Device
  readonly interface: NetworkInterface
}

export function overlaps(addresses: Addresses, prefix: Prefix): boolean {
  const words = prefixRanges(prefix)
  if (prefix.family === 4) return intersect(addresses.v4, words[0] ?? []).length > 0
  return addresses.v6.some((block) =>
    block.every((word, at) => intersect(word, words[at] ?? []).length > 0),
  )
}

/**
 * The interfaces behind which the addresses lie: on their own network, else where a static route leads, else where the default
 * route or an address from outside leads.
 */
export function placesOf(devices: readonly Device[], addresses: Addresses): readonly Place[] {
  const near = interfacesThat(devices, (_, one) =>
    one.prefixes.some(
      (prefix) =>
        (one.hosts !== undefined || prefix.length < (prefix.family === 4 ? 32 : 128)) &&
        overlaps(addresses, prefix),
    ),
  )
  if (near.length > 0) return near
  const routed = interfacesThat(
    devices,
    (device, one) =>
      one.leadsTo === undefined &&
      device.routes.some(
        (route) => route.length > 0 && exitOf(device, route) === one && isAbout(addresses, route),
      ),
  )
  if (routed.length > 0) return routed
  // What is private is nowhere on the Internet.
  const isPublic = overlapsPublic(addresses)
  return edgesOf(devices).filter((one) => isPublic || one.interface.isInternet !== true)
}

function overlapsPublic({ v4, v6 }: Addresses): boolean {
  return intersect(v4, PUBLIC.v4).length > 0 || v6.length > 0
}

export function everyPlace(devices: readonly Device[]): readonly Place[] {
  return interfacesThat(devices, () => true)
}

/** Interfaces that lead out of all that was given. */
export function edgesOf(devices: readonly Device[]): readonly Place[] {
  return interfacesThat(
    devices,
    (device, one) =>
      one.isInternet === true ||
      one.isDynamic ||
      device.routes.some(
        (route) =>
          route.length === 0 &&
          one.leadsTo === undefined &&
          exitOf(device, route) === one &&
          !isGiven(devices, route.nextHop),
      ),
  )
}

function isGiven(devices: readonly Device[], hop: Prefix | null): boolean {
  return hop !== null && ownerOf(devices, hop) !== undefined
}

/** Where what leads there comes in. */
export function placeAt(devices: readonly Device[], far: Far): Place | undefined {
  const device = byName(devices).get(far.device)
  const found = device?.interfaces.find(({ name }) => name === far.interface)
  return device === undefined || found === undefined ? undefined : { device, interface: found }
}

const named = new WeakMap<readonly Device[], Map<string, Device>>()

/** The first of a name. */
function byName(devices: readonly Device[]): Map<string, Device> {
  const known = named.get(devices)
  if (known !== undefined) return known
  const made = new Map(devices.toReversed().map((device) => [device.name, device]))
  named.set(devices, made)
  return made
}

/** The given device that has this address. */
export function ownerOf(devices: readonly Device[], hop: Prefix): Place | undefined {
  return interfacesThat(devices, (_, one) =>
    one.prefixes.some((prefix) => isSameAddress(prefix, hop)),
  )[0]
}

function isSameAddress(a: Prefix, b: Prefix): boolean {
  return a.family === b.family && String(a.address) === String(b.address)
}

function isAbout(addresses: Addresses, { v4, v6 }: Device['routes'][number]): boolean {
  if (intersect(addresses.v4, v4).length > 0) return true
  return addresses.v6.some((block) =>
    v6.some((other) => block.every((word, at) => intersect(word, other[at] ?? []).length > 0)),
  )
}

function interfacesThat(
  devices: readonly Device[],
  is: (device: Device, one: NetworkInterface) => boolean,
): readonly Place[] {
  return devices.flatMap((device) =>
    device.interfaces
      .filter((one) => one.isUp && is(device, one))
      .map((one) => ({ device, interface: one })),
  )
}

/** Addresses of one family as rows of words, for cubes. */
export function blocksOf({ v4, v6 }: Addresses, family: Family): readonly (readonly Ranges[])[] {
  if (family === 6) return v6
  return v4.length === 0 ? [] : [[v4]]
}
