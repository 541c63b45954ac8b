// What of a question's packets arrives, and whether some go where nobody given takes them on.

import { ANY_ADDRESS } from '../packets/addresses.ts'
import type { Cube } from '../packets/cube.ts'
import { ALL_PACKETS, NO_PACKET } from '../packets/diagram.ts'
import type { PacketSet } from '../packets/diagram.ts'
import type { Sureness } from '../packets/rule.ts'
import { spaceFor } from '../packets/space.ts'
import { onLink, passedOn } from './onwards.ts'
import { everyPlace } from './places.ts'
import type { Place } from './places.ts'
import { cubesOf } from './question.ts'
import type { Ask } from './question.ts'
import { reach } from './reach.ts'
import type { FilterSets } from './sets.ts'
import type { Step } from './step.ts'

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
      ...(ask.sentTo === undefined ? { ends: ends.to } : {}),
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
