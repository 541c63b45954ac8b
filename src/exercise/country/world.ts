// One organisation with its people and things, made from a seed. Built anew from the same seed it is the same.

import { randomOf } from '../random.ts'
import { estateOf } from './estate.ts'
import type { Estate } from './estate.ts'
import { organisationOf } from './organisation.ts'
import type { Organisation, OrganisationKind } from './organisation.ts'
import { peopleOf } from './people.ts'
import type { Person } from './people.ts'

/** How much of the odd and harmless happens: 0 hardly any, 1 as usual, 3 a place in disorder. */
export const NOISE_LEVELS = [0, 1, 2, 3] as const
export type Noise = (typeof NOISE_LEVELS)[number]

export type World = {
  readonly seed: number
  readonly days: number
  readonly noise: Noise
  readonly organisation: Organisation
  readonly estate: Estate
  readonly people: readonly Person[]
  /** Account that the provider's technicians use here; null where nobody does. */
  readonly providerLogin: string | null
}

export type WorldOptions = Pick<World, 'seed' | 'days' | 'noise'> & {
  readonly kind: OrganisationKind
}

export function worldOf({ seed, days, noise, kind }: WorldOptions): World {
  const organisation = organisationOf(kind)
  return {
    seed,
    days,
    noise,
    organisation,
    estate: estateOf(organisation, randomOf(seed, kind, 'estate')),
    people: peopleOf(organisation, randomOf(seed, kind, 'people'), days),
    providerLogin: organisation.isClientOfMsp ? 'svc-provider' : null,
  }
}
