// Addresses and services into cubes of both families.

import type { Addresses } from './addresses.ts'
import type { Cube } from './cube.ts'
import type { Ranges } from './ranges.ts'
import type { Rule } from './rule.ts'
import type { Service } from './services.ts'

export type Traffic = {
  readonly source: Addresses
  readonly destination: Addresses
  readonly services: readonly Service[]
}

/** Cubes of one rule before it is called too large to say. */
const MOST_CUBES = 10_000

/** `undefined`: so many combinations that they are not written out. */
export function matchOf({ source, destination, services }: Traffic): Rule['match'] | undefined {
  const v4: Cube[] =
    source.v4.length === 0 || destination.v4.length === 0
      ? []
      : services.map((one) => cubeOf([open(destination.v4), open(source.v4)], one))
  if (source.v6.length * destination.v6.length * services.length > MOST_CUBES) return undefined
  const v6: Cube[] = destination.v6.flatMap((to) =>
    source.v6.flatMap((from) =>
      services.map((one) => cubeOf([...to.map(open), ...from.map(open)], one)),
    ),
  )
  return { 4: v4, 6: v6 }
}

const TOP = 0xff_ff_ff_ff

function open(set: Ranges): Ranges | null {
  return set.length === 2 && set[0] === 0 && set[1] === TOP ? null : set
}

/** In the order of the space. */
function cubeOf(addresses: Cube, { protocols, destination, source, established }: Service): Cube {
  return [protocols, destination, ...addresses, source, established === true ? [1, 1] : null]
}
