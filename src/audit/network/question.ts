// What is asked of a network, and the four answers: open, conditional, indeterminate, blocked.

import type { Addresses } from '../packets/addresses.ts'
import type { Cube } from '../packets/cube.ts'
import { TooLarge } from '../packets/diagram.ts'
import { matchOf } from '../packets/match.ts'
import { ANY_SERVICE } from '../packets/services.ts'
import type { Service } from '../packets/services.ts'
import { spaceFor } from '../packets/space.ts'
import type { Family } from '../packets/space.ts'
import type { Device, DeviceLimit } from './device.ts'
import type { Place } from './places.ts'
import type { SharedReach } from './shared-reach.ts'
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
