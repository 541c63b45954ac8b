// Rules made by chance, the same for the same seed: a small space, so that they overlap.

import type { Cube } from './cube.ts'
import { ranges } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import type { Certainty, Filter, Rule } from './rule.ts'
import type { Family, Point, Space } from './space.ts'

export type Chance = (below: number) => number

export function chance(seed: number): Chance {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 0x1_00_00_00_00) * below)
  }
}

/** Values around a few edges, so that points fall on both sides of them. */
function someValue(top: number, next: Chance): number {
  const step = Math.max(1, Math.floor(top / 6))
  return Math.min(top, Math.max(0, next(7) * step + next(3) - 1))
}

function someSet(top: number, next: Chance): Ranges | null {
  if (next(3) === 0) return null
  const spans = Array.from({ length: 1 + next(2) }, (): [number, number] => {
    const a = someValue(top, next)
    const b = someValue(top, next)
    return [Math.min(a, b), Math.max(a, b)]
  })
  return ranges(spans)
}

export function someCube({ tops }: Space, next: Chance): Cube {
  return tops.map((top) => someSet(top, next))
}

export function somePoint({ tops }: Space, next: Chance): Point {
  return tops.map((top) => someValue(top, next))
}

export function ruleOf(
  cubes: readonly Cube[],
  {
    family,
    action,
    certainty = 'sure',
    line = 1,
  }: {
    readonly family: Family
    readonly action: Rule['action']
    readonly certainty?: Certainty
    readonly line?: number
  },
): Rule {
  const match = family === 4 ? { 4: cubes, 6: [] } : { 4: [], 6: cubes }
  return {
    action,
    certainty,
    match,
    because: [],
    first: line,
    last: line,
    label: `${line}`,
    text: '',
  }
}

const CERTAINTIES = ['sure', 'sure', 'sure', 'conditional', 'unknown'] as const

export function someFilter(space: Space, count: number, next: Chance): Filter {
  const rules = Array.from({ length: count }, (_, at) =>
    ruleOf(
      Array.from({ length: 1 + next(2) }, () => someCube(space, next)),
      {
        family: space.family,
        action: next(2) === 0 ? 'permit' : 'deny',
        certainty: CERTAINTIES[next(5)] ?? 'sure',
        line: at + 1,
      },
    ),
  )
  const fallback = next(2) === 0 ? 'deny' : 'permit'
  return { name: 'f', rules, fallback, isStateful: false, isPartial: next(4) === 0 }
}
