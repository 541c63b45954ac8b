// Rules that no packet reaches: all that they say was decided before. A dead deny is worse than a dead duplicate.

import { carve, touches } from './cube.ts'
import type { Cube } from './cube.ts'
import { ALL_PACKETS, Diagrams, NO_PACKET, TooLarge } from './diagram.ts'
import { permittedBy } from './first-match.ts'
import type { Filter, Rule } from './rule.ts'
import { spaceFor } from './space.ts'
import type { Family } from './space.ts'

export type DeadRule = {
  readonly rule: Rule
  /** The rules before it that together hold all it says. */
  readonly covers: readonly Rule[]
  /** Some of those do the opposite. */
  readonly isContrary: boolean
}

export type DeadRules = {
  readonly dead: readonly DeadRule[]
  /** Rules for which it took too much to say. */
  readonly undecided: readonly Rule[]
}

/** Pieces of one rule before the exact set is asked instead. */
const MOST_PIECES = 64
const STEPS_A_RULE = 2_000_000

/**
 * A rule that is not certain covers nothing; one that is not understood is not judged. `mayCover`: whether an earlier rule is about
 * all the interfaces a rule is about.
 */
export function deadRules<Own extends Rule>(
  filter: Omit<Filter, 'rules'> & { readonly rules: readonly Own[] },
  mayCover: (earlier: Own, rule: Own) => boolean = () => true,
): DeadRules {
  const dead: DeadRule[] = []
  const undecided: Rule[] = []
  for (let at = 0; at < filter.rules.length; at += 1) {
    const rule = filter.rules[at]
    if (rule === undefined || rule.certainty === 'unknown') continue
    const before = filter.rules.slice(0, at).filter((earlier) => mayCover(earlier, rule))
    const found = coverOf(rule, before)
    if (found === 'too_large') undecided.push(rule)
    else if (found !== null)
      dead.push({
        rule,
        covers: found,
        isContrary: found.some(({ action }) => action !== rule.action),
      })
  }
  return { dead, undecided }
}

function coverOf(rule: Rule, before: readonly Rule[]): readonly Rule[] | null | 'too_large' {
  const covers = new Set<Rule>()
  for (const family of [4, 6] as const) {
    for (const cube of rule.match[family]) {
      const found = coverOfCube(cube, { before, family })
      if (found === null || found === 'too_large') return found
      for (const cover of found) covers.add(cover)
    }
  }
  return covers.size === 0 ? null : [...covers]
}

type Before = { readonly before: readonly Rule[]; readonly family: Family }

function coverOfCube(cube: Cube, { before, family }: Before): readonly Rule[] | null | 'too_large' {
  const space = spaceFor(family)
  // One rule that holds it all says it better than several that do together.
  const single = before.find(
    ({ certainty, match }) =>
      certainty === 'sure' &&
      match[family].some((other) => touches(cube, other) && carve(cube, other, space).length === 0),
  )
  if (single !== undefined) return [single]
  const covers: Rule[] = []
  let rest: readonly Cube[] = [cube]
  for (const rule of before) {
    if (rule.certainty !== 'sure') continue
    let isCover = false
    for (const other of rule.match[family]) {
      if (!touches(cube, other)) continue
      const next = rest.flatMap((piece) => {
        const left = touches(piece, other) ? carve(piece, other, space) : [piece]
        if (left[0] !== piece) isCover = true
        return left
      })
      if (next.length > MOST_PIECES) return exactCover(cube, { before, family })
      rest = next
    }
    if (isCover) covers.push(rule)
    if (rest.length === 0) return covers
  }
  return null
}

function exactCover(cube: Cube, { before, family }: Before): readonly Rule[] | null | 'too_large' {
  const diagrams = new Diagrams(spaceFor(family), { nodes: 200_000, steps: STEPS_A_RULE })
  const near = before.filter(
    (rule) => rule.certainty === 'sure' && rule.match[family].some((other) => touches(cube, other)),
  )
  try {
    const wanted = diagrams.ofCube(cube)
    const entries = near.flatMap((rule) =>
      rule.match[family]
        .filter((other) => touches(cube, other))
        .map((other) => ({ cube: other, permit: true })),
    )
    const taken = permittedBy(diagrams, entries, false)
    const isCovered = taken === ALL_PACKETS || diagrams.minus(wanted, taken) === NO_PACKET
    return isCovered ? near : null
  } catch (thrown) {
    if (thrown instanceof TooLarge) return 'too_large'
    throw thrown
  }
}
