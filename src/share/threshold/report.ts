// A station's rounds with the hubs it joined: as the holder of a key one is asked what the key makes of addresses, as a collector one is
// given reports. Each step is kept before the next, so a round that is cut off goes on where it was.

import { SECOND_MS } from '../../core/index.ts'
import { pause } from '../member/pause.ts'
import { giveReports } from './give-reports.ts'
import { prepareReports } from './prepare-reports.ts'
import { askTerms, listReporting } from './reporting-records.ts'
import { ThresholdTrouble, noteThresholdProblem } from './round.ts'
import type { ThresholdRound } from './round.ts'

/** Whether something is left to do with this or another hub. */
export async function thresholdRound(round: ThresholdRound): Promise<boolean> {
  const { records, peer, nowMs } = round
  await sayOff(round)
  let isMore = false
  for (const reporting of await listReporting(records)) {
    const isCollector = reporting.peer === peer.name
    const { pin, identity } = reporting.terms.holder
    const isHolder = pin === peer.pin && identity === peer.identity
    if (!isCollector && !isHolder) continue
    try {
      if (isCollector) isMore = (await giveReports(round, reporting)) || isMore
      else isMore = (await prepareReports(round, reporting)) || isMore
      if (isCollector) await noteThresholdProblem(records, reporting.peer, undefined, nowMs)
    } catch (cause) {
      if (!(cause instanceof ThresholdTrouble)) throw cause
      const { code, message: about } = cause
      await noteThresholdProblem(records, reporting.peer, { code, about }, nowMs)
    }
  }
  return isMore
}

/** A hub that is reported to no more is told until it knows: it forgets what it could not open. */
async function sayOff({ records, link, peer: { name } }: ThresholdRound): Promise<void> {
  const off = records
    .selectFrom('threshold_hubs')
    .select('made')
    .where('peer', '=', name)
    .where('is_on', '=', false)
    .where('is_told', '=', false)
  const row = await off.executeTakeFirst()
  if (row === undefined) return
  try {
    await askTerms(link, { accepted: '', by: '', epoch: 0, forget: true })
  } catch (cause) {
    if (!(cause instanceof ThresholdTrouble)) throw cause
    if (cause.code === 'unreachable') return
  }
  await records
    .updateTable('threshold_hubs')
    .set({ is_told: true })
    .where('peer', '=', name)
    .where('made', '=', row.made)
    .execute()
}

/** Between reports of logins. */
const PAUSE_MS = { more: SECOND_MS, idle: 60 * SECOND_MS }

export type Reports = {
  readonly round: () => Omit<ThresholdRound, 'signal'>
  /** The station stops, or leaves the hub. */
  readonly stop: AbortSignal
  /** Another hub is asked with what this one answered. */
  readonly onMore: () => void
  readonly onTrouble: (cause: unknown) => void
}

/** Reports until it is stopped. `now`: there may be something to report at once. */
export function keepReporting({ round, stop, onMore, onTrouble }: Reports): {
  readonly now: () => void
  readonly done: Promise<void>
} {
  let rest = new AbortController()
  const run = async () => {
    while (!stop.aborted) {
      rest = new AbortController()
      let isMore = false
      try {
        isMore = await thresholdRound({ ...round(), signal: stop })
      } catch (cause) {
        if (!stop.aborted) onTrouble(cause)
      }
      if (stop.aborted) return
      if (isMore) onMore()
      await pause(isMore ? PAUSE_MS.more : PAUSE_MS.idle, rest.signal)
    }
  }
  return { now: () => rest.abort(), done: run() }
}
