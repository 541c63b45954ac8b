// What members told a hub of their readiness: the newest of each, shown as sums over enough of them.

import { z } from 'zod'
import { GOAL_STATES, RollUpSchema } from '../../model/index.ts'
import type { GoalState, StateCounts } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import type { Hub } from '../hub/hub-context.ts'
import { liveMembers } from '../peer/live-members.ts'
import type { PeerRow } from '../peer/peers.ts'

export const ROLL_UP_PATH = '/vigie/readiness'

type At = { readonly records: Records; readonly row: PeerRow; readonly nowMs: number }

/** Undefined for a path that is not of roll-ups. It is about the member whose key is on the line. */
export async function answerRollUpAtHub(
  { records, row, nowMs }: At,
  path: string,
  body: unknown,
): Promise<{ readonly status: number; readonly body: unknown } | undefined> {
  if (path !== ROLL_UP_PATH) return undefined
  const said = RollUpSchema.safeParse(body)
  if (!said.success)
    return { status: 422, body: { reason: z.prettifyError(said.error).slice(0, 500) } }
  const { goals } = said.data
  if (goals.length === 0)
    await records.deleteFrom('roll_ups').where('peer', '=', row.name).execute()
  else {
    const values = { goals: JSON.stringify(goals), told: new Date(nowMs) }
    await records
      .insertInto('roll_ups')
      .values({ peer: row.name, ...values })
      .onConflict((conflict) => conflict.column('peer').doUpdateSet(values))
      .execute()
  }
  return { status: 200, body: {} }
}

export type GoalCounts = { readonly key: string; readonly counts: StateCounts }

/** Of members under an agreement that holds. Below the floor there is nothing to show. */
export async function sumsOf(
  { records, cohortFloor }: Hub,
  nowMs: number,
): Promise<{ readonly members: number | null; readonly goals: readonly GoalCounts[] }> {
  const told = await liveRollUps(records, nowMs)
  if (told.length < cohortFloor) return { members: null, goals: [] }
  const states = new Map<string, GoalState[]>()
  for (const { key, state } of told.flat()) states.set(key, [...(states.get(key) ?? []), state])
  const goals = [...states].map(([key, some]) => ({ key, counts: shownCounts(some, cohortFloor) }))
  return { members: told.length, goals }
}

const GoalsSchema = RollUpSchema.shape.goals

async function liveRollUps(records: Records, nowMs: number) {
  const rows = await records.selectFrom('roll_ups').selectAll().execute()
  return (await liveMembers(records, nowMs)).flatMap(({ name }) => {
    const row = rows.find(({ peer }) => peer === name)
    return row === undefined ? [] : [GoalsSchema.parse(row.goals)]
  })
}

/**
 * How many are in each state. Fewer than the floor are not shown; where that is one figure alone, the sum of all would give it
 * away, so the smallest of the others goes with it. Pure.
 */
export function shownCounts(states: readonly GoalState[], floor: number): StateCounts {
  const counts = GOAL_STATES.map((state) => ({
    state,
    count: states.filter((one) => one === state).length,
  }))
  const isSmall = ({ count }: { readonly count: number }) => count > 0 && count < floor
  const hidden = new Set(counts.filter(isSmall).map(({ state }) => state))
  const [next] = counts
    .filter((one) => one.count > 0 && !isSmall(one))
    .toSorted((one, other) => one.count - other.count)
  if (hidden.size === 1 && next !== undefined) hidden.add(next.state)
  const shown = (state: GoalState) =>
    hidden.has(state) ? null : (counts.find((one) => one.state === state)?.count ?? 0)
  return {
    met: shown('met'),
    partly: shown('partly'),
    not_met: shown('not_met'),
    not_assessable: shown('not_assessable'),
    not_applicable: shown('not_applicable'),
  }
}
