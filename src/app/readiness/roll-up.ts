// Readiness towards hubs: what is told of it, and what members told this one.

import type { Clock, Settings } from '../../core/index.ts'
import type { Readiness, RollUp } from '../../model/index.ts'
import { readGoals } from '../../readiness/index.ts'
import type { Station } from '../../server/index.ts'
import { sumsOf, switchRollUp, toldHubs } from '../../share/index.ts'
import type { Member, RunningHub } from '../../share/index.ts'
import { CONTENT } from '../content.ts'
import type { Core } from '../core.ts'

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

type Telling = Pick<RollUpParts, 'core' | 'clock' | 'settings'> & {
  readonly isHub: boolean
  readonly to: { readonly identity: string | null }
}

/** A hub tells its own hub also the sums it shows, with what it hides left out; never that hub's own. */
export async function toldOf(
  readiness: Readiness,
  { core, settings, clock, isHub, to }: Telling,
): Promise<RollUp> {
  const own = rollUpOf(readiness)
  if (!isHub || own.goals.length === 0) return own
  const hub = { records: core.store.records, cohortFloor: settings.cohortFloor }
  const { members, goals } = await sumsOf(hub, clock.nowMs(), to)
  if (members === null) return own
  return {
    ...own,
    sums: { members, goals: goals.slice(0, MOST_GOALS).map((goal) => ({ ...goal })) },
  }
}

/** As many as the model of the line takes. */
const MOST_GOALS = 100

/** States alone: what proves them stays here. */
function rollUpOf({ goals }: Readiness): RollUp {
  return { goals: goals.map(({ goal: { key }, state }) => ({ key, state })) }
}
