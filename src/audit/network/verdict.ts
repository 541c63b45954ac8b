// The four answers to "can packets from here get there": open, conditional, indeterminate, blocked. Blocked is said only where
// nothing on the way is unknown.

import { ANY_ADDRESS } from '../packets/addresses.ts'
import type { Addresses } from '../packets/addresses.ts'
import type { Cube } from '../packets/cube.ts'
import { ALL_PACKETS, NO_PACKET, TooLarge } from '../packets/diagram.ts'
import type { PacketSet } from '../packets/diagram.ts'
import { matchOf } from '../packets/match.ts'
import { pointIn } from '../packets/questions.ts'
import { SURENESS } from '../packets/rule.ts'
import type { Sureness } from '../packets/rule.ts'
import { ANY_SERVICE } from '../packets/services.ts'
import type { Service } from '../packets/services.ts'
import { boxesOf } from '../packets/set-boxes.ts'
import { spaceFor } from '../packets/space.ts'
import type { Family, Point } from '../packets/space.ts'
import type { Device, DeviceLimit } from './device.ts'
import type { Place } from './places.ts'
import { everyPlace, placesOf } from './places.ts'
import { onLink, passedOn, reach } from './reach.ts'
import type { Step } from './reach.ts'
import { FilterSets } from './sets.ts'
import type { SharedReach } from './shared-reach.ts'
import { witnessOf } from './witness.ts'
import type { Witness } from './witness.ts'

export const VERDICTS = ['open', 'conditional', 'indeterminate', 'blocked'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Why an answer is no more than it is. */
export type Reason =
  | 'same_network'
  | 'no_place_from'
  | 'no_place_to'
  | 'too_large'
  | 'leaves_given'
  | DeviceLimit

export type Answer = {
  readonly family: Family
  readonly verdict: Verdict
  readonly witness: Witness | null
  /** Some boxes of what gets there, and is not among what was set aside. */
  readonly boxes: readonly Cube[]
  readonly reasons: readonly Reason[]
  /** Of the services asked about by name, those that get through, with how sure that is. */
  readonly services: ReadonlyMap<string, Verdict>
}

export type End = {
  readonly addresses: Addresses
  /** Where they are, as people declared it; else worked out from the addresses. */
  readonly places?: readonly Place[]
}

export type Ask = {
  readonly devices: readonly Device[]
  readonly from: End
  readonly to: End
  readonly family: Family
  readonly services?: readonly Service[]
  /** Packets that may pass: what is left is asked about. */
  readonly allowed?: readonly Cube[]
  /** One flow is asked about: sent to these addresses, wherever translation brings it; it arrives where no given device takes it on. */
  readonly sentTo?: Addresses
  /** What leaves there, where more than one place is asked about. */
  readonly shared?: SharedReach
  readonly named?: readonly { readonly name: string; readonly services: readonly Service[] }[]
}

const BOXES_SHOWN = 6
const VERDICT_OF: Readonly<Record<Sureness, Verdict>> = {
  must: 'open',
  may: 'conditional',
  might: 'indeterminate',
}

export function answerTo(ask: Ask): Answer {
  const { family } = ask
  const nothing = { family, witness: null, boxes: [], services: new Map<string, Verdict>() }
  const from = ask.from.places ?? placesOf(ask.devices, ask.from.addresses)
  const to =
    ask.sentTo === undefined
      ? (ask.to.places ?? placesOf(ask.devices, ask.to.addresses))
      : everyPlace(ask.devices)
  if (from.length === 0) return { ...nothing, verdict: 'indeterminate', reasons: ['no_place_from'] }
  if (to.length === 0) return { ...nothing, verdict: 'indeterminate', reasons: ['no_place_to'] }
  const near = ask.sentTo === undefined ? to : placesOf(ask.devices, ask.sentTo)
  const isShared = from.some((one) => near.some((other) => one.interface === other.interface))
  try {
    const found = isShared && isNear(ask) ? null : throughDevices(ask, { from, to })
    if (found !== null && found.verdict !== 'blocked') return found
    if (isShared) return sameNetwork(ask)
    return found ?? { ...nothing, verdict: 'blocked', reasons: [] }
  } catch (thrown) {
    if (!(thrown instanceof TooLarge)) throw thrown
    return { ...nothing, verdict: 'indeterminate', reasons: ['too_large'] }
  }
}

/** Nothing that is given stands between them, unless it stands beside. */
function isNear({ from, to }: Ask): boolean {
  return from.places === undefined && to.places === undefined
}

/** On one network hosts reach each other, whatever routers say. */
function sameNetwork(ask: Ask): Answer {
  const sets = new FilterSets({
    family: ask.family,
    region: spaceFor(ask.family).tops.map(() => null),
  })
  const { diagrams } = sets
  const all = cubesOf(ask.from.addresses, ask.to.addresses, ask)
  const left = diagrams.minus(diagrams.of(all), diagrams.of(ask.allowed ?? []))
  const point = pointIn(diagrams, left)
  return {
    family: ask.family,
    verdict: point === null ? 'blocked' : 'open',
    witness: point === null ? null : { packet: point, arrives: point, hops: [], answers: 'pass' },
    boxes: boxesOf(diagrams, left, BOXES_SHOWN),
    reasons: point === null ? [] : ['same_network'],
    services: new Map((ask.named ?? []).map(({ name }) => [name, 'open' as const])),
  }
}

export type Ends = { readonly from: readonly Place[]; readonly to: readonly Place[] }

export type Arriving = {
  readonly steps: readonly { readonly step: Step; readonly packets: PacketSet }[]
  readonly there: PacketSet
  /** Some go to a neighbour that was not given: what becomes of them is not known. */
  readonly isLost: () => boolean
}

export type Asking = { readonly ends: Ends; readonly sets: FilterSets; readonly sureness: Sureness }

/** What of the question's packets arrives, with this sureness. Throws `TooLarge`. */
export function arrivals(ask: Ask, { ends, sets, sureness }: Asking): Arriving {
  const { devices } = ask
  const { diagrams } = sets
  const all =
    ask.shared?.steps(sureness) ??
    reach({
      devices,
      sets,
      sureness,
      start: { places: ends.from, packets: diagrams.of(beginsOf(ask)) },
    })
  const wanted = wantedOf(ask, sets)
  const isEnd = ({ exit }: Step) => ends.to.some((place) => place.interface === exit)
  const steps = all.filter(isEnd).map((step) => {
    const left = ask.sentTo === undefined ? step.left : delivered(ask, step, { sets, sureness })
    return { step, packets: diagrams.and(left, wanted) }
  })
  const there = steps.reduce((sum, { packets }) => diagrams.or(sum, packets), NO_PACKET)
  const isLost = () =>
    all.some(
      (step) =>
        (ask.sentTo !== undefined || !isEnd(step)) &&
        diagrams.and(passedOn(devices, step, sets), wanted) !== NO_PACKET,
    )
  return { steps, there, isLost }
}

/** One flow arrives on the network of the way out, or beyond all that was given where nobody given has the address. */
function delivered(
  { devices }: Ask,
  step: Step,
  { sets, sureness }: Pick<Asking, 'sets' | 'sureness'>,
): PacketSet {
  const { diagrams } = sets
  const staying = diagrams.and(step.left, onLink(step.exit, sets))
  const beyond = passedOn(devices, step, sets)
  if (sureness !== 'might' && devices.some(({ interfaces }) => interfaces.length === 0))
    return staying
  const given = everyPlace(devices).reduce(
    (sum, place) => diagrams.or(sum, onLink(place.interface, sets)),
    NO_PACKET,
  )
  return diagrams.or(staying, sureness === 'might' ? beyond : diagrams.minus(beyond, given))
}

/** Packets as they start. Where addresses are translated they may be sent to any. */
function beginsOf(ask: Ask): readonly Cube[] {
  const { family, devices, sentTo, services } = ask
  const isOpen = sentTo === undefined && devices.some(({ translations }) => translations.length > 0)
  const target = sentTo ?? (isOpen ? ANY_ADDRESS : ask.to.addresses)
  const { established } = spaceFor(family)
  return cubesOf(ask.from.addresses, target, {
    family,
    ...(isOpen || services === undefined ? {} : { services }),
  }).map((cube) => cube.map((set, at) => (at === established ? [0, 0] : set)))
}

function wantedOf(ask: Ask, { diagrams }: FilterSets): PacketSet {
  if (ask.sentTo !== undefined) return ALL_PACKETS
  return diagrams.minus(
    diagrams.of(cubesOf(ANY_ADDRESS, ask.to.addresses, ask)),
    diagrams.of(ask.allowed ?? []),
  )
}

function throughDevices(ask: Ask, ends: Ends): Answer {
  const { family } = ask
  const sets = ask.shared?.sets ?? new FilterSets({ family, region: regionOf(ask) })
  const services = new Map<string, Verdict>()
  let answer: Answer | null = null
  let isLost = false
  for (const sureness of SURENESS) {
    const found = arrivals(ask, { ends, sets, sureness })
    noteServices(services, found.there, { ask, sets, sureness })
    answer ??= answerFrom(found, { ask, sets, sureness })
    isLost ||= answer === null && sureness === 'might' && found.isLost()
  }
  return answer === null ? blocked(ask, { services, isLost }) : { ...answer, services }
}

type At = { readonly ask: Ask; readonly sets: FilterSets; readonly sureness: Sureness }

function noteServices(
  services: Map<string, Verdict>,
  there: PacketSet,
  { ask, sets, sureness }: At,
) {
  const { diagrams } = sets
  if (there === NO_PACKET) return
  for (const { name, services: own } of ask.named ?? []) {
    if (services.has(name)) continue
    if (diagrams.and(there, serviceSet(own, sets)) !== NO_PACKET)
      services.set(name, VERDICT_OF[sureness])
  }
}

const serviceSets = new WeakMap<FilterSets, Map<readonly Service[], PacketSet>>()

/** Packets of a service of the catalogue, made once for each factory. */
function serviceSet(services: readonly Service[], sets: FilterSets): PacketSet {
  const known = serviceSets.get(sets) ?? new Map<readonly Service[], PacketSet>()
  serviceSets.set(sets, known)
  const found = known.get(services)
  if (found !== undefined) return found
  const made = sets.diagrams.of(
    cubesOf(ANY_ADDRESS, ANY_ADDRESS, { family: sets.family, services }),
  )
  known.set(services, made)
  return made
}

export function answerFrom({ steps, there }: Arriving, { ask, sets, sureness }: At): Answer | null {
  const { family } = ask
  const first = steps.find(({ packets }) => packets !== NO_PACKET)
  const point = first === undefined ? null : nicePoint(sets, first.packets, ask)
  if (first === undefined || point === null) return null
  return {
    family,
    verdict: VERDICT_OF[sureness],
    witness: witnessOf(first.step, point, { sets, sureness }),
    boxes: boxesOf(sets.diagrams, there, BOXES_SHOWN),
    reasons: reasonsOf(first.step, sureness),
    services: new Map(),
  }
}

/** What is not understood could open a way, so nothing is called blocked beside it. */
const COULD_OPEN: readonly DeviceLimit[] = ['translation_not_understood', 'groups_not_expanded']

function blocked(
  { devices, family }: Ask,
  { services, isLost }: Pick<Answer, 'services'> & { readonly isLost: boolean },
): Answer {
  const limits = new Set(devices.flatMap((device) => device.limits))
  const reasons: Reason[] = COULD_OPEN.filter((limit) => limits.has(limit))
  if (devices.some(({ interfaces }) => interfaces.length === 0))
    reasons.push('not_a_filter_we_read')
  if (isLost) reasons.push('leaves_given')
  const verdict = reasons.length > 0 ? 'indeterminate' : 'blocked'
  return { family, verdict, witness: null, boxes: [], reasons, services }
}

function reasonsOf(last: Step, sureness: Sureness): readonly Reason[] {
  const found = new Set<Reason>()
  for (let step: Step | null = last; step !== null; step = step.before) {
    if (step.isAssumed) found.add('dynamic_routing')
    if (sureness === 'might') for (const limit of step.at.device.limits) found.add(limit)
  }
  return [...found]
}

/** A service that people know is a better example than port 0. */
function nicePoint(sets: FilterSets, packets: number, { named }: Ask): Point | null {
  const { diagrams } = sets
  for (const { services } of named ?? []) {
    const point = pointIn(diagrams, diagrams.and(packets, serviceSet(services, sets)))
    if (point !== null) return point
  }
  return pointIn(diagrams, packets)
}

export function cubesOf(
  source: Addresses,
  destination: Addresses,
  { family, services = [ANY_SERVICE] }: Pick<Ask, 'family' | 'services'>,
): readonly Cube[] {
  const match = matchOf({ source, destination, services })
  if (match === undefined) throw new TooLarge()
  return match[family]
}

/** What the question can be about at all. Where addresses are translated, that is everything. */
export function regionOf({ devices, family, from, to, services }: Ask): Cube {
  const space = spaceFor(family)
  const isOpen = devices.some(({ translations }) => translations.length > 0)
  const cubes = isOpen
    ? []
    : cubesOf(from.addresses, to.addresses, {
        family,
        ...(services === undefined ? {} : { services }),
      })
  const [only, ...more] = cubes
  return only === undefined || more.length > 0 ? space.tops.map(() => null) : only
}
