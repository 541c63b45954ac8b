// What leaves one place, worked out once for every place it may go to.

import type { Addresses } from '../packets/addresses.ts'
import { ANY_ADDRESS } from '../packets/addresses.ts'
import { matchOf } from '../packets/match.ts'
import type { Sureness } from '../packets/rule.ts'
import { ANY_SERVICE } from '../packets/services.ts'
import { spaceFor } from '../packets/space.ts'
import type { Family } from '../packets/space.ts'
import type { Device } from './device.ts'
import type { Place } from './places.ts'
import { reach } from './reach.ts'
import { FilterSets } from './sets.ts'
import type { Step } from './step.ts'

export type From = {
  readonly devices: readonly Device[]
  readonly addresses: Addresses
  readonly places: readonly Place[]
  readonly family: Family
  /** Every place that is asked about. */
  readonly ends: readonly Place[]
}

export class SharedReach {
  readonly sets: FilterSets
  readonly #from: From
  readonly #steps = new Map<Sureness, readonly Step[]>()

  constructor(from: From) {
    const { family, devices, addresses } = from
    const isOpen = devices.some(({ translations }) => translations.length > 0)
    const cubes = isOpen ? [] : packetsFrom(addresses, family)
    const [only, ...more] = cubes
    const region =
      only === undefined || more.length > 0 ? spaceFor(family).tops.map(() => null) : only
    this.#from = from
    this.sets = new FilterSets({ family, region })
  }

  /** Throws `TooLarge`. */
  steps(sureness: Sureness): readonly Step[] {
    const known = this.#steps.get(sureness)
    if (known !== undefined) return known
    const { devices, places, addresses, family, ends } = this.#from
    const { established } = spaceFor(family)
    const begins = packetsFrom(addresses, family).map((cube) =>
      cube.map((set, level) => (level === established ? [0, 0] : set)),
    )
    const start = { places, packets: this.sets.diagrams.of(begins) }
    const steps = reach({ devices, sets: this.sets, sureness, start, ends })
    this.#steps.set(sureness, steps)
    return steps
  }
}

function packetsFrom(addresses: Addresses, family: Family) {
  const match = matchOf({ source: addresses, destination: ANY_ADDRESS, services: [ANY_SERVICE] })
  return match?.[family] ?? []
}
