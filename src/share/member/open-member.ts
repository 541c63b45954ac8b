// A station among its hubs, each by itself: one that fails or lies holds nobody else up. A hub that was left is told.

import { SECOND_MS } from '../../core/index.ts'
import { listPeers } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { sayFarewell } from './farewell.ts'
import { HubRun } from './hub-run.ts'
import type { MemberOptions } from './hub-run.ts'

export type { MemberOptions } from './hub-run.ts'

export type Member = {
  /** Looks anew at which hubs there are: one was joined or left. */
  readonly changed: () => void
  /** Something may go out now. */
  readonly nudge: () => void
  /** There may be something to ask blindly, or of witnesses, now. */
  readonly askNow: () => void
  readonly close: () => Promise<void>
}

const LEAVE_MS = 60 * SECOND_MS

export function openMember(options: MemberOptions): Member {
  const running = new Map<string, HubRun>()
  const stop = new AbortController()
  // What one hub answered is what another is asked with.
  const reportNow = () => running.forEach((run) => run.reportNow())
  const follow = async () => {
    const rows = await listPeers(options.records)
    const joined = new Map(
      rows
        .filter(({ role, state }) => role === 'hub' && state === 'joined')
        .map((row) => [keyOf(row), row]),
    )
    for (const [key, run] of running)
      if (!joined.has(key)) {
        running.delete(key)
        void run.close()
      }
    if (stop.signal.aborted) return
    for (const [key, row] of joined)
      if (!running.has(key)) running.set(key, new HubRun(options, row, reportNow))
    await sayFarewell(options, rows)
  }
  const look = () => void follow().catch(options.onTrouble)
  look()
  const timer = setInterval(look, LEAVE_MS)
  timer.unref()
  return {
    changed: look,
    nudge: () => running.forEach((run) => run.nudge()),
    askNow: () => running.forEach((run) => run.askNow()),
    close: async () => {
      stop.abort()
      clearInterval(timer)
      await Promise.all([...running.values()].map((run) => run.close()))
    },
  }
}

/** A hub joined anew is another run. */
function keyOf({ name, pin, address, joined }: PeerRow): string {
  return `${name} ${pin ?? ''} ${address ?? ''} ${joined?.getTime() ?? 0}`
}
