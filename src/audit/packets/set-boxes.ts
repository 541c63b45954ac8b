// A set of packets back into cubes, for people.

import type { Cube } from './cube.ts'
import { ALL_PACKETS, NO_PACKET } from './diagram.ts'
import type { Diagrams, PacketSet } from './diagram.ts'
import { ranges } from './ranges.ts'
import type { Ranges } from './ranges.ts'

/** At most so many disjoint cubes of the set, in the order of their addresses. */
export function boxesOf(diagrams: Diagrams, set: PacketSet, most: number): readonly Cube[] {
  const boxes: Cube[] = []
  const cube: (Ranges | null)[] = diagrams.space.tops.map(() => null)
  const visit = (at: PacketSet) => {
    if (at === NO_PACKET || boxes.length >= most) return
    if (at === ALL_PACKETS) {
      boxes.push([...cube])
      return
    }
    const { level, bounds, children } = diagrams.node(at)
    for (const child of new Set(children)) {
      const spans = bounds.flatMap((bound, index): [number, number][] =>
        children[index] === child ? [[(bounds[index - 1] ?? -1) + 1, bound]] : [],
      )
      cube[level] = ranges(spans)
      visit(child)
    }
    cube[level] = null
  }
  visit(set)
  return boxes
}
