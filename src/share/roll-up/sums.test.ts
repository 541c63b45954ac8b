// Sums of sums: what is hidden in a part stays hidden, and no part can be worked out of the whole beyond what it shows by itself.

import { expect, test } from 'vitest'
import { GOAL_STATES } from '../../model/index.ts'
import type { RollUp } from '../../model/index.ts'
import { hidden, joinedSums, ownSums } from './sums.ts'
import type { Sums } from './sums.ts'

const FLOOR = 5

/** The same each time: a linear congruence (Numerical Recipes, section 7.1). */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return Math.floor((state / 4_294_967_296) * below)
  }
}

function membersBy(next: (below: number) => number, most: number): RollUp['goals'][] {
  return Array.from({ length: next(most) }, () =>
    ['backups', 'logs'].flatMap((key) => {
      const state = GOAL_STATES[next(GOAL_STATES.length)]
      return next(5) === 0 || state === undefined ? [] : [{ key, state }]
    }),
  )
}

const passed = ({ members, goals }: Sums) =>
  members === null ? [] : [{ members, goals: [...goals] }]
const countsOf = (sums: Sums, key: string) => sums.goals.find((goal) => goal.key === key)?.counts

test('whatever is told, figures of the whole are none, zero or enough, and no one of them stands hidden alone', () => {
  for (let seed = 1; seed < 1500; seed += 1) {
    const next = chance(seed)
    const parts = Array.from({ length: 1 + next(4) }, () => ownSums(membersBy(next, 25), FLOOR))
    const whole = joinedSums(parts, FLOOR)
    for (const { counts } of whole.goals) {
      const away = GOAL_STATES.filter((state) => counts[state] === null)
      const shown = GOAL_STATES.flatMap((state) => counts[state] ?? [])
      expect(shown.every((count) => count === 0 || count >= FLOOR)).toBe(true)
      if (away.length === 1) expect(shown.every((count) => count === 0)).toBe(true)
      expect(hidden(counts, FLOOR)).toEqual(counts)
    }
  }
})

test('whoever knows all parts but one works out of the whole no figure that this part hides', () => {
  for (let seed = 1; seed < 1500; seed += 1) {
    const next = chance(seed)
    const own = ownSums(membersBy(next, 25), FLOOR)
    const others = Array.from({ length: next(4) }, () => ownSums(membersBy(next, 25), FLOOR))
    const whole = joinedSums([own, ...others], FLOOR)
    for (const { key, counts } of whole.goals)
      for (const state of GOAL_STATES) {
        if (counts[state] === null || own.members === null) continue
        // The figure can be subtracted: then this part shows it too.
        expect(countsOf(own, key)?.[state] ?? 0).not.toBeNull()
        expect(countsOf(own, key)?.[state]).not.toBe(null)
      }
  }
})

test('who is too few to be shown changes nothing of the whole', () => {
  for (let seed = 1; seed < 500; seed += 1) {
    const next = chance(seed)
    const parts = Array.from({ length: 3 }, () => ownSums(membersBy(next, 20), FLOOR))
    const few = ownSums(membersBy(next, FLOOR), FLOOR)
    expect(joinedSums([...parts, few], FLOOR)).toEqual(joinedSums(parts, FLOOR))
  }
})

test('passed through one more hub, floors and hiding stay', () => {
  for (let seed = 1; seed < 500; seed += 1) {
    const next = chance(seed)
    const [a, b, c] = Array.from({ length: 3 }, () => ownSums(membersBy(next, 25), FLOOR)) as [
      Sums,
      Sums,
      Sums,
    ]
    const middle = joinedSums([a, b], FLOOR)
    const top = joinedSums([...passed(middle), ...passed(c)], FLOOR)
    for (const { key, counts } of top.goals)
      for (const state of GOAL_STATES)
        if (countsOf(middle, key)?.[state] === null) expect(counts[state]).toBeNull()
    // A hub with a higher floor shows no part that is below it.
    const strict = joinedSums(passed(middle), 40)
    if ((middle.members ?? 0) < 40) expect(strict.members).toBeNull()
  }
})

test('a state that nobody is in is zero, not hidden', () => {
  const told = Array.from({ length: 6 }, (): RollUp['goals'] => [{ key: 'logs', state: 'met' }])
  expect(joinedSums([ownSums(told, FLOOR)], FLOOR)).toEqual({
    members: 6,
    goals: [
      {
        key: 'logs',
        counts: { met: 6, partly: 0, not_met: 0, not_assessable: 0, not_applicable: 0 },
      },
    ],
  })
})
