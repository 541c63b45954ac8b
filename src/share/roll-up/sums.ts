// Sums over members that give nobody away, and sums of sums. Pure.
//
// Each part (a hub's own members; what another hub passes on) is brought to what may be shown of it alone before parts are added. Whoever
// knows all parts but one can therefore work out of the whole no more than that part shows by itself.

import { GOAL_STATES } from '../../model/index.ts'
import type { GoalState, PassedSums, RollUp, StateCounts } from '../../model/index.ts'

export type GoalCounts = { readonly key: string; readonly counts: StateCounts }
export type Sums = { readonly members: number | null; readonly goals: readonly GoalCounts[] }
const NONE: Sums = { members: null, goals: [] }

/** Of states told one by one. Fewer members than the floor: nothing. */
export function ownSums(told: readonly RollUp['goals'][], floor: number): Sums {
  if (told.length < floor) return NONE
  const states = new Map<string, GoalState[]>()
  for (const { key, state } of told.flat()) states.set(key, [...(states.get(key) ?? []), state])
  const goals = [...states].map(([key, some]) => ({ key, counts: shownCounts(some, floor) }))
  return { members: told.length, goals }
}

/** Parts of fewer members than the floor here are left out, whatever floor they were made by. */
export function joinedSums(parts: readonly (Sums | PassedSums)[], floor: number): Sums {
  const enough = parts.filter(({ members }) => members !== null && members >= floor)
  if (enough.length === 0) return NONE
  const keys = new Set(enough.flatMap(({ goals }) => goals.map(({ key }) => key)))
  const goals = [...keys].map((key) => {
    const counts = enough.flatMap((part) => {
      const own = part.goals.find((goal) => goal.key === key)?.counts
      return own === undefined ? [] : [hidden(own, floor)]
    })
    return { key, counts: hidden(added(counts), floor) }
  })
  return { members: enough.reduce((sum, { members }) => sum + (members ?? 0), 0), goals }
}

/** What one part hides is hidden in the sum. */
function added(parts: readonly StateCounts[]): StateCounts {
  const sum = (state: GoalState) =>
    parts.reduce<number | null>((all, part) => {
      const own = part[state]
      return all === null || own === null ? null : all + own
    }, 0)
  return countsOf(sum)
}

/** How many are in each state, by `hidden`. */
export function shownCounts(states: readonly GoalState[], floor: number): StateCounts {
  return hidden(
    countsOf((state) => states.filter((one) => one === state).length),
    floor,
  )
}

/**
 * Fewer than the floor are not shown; where that is one figure alone, the sum of all would give it away, so the smallest of the others
 * goes with it. Done again it changes nothing.
 */
export function hidden(counts: StateCounts, floor: number): StateCounts {
  const isSmall = (count: number | null) => count !== null && count > 0 && count < floor
  const away = new Set(
    GOAL_STATES.filter((state) => counts[state] === null || isSmall(counts[state])),
  )
  const [next] = GOAL_STATES.filter(
    (state) => !away.has(state) && (counts[state] ?? 0) > 0,
  ).toSorted((one, other) => (counts[one] ?? 0) - (counts[other] ?? 0))
  if (away.size === 1 && next !== undefined) away.add(next)
  return countsOf((state) => (away.has(state) ? null : counts[state]))
}

function countsOf(count: (state: GoalState) => number | null): StateCounts {
  return {
    met: count('met'),
    partly: count('partly'),
    not_met: count('not_met'),
    not_assessable: count('not_assessable'),
    not_applicable: count('not_applicable'),
  }
}
