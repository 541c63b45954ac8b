// Who takes what leaves a device: the next hop, everybody on the network, who is behind a gateway, whose address is shown to the
// Internet. What nobody given takes is known as that.

import { NO_PACKET } from '../packets/diagram.ts'
import type { PacketSet } from '../packets/diagram.ts'
import type { Device, NetworkInterface } from './device.ts'
import { exitOf, prefixRanges } from './exits.ts'
import { ownerOf, placeAt } from './places.ts'
import type { Place } from './places.ts'
import type { FilterSets } from './sets.ts'
import { destinationCube } from './sets.ts'
import type { Step } from './step.ts'

/** Addresses on the networks of an interface. */
export function onLink(one: NetworkInterface, { diagrams, family }: FilterSets): PacketSet {
  const blocks = one.prefixes.filter((prefix) => prefix.family === family).map(prefixRanges)
  return diagrams.of(blocks.map((block) => destinationCube(block, family)))
}

/** What goes to a neighbour that was not given. */
export function passedOn(devices: readonly Device[], step: Step, sets: FilterSets): PacketSet {
  const { diagrams } = sets
  return nextPlaces(devices, step, sets).reduce(
    (left, { packets }) => diagrams.minus(left, packets),
    diagrams.minus(step.left, onLink(step.exit, sets)),
  )
}

/** The devices that take what goes out: the next hop of the route, else everybody on that network. */
export function nextPlaces(
  devices: readonly Device[],
  { at, exit, left, isAssumed }: Step,
  sets: FilterSets,
): readonly { readonly place: Place; readonly packets: PacketSet }[] {
  const { diagrams } = sets
  if (exit.hosts !== undefined) return []
  if (exit.isInternet === true) return shownPlaces(devices, left, sets)
  if (exit.leadsTo !== undefined) {
    const place = placeAt(devices, exit.leadsTo)
    return place === undefined ? [] : [{ place, packets: left }]
  }
  const others = neighboursOf(devices, at.device, exit)
  if (isAssumed) return others.map((place) => ({ place, packets: left }))
  return at.device.routes.flatMap((route) => {
    if (route.vrf !== exit.vrf || exitOf(at.device, route) !== exit) return []
    const blocks = sets.family === 4 ? (route.v4.length === 0 ? [] : [[route.v4]]) : route.v6
    const packets = diagrams.and(
      left,
      diagrams.of(blocks.map((block) => destinationCube(block, sets.family))),
    )
    if (packets === NO_PACKET) return []
    const owner = route.nextHop === null ? undefined : ownerOf(devices, route.nextHop)
    const places = owner !== undefined ? [owner] : route.nextHop === null ? others : []
    return places.map((place) => ({ place, packets }))
  })
}

/** Nobody given stands on the Internet but those whose addresses are shown there: what is sent to one comes in at its gateway. */
function shownPlaces(devices: readonly Device[], left: PacketSet, sets: FilterSets) {
  return doorsOf(devices).flatMap((place) => {
    const packets = sets.diagrams.and(left, sets.shown(place.device))
    return packets === NO_PACKET ? [] : [{ place, packets }]
  })
}

const doors = new WeakMap<readonly Device[], readonly Place[]>()

function doorsOf(devices: readonly Device[]): readonly Place[] {
  const known = doors.get(devices)
  if (known !== undefined) return known
  const found = devices.flatMap((device) =>
    device.interfaces
      .filter((one) => one.isInternet === true && one.isUp)
      .map((one) => ({ device, interface: one })),
  )
  doors.set(devices, found)
  return found
}

/** Interfaces of other devices on the same network. */
function neighboursOf(
  devices: readonly Device[],
  device: Device,
  exit: NetworkInterface,
): readonly Place[] {
  const networks = new Set(exit.prefixes.map(networkOf))
  return devices
    .filter((other) => other !== device)
    .flatMap((other) =>
      other.interfaces
        .filter((one) => one.isUp && one.prefixes.some((prefix) => networks.has(networkOf(prefix))))
        .map((one) => ({ device: other, interface: one })),
    )
}

function networkOf(prefix: NetworkInterface['prefixes'][number]): string {
  if (prefix.family === 6) return `${String(prefix.address.slice(0, 2))}/${prefix.length}`
  return `${Math.floor(prefix.address / 2 ** (32 - prefix.length))}/${prefix.length}`
}
