// Which packets get where: from one place through every device, as a least fixpoint of sets. Each step that added packets is kept,
// so that a witness can be followed back to where it came from.

import type { Cube } from '../packets/cube.ts'
import { NO_PACKET, TooLarge } from '../packets/diagram.ts'
import type { PacketSet } from '../packets/diagram.ts'
import type { Ranges } from '../packets/ranges.ts'
import type { Sureness } from '../packets/rule.ts'
import type { Space } from '../packets/space.ts'
import type { Device, NetworkInterface, Translation } from './device.ts'
import { nextPlaces } from './onwards.ts'
import type { Place } from './places.ts'
import type { FilterSets } from './sets.ts'
import type { Step } from './step.ts'

export type Start = { readonly places: readonly Place[]; readonly packets: PacketSet }

/** Steps before it is called too much. */
const MOST_STEPS = 5000

type Arrival = { readonly at: Place; readonly packets: PacketSet; readonly before: Step | null }

export type Question = {
  readonly devices: readonly Device[]
  readonly sets: FilterSets
  readonly sureness: Sureness
  readonly start: Start
  /** Hosts that are asked about; others end what reaches them and are left out. Absent: all. */
  readonly ends?: readonly Place[]
}

/** Every step that packets take. Throws `TooLarge`. */
export function reach({ devices, sets, sureness, start, ends }: Question): readonly Step[] {
  const steps: Step[] = []
  const asked = ends === undefined ? null : new Set(ends.map((place) => place.interface))
  const seen = new Map<NetworkInterface, PacketSet>()
  const waiting: Arrival[] = start.places.map((at) => ({
    at,
    packets: start.packets,
    before: null,
  }))
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const known = seen.get(next.at.interface) ?? NO_PACKET
    const fresh = sets.diagrams.minus(next.packets, known)
    if (fresh === NO_PACKET) continue
    seen.set(next.at.interface, sets.diagrams.or(known, fresh))
    for (const step of stepsOf({ ...next, packets: fresh, asked }, sets, sureness)) {
      steps.push(step)
      if (steps.length > MOST_STEPS) throw new TooLarge()
      for (const at of nextPlaces(devices, step, sets))
        waiting.push({ at: at.place, packets: at.packets, before: step })
    }
  }
  return steps
}

function stepsOf(
  {
    at,
    packets,
    before,
    asked,
  }: Arrival & { readonly asked: ReadonlySet<NetworkInterface> | null },
  sets: FilterSets,
  sureness: Sureness,
): readonly Step[] {
  const { diagrams } = sets
  const { device } = at
  const through = (all: NetworkInterface['ingress'], from: PacketSet) =>
    all.reduce(
      // What is empty meets no list: it would be worked out for nothing.
      (left, filter) =>
        left === NO_PACKET ? left : diagrams.and(left, sets.through(filter, sureness)),
      from,
    )
  const arrived = through(at.interface.ingress, packets)
  // A filter that is not read may stop anything: nothing that crosses the device is certain.
  if (sureness !== 'might' && device.limits.includes('not_a_filter_we_read')) return []
  if (arrived === NO_PACKET) return []
  return device.interfaces.flatMap((exit) => {
    if (exit === at.interface && exit.turns !== true) return []
    if (exit.hosts !== undefined && asked?.has(exit) === false) return []
    if (exit.vrf !== at.interface.vrf || !leads(device, exit)) return []
    return translated({ at, exit, packets: arrived, kind: 'destination' }, sets).flatMap((one) => {
      const judged = judgedBy({ at, exit, one }, sets, sureness)
      const routes = routesTo({ at, exit, sureness }, sets)
      return routes.flatMap(({ routed, isAssumed }) => {
        const sent = through(exit.egress, diagrams.and(judged.after, routed))
        return translated({ at, exit, packets: sent, kind: 'source' }, sets)
          .filter(({ after }) => after !== NO_PACKET)
          .map((last): Step => ({
            at,
            exit,
            before,
            arrived: judged.before,
            between: last.before,
            left: last.after,
            destination: one.by,
            source: last.by,
            isAssumed,
          }))
      })
    })
  })
}

function leads(device: Device, exit: NetworkInterface): boolean {
  if (!exit.isUp) return false
  return (
    exit.prefixes.length > 0 ||
    exit.isDynamic ||
    device.routes.some((route) => route.interface === exit.name) ||
    // Of a device whose addresses stand nowhere, any may.
    device.interfaces.every(({ prefixes }) => prefixes.length === 0)
  )
}

type Crossing = { readonly at: Place; readonly exit: NetworkInterface }
type Rewritten = {
  readonly before: PacketSet
  readonly after: PacketSet
  readonly by: Translation | null
}

/** The policy judges addresses as they came, or as translation left them: the makes differ. */
function judgedBy(
  { at, exit, one }: Crossing & { readonly one: Rewritten },
  sets: FilterSets,
  sureness: Sureness,
): Rewritten {
  const allowed = sets.policy(at.device, at.interface.name, exit.name, sureness)
  if (at.device.policy?.sees === 'before' && one.by !== null) {
    const before = sets.diagrams.and(one.before, allowed)
    return { before, after: rewrite(before, one.by, sets), by: one.by }
  }
  return { ...one, after: sets.diagrams.and(one.after, allowed) }
}

type Routed = { readonly routed: PacketSet; readonly isAssumed: boolean }

function routesTo(
  { at, exit, sureness }: Crossing & { readonly sureness: Sureness },
  sets: FilterSets,
): readonly Routed[] {
  const { device } = at
  const known = { routed: sets.routed(device, exit), isAssumed: false }
  const has = (limit: Device['limits'][number]) => device.limits.includes(limit)
  const isOpen =
    exit.isDynamic ||
    has('dynamic_routing') ||
    (sureness === 'might' && (has('policy_routing') || has('tunnels')))
  if (!isOpen) return [known]
  return [known, { routed: sets.unrouted(device, exit.vrf), isAssumed: true }]
}

/** Every translation in its order takes what it is about; the rest stays as it is. */
function translated(
  {
    at,
    exit,
    packets,
    kind,
  }: Crossing & { readonly packets: PacketSet; readonly kind: Translation['kind'] },
  sets: FilterSets,
): readonly Rewritten[] {
  const { diagrams, family } = sets
  if (family === 6 || packets === NO_PACKET) return [{ before: packets, after: packets, by: null }]
  const out: Rewritten[] = []
  let rest = packets
  for (const one of at.device.translations) {
    if (one.kind !== kind || one.from?.has(at.interface.name) === false) continue
    const about = diagrams.and(
      rest,
      diagrams.and(diagrams.of(one.match), towards(one, at, exit, sets)),
    )
    if (about === NO_PACKET) continue
    out.push({ before: about, after: rewrite(about, one, sets), by: one })
    rest = diagrams.minus(rest, about)
  }
  return [...out, { before: rest, after: rest, by: null }]
}

/** Where a translation names the way out, that is the way of the address before it was translated. */
function towards(one: Translation, at: Place, exit: NetworkInterface, sets: FilterSets): PacketSet {
  if (one.to === null) return 1
  if (one.kind === 'source') return one.to.has(exit.name) ? 1 : NO_PACKET
  return at.device.interfaces
    .filter(({ name, isUp }) => isUp && one.to?.has(name) === true)
    .reduce((sum, other) => sets.diagrams.or(sum, sets.routed(at.device, other)), NO_PACKET)
}

export function rewrite(packets: PacketSet, by: Translation, sets: FilterSets): PacketSet {
  const { diagrams } = sets
  const { space } = diagrams
  const side = by.kind === 'destination' ? space.dst : space.src
  const port = by.kind === 'destination' ? space.dport : space.sport
  const freed = diagrams.forget(packets, side)
  const make = { space, ofCube: (cube: Cube) => diagrams.ofCube(cube) }
  const moved = diagrams.and(freed, only(make, side, by.address))
  if (by.port === null) return moved
  return diagrams.and(diagrams.forget(moved, port), only(make, port, by.port))
}

function only(
  { space, ofCube }: { readonly space: Space; readonly ofCube: (cube: Cube) => PacketSet },
  level: number,
  set: Ranges | null,
): PacketSet {
  return ofCube(space.tops.map((_, own) => (own === level ? set : null)))
}
