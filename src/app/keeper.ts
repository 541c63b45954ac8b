// House-keeping of a running station: retention by whole days, and old ledger rows of tokens.

import { DAY_MS, HOUR_MS } from '../core/index.ts'
import type { Clock, Settings } from '../core/index.ts'
import type { Evidence } from '../evidence/index.ts'
import { dropExpired } from '../store/index.ts'
import type { Core } from './core.ts'

export type Keeper = { readonly close: () => Promise<void> }

type KeeperOptions = {
  readonly core: Core
  readonly evidence: Evidence
  readonly settings: Settings
  readonly clock: Clock
  readonly onTrouble: (cause: unknown) => void
}

/** Runs at once and every hour until closed. */
export function startKeeper(options: KeeperOptions): Keeper {
  let running: Promise<void> = Promise.resolve()
  const run = () => {
    running = keep(options).catch(options.onTrouble)
  }
  run()
  const timer = setInterval(run, HOUR_MS)
  timer.unref()
  return {
    close: async () => {
      clearInterval(timer)
      await running
    },
  }
}

async function keep({ core, evidence, settings, clock }: KeeperOptions): Promise<void> {
  const { events, records } = core.store
  const nowMs = clock.nowMs()
  const beforeMs = nowMs - settings.retentionDays * DAY_MS
  // Said first: a day that is gone without a word looks like one that somebody took.
  await evidence.retention(beforeMs, settings.retentionDays)
  await dropExpired(events, 'events', beforeMs)
  await core.correlations.keep()
  await records.deleteFrom('tokens').where('expires', '<', new Date(nowMs)).execute()
  await records
    .deleteFrom('risk_hours')
    .where('hour', '<', new Date(nowMs - 60 * DAY_MS))
    .execute()
  await records
    .deleteFrom('source_hours')
    .where('hour', '<', new Date(nowMs - 400 * DAY_MS))
    .execute()
}
