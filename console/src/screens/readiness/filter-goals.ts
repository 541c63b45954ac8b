// Which goals fit the filter: all 36 are here already. In their official order.

import type { GoalAssessment, GoalState } from '../../api-types.ts'
import { plainText } from '../../parts/plain-text.ts'
import type { ReadinessSearch } from '../../search-params.ts'

export const GOAL_STATES = [
  'not_met',
  'partly',
  'not_assessable',
  'met',
  'not_applicable',
] as const satisfies readonly GoalState[]

export function filterGoals(
  goals: readonly GoalAssessment[],
  { text = '', state }: ReadinessSearch,
): readonly GoalAssessment[] {
  const words = plainText(text).split(/\s+/u).filter(Boolean)
  return goals.filter((one) => {
    const { id, key, title } = one.goal
    const said = plainText([id ?? '', key, title.en, title.fr, one.owner ?? ''].join(' '))
    const fits = state === undefined || state.split(',').includes(one.state)
    return fits && words.every((word) => said.includes(word))
  })
}
