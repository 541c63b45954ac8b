// Every pair of zones: what gets across, what of it no conduit allows, and the packet that proves it.

import type { Device } from '../network/device.ts'
import type { Place } from '../network/places.ts'
import { VERDICTS, cubesOf } from '../network/question.ts'
import type { Answer, Ask } from '../network/question.ts'
import { SharedReach } from '../network/shared-reach.ts'
import { answerTo } from '../network/verdict.ts'
import { TooLarge } from '../packets/diagram.ts'
import { SURENESS } from '../packets/rule.ts'
import type { Family } from '../packets/space.ts'
import type { OtService } from './ot-services.ts'
import { placeZones } from './place-zones.ts'
import type { PlacedZone } from './place-zones.ts'
import type { Conduit, Plan } from './zones-file.ts'

export type PairVerdict = {
  readonly from: PlacedZone
  readonly to: PlacedZone
  readonly conduits: readonly Conduit[]
  readonly devices: readonly Device[]
  readonly named: NonNullable<Ask['named']>
  /** All that gets across. */
  readonly all: Answer
  /** What gets across and no conduit allows. */
  readonly beyond: Answer
}

export type JudgeWith = {
  readonly devices: readonly Device[]
  readonly services: readonly OtService[]
}

export function judgeZones(plan: Plan, { devices, services }: JudgeWith): readonly PairVerdict[] {
  const zones = placeZones(plan, devices)
  const named = services.map(({ id, services: own }) => ({ name: id, services: own }))
  const ends = zones.flatMap((zone) => zone.end.places ?? [])
  return zones.flatMap((from) => {
    const shared = sharedFrom(from, { devices, ends })
    return zones.flatMap((to): readonly PairVerdict[] => {
      if (from === to || (from.kind === 'internet' && to.kind === 'internet')) return []
      const conduits = plan.conduits.filter((one) => one.from === from.id && one.to === to.id)
      const ask = (family: Family, isBeyond: boolean) =>
        answerTo({
          devices,
          from: from.end,
          to: to.end,
          family,
          named,
          ...sharedAs(shared.get(family)),
          allowed: isBeyond ? allowedBy({ conduits, from, to }, family) : [],
        })
      const all = worst(families(from, to).map((family) => ask(family, false)))
      const beyond =
        conduits.length === 0 ? all : worst(families(from, to).map((family) => ask(family, true)))
      return [{ from, to, conduits, devices, named, all, beyond }]
    })
  })
}

function sharedAs(shared: SharedReach | undefined): Pick<Ask, 'shared'> {
  return shared === undefined ? {} : { shared }
}

/** What leaves a zone, worked out once; where that is too much, each pair is asked for itself. */
function sharedFrom(
  from: PlacedZone,
  { devices, ends }: { readonly devices: readonly Device[]; readonly ends: readonly Place[] },
): Map<Family, SharedReach> {
  const { addresses, places = [] } = from.end
  const found = new Map<Family, SharedReach>()
  for (const family of [4, 6] as const) {
    const shared = new SharedReach({ devices, addresses, places, family, ends })
    try {
      for (const sureness of SURENESS) shared.steps(sureness)
      found.set(family, shared)
    } catch (thrown) {
      if (!(thrown instanceof TooLarge)) throw thrown
    }
  }
  return found
}

export function allowedBy(
  { conduits, from, to }: Pick<PairVerdict, 'conduits' | 'from' | 'to'>,
  family: Family,
) {
  return conduits.flatMap(({ services }) =>
    cubesOf(from.end.addresses, to.end.addresses, { family, services }),
  )
}

/** IPv6 is asked about where both zones have it. */
export function families(from: PlacedZone, to: PlacedZone): readonly Family[] {
  const has = (zone: PlacedZone, family: Family) =>
    family === 4 ? zone.end.addresses.v4.length > 0 : zone.end.addresses.v6.length > 0
  const both = ([4, 6] as const).filter((family) => has(from, family) && has(to, family))
  return both.length === 0 ? [4] : both
}

/** The answer that lets most through. */
export function worst(answers: readonly Answer[]): Answer {
  const rank = ({ verdict }: Answer) => VERDICTS.indexOf(verdict)
  const [first, ...others] = answers
  if (first === undefined) throw new Error('no answer')
  return others.reduce((found, one) => (rank(one) < rank(found) ? one : found), first)
}
