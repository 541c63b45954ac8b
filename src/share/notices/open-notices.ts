// The hub tells: looks at what arrived, takes the steps whose clock ran out, sends what waits. Everything stands in the records, so
// the next round, or the next start, goes on where this one stopped.

import { SECOND_MS } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { Hub } from '../hub/hub-context.ts'
import { listPeers } from '../peer/peers.ts'
import { takeArrivals } from './arrivals.ts'
import { sendWaiting } from './send.ts'
import type { Senders } from './send.ts'
import { takeSteps } from './take-steps.ts'

export type NoticesOptions = {
  readonly hub: Hub
  readonly clock: Clock
  readonly secret: string
  readonly senders: Senders
  /** After what arrived was looked at. */
  readonly onArrived: () => Promise<void>
  readonly onTrouble: (cause: unknown) => void
}

export type RunningNotices = {
  /** Something changed: a round now. */
  readonly nudge: () => void
  readonly close: () => Promise<void>
}

const EVERY_MS = 2 * SECOND_MS

export function openNotices(options: NoticesOptions): RunningNotices {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let isClosed = false
  const round = () => {
    clearTimeout(timer)
    running = running
      .then(() => (isClosed ? undefined : noticeRound(options)))
      .catch(options.onTrouble)
      .finally(() => {
        clearTimeout(timer)
        if (!isClosed) timer = setTimeout(round, EVERY_MS)
      })
  }
  timer = setTimeout(round, 0)
  return {
    nudge: round,
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      await running
    },
  }
}

export async function noticeRound({
  hub,
  clock,
  secret,
  senders,
  onArrived,
}: NoticesOptions): Promise<void> {
  const { records } = hub
  const arrived = await takeArrivals(hub, clock.nowMs())
  if (arrived > 0) await onArrived()
  const peers = await listPeers(records)
  const hasUpper = peers.some(({ role, state }) => role === 'hub' && state === 'joined')
  await takeSteps({ records, secret, hasUpper, nowMs: clock.nowMs() })
  await sendWaiting({ records, secret, senders, nowMs: clock.nowMs })
}
