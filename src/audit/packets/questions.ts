// Questions to one filter: what becomes of a packet, is there one that gets through, which packets do.

import { carve, has, meet, sample } from './cube.ts'
import type { Cube } from './cube.ts'
import { Diagrams, TooLarge } from './diagram.ts'
import type { PacketSet } from './diagram.ts'
import { permittedBy } from './first-match.ts'
import type { Entry } from './first-match.ts'
import { effectOf, entriesOf, fallbackOf } from './rule.ts'
import type { Filter, Rule, Sureness } from './rule.ts'
import { boxesOf } from './set-boxes.ts'
import { spaceFor } from './space.ts'
import type { Family, Point } from './space.ts'

export type Judged = {
  readonly passes: boolean
  /** The rule that decides; `null`: what happens where no rule does. */
  readonly rule: Rule | null
}

/** Rule by rule, as the device does it. */
export function judge(filter: Filter, family: Family, point: Point, sureness: Sureness): Judged {
  for (const rule of filter.rules) {
    const effect = effectOf(rule, sureness)
    if (effect === null || !rule.match[family].some((cube) => has(cube, point))) continue
    return { passes: effect === 'permit', rule }
  }
  return { passes: fallbackOf(filter, sureness), rule: null }
}

/** What of a filter is about these packets, in its order, cut to them. */
export function clip(entries: readonly Entry[], wanted: readonly Cube[]): readonly Entry[] {
  if (wanted.every((cube) => cube.every((set) => set === null))) return entries
  const kept: Entry[] = []
  for (const { cube, permit } of entries) {
    for (const part of wanted) {
      const both = meet(cube, part)
      if (both !== undefined) kept.push({ cube: both, permit })
    }
  }
  return kept
}

export type Asked = {
  readonly filter: Filter
  readonly family: Family
  readonly sureness: Sureness
  /** The packets that are asked about. */
  readonly wanted: readonly Cube[]
}

/** The packets that get through, exactly. Throws `TooLarge`. */
export function passing(
  diagrams: Diagrams,
  { filter, family, sureness, wanted }: Asked,
): PacketSet {
  const entries = clip(entriesOf(filter, family, sureness), wanted)
  const all = permittedBy(diagrams, entries, fallbackOf(filter, sureness))
  return diagrams.and(all, diagrams.of(wanted))
}

/** Pieces that are kept at once before the exact set is made instead. */
const MOST_PIECES = 256

export type Decision = 'permit' | 'deny'

/** One packet of those asked about that is let through, or one that is not; `null`: there is none. Throws `TooLarge`. */
export function witness(asked: Asked, decision: Decision = 'permit'): Point | null {
  const space = spaceFor(asked.family)
  const wants = decision === 'permit'
  const entries = clip(entriesOf(asked.filter, asked.family, asked.sureness), asked.wanted)
  let rest: readonly Cube[] = asked.wanted
  for (const { cube, permit } of entries) {
    const next: Cube[] = []
    for (const piece of rest) {
      const both = meet(piece, cube)
      if (both === undefined) next.push(piece)
      else if (permit === wants) return sample(both, space)
      else next.push(...carve(piece, cube, space))
    }
    if (next.length > MOST_PIECES) return exactWitness(asked, wants)
    rest = next
    if (rest.length === 0) return null
  }
  const [left] = rest
  const passes = fallbackOf(asked.filter, asked.sureness)
  return left === undefined || passes !== wants ? null : sample(left, space)
}

function exactWitness(asked: Asked, wants: boolean): Point | null {
  const diagrams = new Diagrams(spaceFor(asked.family))
  const through = passing(diagrams, asked)
  const set = wants ? through : diagrams.minus(diagrams.of(asked.wanted), through)
  return pointIn(diagrams, set)
}

/** Some packet of a set; `null` where it holds none. */
export function pointIn(diagrams: Diagrams, set: PacketSet): Point | null {
  const [box] = boxesOf(diagrams, set, 1)
  return box === undefined ? null : sample(box, diagrams.space)
}

export type Difference = {
  readonly widened: readonly Cube[]
  readonly narrowed: readonly Cube[]
}

/** Boxes that are shown of a difference. */
const BOXES_SHOWN = 8

/** Packets one version lets through and the other does not, as some boxes each; both empty: they mean the same. */
export function differenceOf(before: Asked, now: Filter): Difference | 'too_large' {
  const diagrams = new Diagrams(spaceFor(before.family))
  try {
    const old = passing(diagrams, before)
    const own = passing(diagrams, { ...before, filter: now })
    return {
      widened: boxesOf(diagrams, diagrams.minus(own, old), BOXES_SHOWN),
      narrowed: boxesOf(diagrams, diagrams.minus(old, own), BOXES_SHOWN),
    }
  } catch (thrown) {
    if (thrown instanceof TooLarge) return 'too_large'
    throw thrown
  }
}
