// What the readiness screens ask of the station.

import { queryOptions } from '@tanstack/react-query'
import type {
  AttestAsk,
  GoalAsk,
  PlanKind,
  Plans,
  Readiness,
  RollUpState,
  RollUpSwitch,
} from '../../api-types.ts'
import { call, part } from '../../api.ts'

/** First part of every key here. */
export const READINESS = 'readiness'

export const readinessQuery = queryOptions({
  queryKey: [READINESS, 'goals'],
  queryFn: () => call<Readiness>('/api/readiness'),
})
export const plansQuery = queryOptions({
  queryKey: [READINESS, 'plans'],
  queryFn: () => call<Plans>('/api/readiness/plans'),
})
export const rollUpQuery = queryOptions({
  queryKey: [READINESS, 'members'],
  queryFn: () => call<RollUpState>('/api/share/readiness'),
})

export const switchRollUp = (body: RollUpSwitch): Promise<unknown> =>
  call('/api/share/readiness', { body })
export const attest = (goal: string, body: AttestAsk): Promise<unknown> =>
  call(`/api/readiness/goals/${part(goal)}/attestations`, { body })
export const noteGoal = (goal: string, body: GoalAsk): Promise<unknown> =>
  call(`/api/readiness/goals/${part(goal)}`, { body })
export const savePlan = (kind: PlanKind, body: unknown): Promise<unknown> =>
  call(`/api/readiness/plans/${kind}`, { body })
