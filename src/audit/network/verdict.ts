// One question answered: what must arrive, else what may where conditions hold, else what might. Blocked is said only where nothing
// on the way is unknown.

import { ANY_ADDRESS } from '../packets/addresses.ts'
import type { Addresses } from '../packets/addresses.ts'
import { NO_PACKET, TooLarge } from '../packets/diagram.ts'
import type { PacketSet } from '../packets/diagram.ts'
import { pointIn } from '../packets/questions.ts'
import { ranges, spansOf, without } from '../packets/ranges.ts'
import { SURENESS } from '../packets/rule.ts'
import type { Sureness } from '../packets/rule.ts'
import type { Service } from '../packets/services.ts'
import { boxesOf } from '../packets/set-boxes.ts'
import { IPV4, spaceFor } from '../packets/space.ts'
import type { Point } from '../packets/space.ts'
import { arrivals } from './arrivals.ts'
import type { Arriving, Ends } from './arrivals.ts'
import type { DeviceLimit } from './device.ts'
import { everyPlace, overlaps, placesOf } from './places.ts'
import type { Place } from './places.ts'
import { cubesOf, regionOf } from './question.ts'
import type { Answer, Ask, Reason, Verdict } from './question.ts'
import { FilterSets } from './sets.ts'
import type { Step } from './step.ts'
import { witnessOf } from './witness.ts'

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
  const target = ask.sentTo ?? ask.to.addresses
  const near = ask.sentTo === undefined ? to : placesOf(ask.devices, ask.sentTo)
  const shared = from.filter((one) => near.some((other) => one.interface === other.interface))
  try {
    if (
      shared.some((place) => isOnLink(place, ask, target) && !isAnsweredFor(place, target)) ||
      isOneHost(from, ask)
    )
      return sameNetwork(ask, target)
    const found = throughDevices(ask, { from, to })
    // Both lie behind one interface: what is there was not given.
    if (found.verdict === 'blocked' && shared.some(isOpenGround) && !isShownByUs(ask, target))
      return { ...found, verdict: 'indeterminate', reasons: ['leaves_given'] }
    return found
  } catch (thrown) {
    if (!(thrown instanceof TooLarge)) throw thrown
    return { ...nothing, verdict: 'indeterminate', reasons: ['too_large'] }
  }
}

function isOnLink({ interface: own }: Place, { from }: Ask, to: Addresses): boolean {
  if (own.hosts !== undefined) return false
  return own.prefixes.some((prefix) => overlaps(from.addresses, prefix) && overlaps(to, prefix))
}

/** The device answers there for addresses it translates, and what is sent to them is sent to it. */
function isAnsweredFor({ device, interface: own }: Place, to: Addresses): boolean {
  const shown = device.translations
    .filter(({ kind, from }) => kind === 'destination' && from?.has(own.name) !== false)
    .flatMap(({ match }) => match.flatMap((cube) => spansOf(cube[IPV4.dst] ?? [])))
  return to.v6.length === 0 && to.v4.length > 0 && without(to.v4, ranges(shown)).length === 0
}

/** A host reaches itself, whatever stands before it; of two zones that share one this says nothing. */
function isOneHost(places: readonly Place[], { from, sentTo }: Ask): boolean {
  if (sentTo === undefined) return false
  return places.some(({ interface: own }) =>
    own.hosts?.some(
      (host) =>
        host.some((prefix) => overlaps(from.addresses, prefix)) &&
        host.some((prefix) => overlaps(sentTo, prefix)),
    ),
  )
}

/** Others stand there as well, and reach each other past what was given. */
function isOpenGround({ interface: own }: Place): boolean {
  return own.hosts === undefined
}

/** Addresses that a given gateway shows to the Internet for what is behind it: nobody else has them. */
function isShownByUs({ devices }: Ask, to: Addresses): boolean {
  const shown = devices
    .filter(({ interfaces }) => interfaces.some((one) => one.isInternet === true))
    .flatMap(({ translations }) => translations)
    .filter(({ kind }) => kind === 'destination')
    .flatMap(({ match }) => match.flatMap((cube) => spansOf(cube[IPV4.dst] ?? [])))
  return to.v6.length === 0 && to.v4.length > 0 && without(to.v4, ranges(shown)).length === 0
}

/** On one network hosts reach each other, whatever routers say. */
function sameNetwork(ask: Ask, target: Addresses): Answer {
  const region = spaceFor(ask.family).tops.map(() => null)
  const sets = new FilterSets({ family: ask.family, region })
  const { diagrams } = sets
  const all = cubesOf(ask.from.addresses, target, ask)
  const left = diagrams.minus(diagrams.of(all), diagrams.of(ask.allowed ?? []))
  const point = nicePoint(sets, left, ask)
  const services = new Map<string, Verdict>()
  noteServices(services, left, { ask, sets, sureness: 'must' })
  return {
    family: ask.family,
    verdict: point === null ? 'blocked' : 'open',
    witness: point === null ? null : { packet: point, arrives: point, hops: [], answers: 'pass' },
    boxes: boxesOf(diagrams, left, BOXES_SHOWN),
    reasons: point === null ? [] : ['same_network'],
    services,
  }
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
const COULD_OPEN: readonly DeviceLimit[] = [
  'translation_not_understood',
  'groups_not_expanded',
  'not_whole',
]

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
