// Readiness towards hubs: what is told of it, and what members told this one.

import { CONTENT } from './app-content.ts'
import type { Core } from './app-core.ts'
import type { Clock, Settings } from './core/index.ts'
import type { Readiness, RollUp } from './model/index.ts'
import { readGoals } from './readiness/index.ts'
import type { Station } from './server/index.ts'
import { sumsOf, switchRollUp, toldHubs } from './share/index.ts'
import type { Member, RunningHub } from './share/index.ts'

export type RollUpParts = {
  readonly core: Core
  readonly clock: Clock
  readonly settings: Settings
  readonly hub: RunningHub | undefined
  readonly member: Member
}

type RollUpService = Pick<Station['share'], 'rollUps' | 'switchRollUp'>

export function rollUpService({ core, clock, settings, hub, member }: RollUpParts): RollUpService {
  const { records } = core.store
  const { cohortFloor: floor } = settings
  const members = async () => {
    if (hub === undefined) return null
    const sums = await sumsOf({ records, cohortFloor: floor }, clock.nowMs())
    const goals = readGoals(CONTENT.goals).flatMap(({ key, title: { en, fr } }) => {
      const sum = sums.goals.find((one) => one.key === key)
      return sum === undefined ? [] : [{ ...sum, title: { en, fr } }]
    })
    return { floor, members: sums.members, goals }
  }
  return {
    rollUps: async () => ({
      asOf: new Date(clock.nowMs()).toISOString(),
      hubs: await toldHubs(records),
      members: await members(),
    }),
    switchRollUp: async ({ by, ...ask }, who) => {
      await switchRollUp(records, ask, { who: by ?? who, nowMs: clock.nowMs() })
      member.nudge()
    },
  }
}

/** A hub tells its own hub the sums it shows, with what it hides left out; never that hub's own. */
export async function withSums(
  own: RollUp,
  hub: { readonly records: Core['store']['records']; readonly cohortFloor: number },
  { to, clock }: { readonly to: { readonly identity: string | null }; readonly clock: Clock },
): Promise<RollUp> {
  const { members, goals } = await sumsOf(hub, clock.nowMs(), to)
  if (members === null || own.goals.length === 0) return own
  return { ...own, sums: { members, goals: goals.slice(0, 100).map((goal) => ({ ...goal })) } }
}

/** States alone: what proves them stays here. */
export function rollUpOf({ goals }: Readiness): RollUp {
  return { goals: goals.map(({ goal: { key }, state }) => ({ key, state })) }
}
