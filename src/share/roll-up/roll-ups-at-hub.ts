// What members told a hub of their readiness: the newest of each, shown as sums over enough of them.

import { z } from 'zod'
import { PassedSumsSchema, RollUpSchema } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import type { Hub } from '../hub/hub-context.ts'
import { liveMembers } from '../peer/live-members.ts'
import type { PeerRow } from '../peer/peers.ts'
import { joinedSums, ownSums } from './sums.ts'
import type { Sums } from './sums.ts'

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
  const { goals, sums } = said.data
  if (goals.length === 0)
    await records.deleteFrom('roll_ups').where('peer', '=', row.name).execute()
  else {
    const values = {
      goals: JSON.stringify(goals),
      sums: sums === undefined ? null : JSON.stringify(sums),
      told: new Date(nowMs),
    }
    await records
      .insertInto('roll_ups')
      .values({ peer: row.name, ...values })
      .onConflict((conflict) => conflict.column('peer').doUpdateSet(values))
      .execute()
  }
  return { status: 200, body: {} }
}

/**
 * Of members under an agreement that holds, and of the members of those that are hubs. Below the floor there is nothing to show.
 * `except`: the hub that is told, so that it does not hear its own members again.
 */
export async function sumsOf(
  { records, cohortFloor: floor }: Pick<Hub, 'records' | 'cohortFloor'>,
  nowMs: number,
  except?: { readonly identity: string | null },
): Promise<Sums> {
  const told = await liveRollUps(records, nowMs)
  const passed = told.flatMap(({ identity, sums }) =>
    sums === undefined || (except?.identity != null && except.identity === identity) ? [] : [sums],
  )
  return joinedSums(
    [
      ownSums(
        told.map(({ goals }) => goals),
        floor,
      ),
      ...passed,
    ],
    floor,
  )
}

const GoalsSchema = RollUpSchema.shape.goals

async function liveRollUps(records: Records, nowMs: number) {
  const rows = await records.selectFrom('roll_ups').selectAll().execute()
  return (await liveMembers(records, nowMs)).flatMap(({ name, identity }) => {
    const row = rows.find(({ peer }) => peer === name)
    if (row === undefined) return []
    const sums = PassedSumsSchema.safeParse(row.sums)
    return [{ identity, goals: GoalsSchema.parse(row.goals), sums: sums.data }]
  })
}
