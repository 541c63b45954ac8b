// An analytic asked of what is stored already: window by window, as if it had been there. Bounded in windows and in time.

import { setTimeout as sleep } from 'node:timers/promises'
import { MINUTE_MS } from '../../core/index.ts'
import type { EngineSettings, Store } from '../../store/index.ts'
import { raiseAlerts } from '../alerts/index.ts'
import type { RuleFacts } from '../alerts/index.ts'
import { insertFindings } from '../findings-table.ts'
import type { Analytic } from './analytic.ts'
import { runAnalytic } from './run-analytic.ts'

export type Looking = {
  /** UTC milliseconds. */
  readonly span: { readonly fromMs: number; readonly toMs: number }
  readonly settings: EngineSettings
  readonly signal: AbortSignal
}

export type LookedBack = {
  readonly findings: number
  /** From where on it was asked: a long span is looked through from its newest part alone. */
  readonly fromMs: number
}

/** A year and a half of days. */
const MOST_WINDOWS = 550
const MOST_MS = 20 * MINUTE_MS
/** Between windows: others go first. */
const REST_MS = 20

type Parts = {
  readonly store: Pick<Store, 'events' | 'records'>
  readonly rules: ReadonlyMap<string, RuleFacts>
}

/** Throws when the engine refuses, and when it takes too long. */
export async function lookBack(
  { store, rules }: Parts,
  analytic: Analytic,
  { span, settings, signal }: Looking,
): Promise<LookedBack> {
  const { window } = analytic
  const wanted = Math.max(1, Math.ceil((span.toMs - span.fromMs) / window))
  const windows = Math.min(MOST_WINDOWS, wanted)
  const startedMs = performance.now()
  let found = 0
  for (let back = windows - 1; back >= 0; back -= 1) {
    signal.throwIfAborted()
    if (performance.now() - startedMs > MOST_MS)
      throw new RangeError(`it took more than ${MOST_MS / MINUTE_MS} minutes`)
    const toMs = span.toMs - back * window
    const findings = await runAnalytic(store.events.ask, analytic, { toMs, settings })
    found += findings.length
    if (findings.length > 0) {
      const token = `${analytic.id}:back:${toMs}`
      await insertFindings(store.events.ask, findings, { token, nowMs: toMs, again: true })
      await store.records
        .transaction()
        .execute((transaction) => raiseAlerts(transaction, findings, { rules, nowMs: span.toMs }))
    }
    await sleep(REST_MS, undefined, { signal })
  }
  return { findings: found, fromMs: Math.max(span.fromMs, span.toMs - windows * window) }
}
