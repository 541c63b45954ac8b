// A cube: for every dimension a set of values, and all their combinations. `null` is every value.

import { holds, intersect, without } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import type { Point, Space } from './space.ts'

export type Cube = readonly (Ranges | null)[]

export function everything({ tops }: Space): Cube {
  return tops.map(() => null)
}

/** What both hold; `undefined` where that is nothing. */
export function meet(a: Cube, b: Cube): Cube | undefined {
  const out: (Ranges | null)[] = []
  for (let at = 0; at < a.length; at += 1) {
    const left = a[at] ?? null
    const right = b[at] ?? null
    if (left === null || right === null) out.push(left ?? right)
    else {
      const both = left === right ? left : intersect(left, right)
      if (both.length === 0) return undefined
      out.push(both)
    }
  }
  return out
}

export function touches(a: Cube, b: Cube): boolean {
  for (let at = 0; at < a.length; at += 1) {
    const left = a[at] ?? null
    const right = b[at] ?? null
    if (left === null || right === null || left === right) continue
    if (left.length === 2 && right.length === 2) {
      if ((left[0] ?? 0) > (right[1] ?? 0) || (right[0] ?? 0) > (left[1] ?? 0)) return false
    } else if (intersect(left, right).length === 0) return false
  }
  return true
}

/** The first without the second: at most one piece a dimension. */
export function carve(a: Cube, b: Cube, { tops }: Space): readonly Cube[] {
  const both = meet(a, b)
  if (both === undefined) return [a]
  const pieces: Cube[] = []
  const head = [...a]
  for (let at = 0; at < a.length; at += 1) {
    const taken = b[at] ?? null
    if (taken === null) continue
    const rest = without(a[at] ?? [0, tops[at] ?? 0], taken)
    if (rest.length > 0) pieces.push(head.map((own, index) => (index === at ? rest : own)))
    head[at] = both[at] ?? null
  }
  return pieces
}

export function has(cube: Cube, point: Point): boolean {
  return cube.every((set, at) => set === null || holds(set, point[at] ?? 0))
}

/** Some packet of the cube, one that a person would write down where it can be chosen. */
export function sample(cube: Cube, space: Space): Point {
  const likely = new Map([
    [space.protocol, [6, 17, 1]],
    [space.sport, [49_152]],
    [space.established, [0]],
  ])
  return cube.map((set, at) => {
    const wanted = likely.get(at) ?? []
    const found = wanted.find((value) => set === null || holds(set, value))
    return (
      found ?? (set === null ? 0 : firstIn(set, at >= space.dst && at < space.src + space.width))
    )
  })
}

/** The first host of a network rather than the network. */
function firstIn([low = 0, high = 0]: Ranges, isAddress: boolean): number {
  return isAddress && low % 256 === 0 && high > low ? low + 1 : low
}
