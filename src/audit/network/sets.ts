// Filters and routes as sets of packets, each worked out once for one question.

import type { Cube } from '../packets/cube.ts'
import { ALL_PACKETS, Diagrams, NO_PACKET } from '../packets/diagram.ts'
import type { PacketSet } from '../packets/diagram.ts'
import { permittedBy } from '../packets/first-match.ts'
import { passing } from '../packets/questions.ts'
import type { Ranges } from '../packets/ranges.ts'
import type { Filter, Sureness } from '../packets/rule.ts'
import { spaceFor } from '../packets/space.ts'
import type { Family } from '../packets/space.ts'
import type { Device, NetworkInterface, Policy } from './device.ts'
import { exitOf, prefixRanges } from './exits.ts'

export type SetsOptions = {
  readonly family: Family
  /** All that the question can be about, also after translation; smaller is faster. */
  readonly region: Cube
}

export class FilterSets {
  readonly diagrams: Diagrams
  readonly family: Family
  readonly #region: Cube
  readonly #known = new Map<object, Map<string, PacketSet>>()

  constructor({ family, region }: SetsOptions) {
    this.diagrams = new Diagrams(spaceFor(family))
    this.family = family
    this.#region = region
  }

  /** Within the region. */
  through(filter: Filter, sureness: Sureness): PacketSet {
    if (filter.family !== undefined && filter.family !== this.family) return ALL_PACKETS
    return this.#once(filter, sureness, () =>
      passing(this.diagrams, {
        filter,
        family: this.family,
        sureness,
        wanted: [this.#region],
      }),
    )
  }

  /** What the policy lets from one interface to another. */
  policy(device: Device, from: string, to: string, sureness: Sureness): PacketSet {
    return policiesOf(device).reduce((left, policy) => {
      const own = this.#once(policy, `${from}\n${to}\n${sureness}`, () =>
        this.through(policyBetween(policy, from, to), sureness),
      )
      return this.diagrams.and(left, own)
    }, ALL_PACKETS)
  }

  /** Where the routing table sends to this interface. What it says nothing of goes nowhere. */
  routed(device: Device, to: NetworkInterface): PacketSet {
    return this.#once(to, 'routed', () => {
      const entries = routeEntries(device, to, this.family)
      return permittedBy(this.diagrams, entries, false)
    })
  }

  /** Destinations that the table of this part says nothing about. */
  unrouted(device: Device, vrf: string): PacketSet {
    return this.#once(device, `unrouted ${vrf}`, () => {
      const all = device.interfaces.filter((one) => one.vrf === vrf && one.isUp)
      const known = all.reduce(
        (sum, one) => this.diagrams.or(sum, this.routed(device, one)),
        NO_PACKET,
      )
      return this.diagrams.minus(ALL_PACKETS, known)
    })
  }

  /** What is sent to addresses that the device takes for others. */
  shown(device: Device): PacketSet {
    return this.#once(device, 'shown', () => {
      const matches = device.translations.flatMap(({ kind, match }) =>
        kind === 'destination' ? match : [],
      )
      return matches.length === 0 || this.family === 6 ? NO_PACKET : this.diagrams.of(matches)
    })
  }

  #once(of: object, key: string, work: () => PacketSet): PacketSet {
    const known = this.#known.get(of) ?? new Map<string, PacketSet>()
    this.#known.set(of, known)
    const found = known.get(key)
    if (found !== undefined) return found
    const set = work()
    known.set(key, set)
    return set
  }
}

export function policiesOf({ policy }: Device): readonly Policy[] {
  return policy === null ? [] : [policy, ...(policy.and ?? [])]
}

const between = new WeakMap<object, Map<string, Filter>>()

/** The rules of a policy for one pair of interfaces, as one list. */
export function policyBetween(
  policy: NonNullable<Device['policy']>,
  from: string,
  to: string,
): Filter {
  const known = between.get(policy) ?? new Map<string, Filter>()
  between.set(policy, known)
  const key = `${from}\n${to}`
  const found = known.get(key)
  if (found !== undefined) return found
  const rules = policy.rules.filter(
    (rule) => rule.from?.has(from) !== false && rule.to?.has(to) !== false,
  )
  const filter: Filter = { ...policy, rules }
  known.set(key, filter)
  return filter
}

type Way = { readonly length: number; readonly isOurs: boolean; readonly cube: Cube }

/** Longest prefix first; where two ways are as long, both are taken. */
function routeEntries(device: Device, to: NetworkInterface, family: Family) {
  const ways: Way[] = []
  const add = (length: number, isOurs: boolean, blocks: readonly (readonly Ranges[])[]) => {
    for (const block of blocks) ways.push({ length, isOurs, cube: destinationCube(block, family) })
  }
  for (const one of device.interfaces) {
    if (one.vrf !== to.vrf || !one.isUp) continue
    for (const prefix of one.prefixes)
      if (prefix.family === family) add(prefix.length, one === to, [prefixRanges(prefix)])
  }
  for (const route of device.routes) {
    if (route.vrf !== to.vrf) continue
    const isOurs = exitOf(device, route)?.name === to.name
    add(route.length, isOurs, family === 4 ? (route.v4.length === 0 ? [] : [[route.v4]]) : route.v6)
  }
  const sorted = ways.toSorted((a, b) => b.length - a.length || Number(b.isOurs) - Number(a.isOurs))
  return sorted.map(({ cube, isOurs }) => ({ cube, permit: isOurs }))
}

export function destinationCube(block: readonly Ranges[], family: Family): Cube {
  const space = spaceFor(family)
  return space.tops.map((_, at) => block[at - space.dst] ?? null)
}
