// Analytics of hubs: asked among the station's own, of events and findings alone, as the wall for SQL that a person types writes
// them anew; and of what is stored, window by window.

import { VigieError, reasonOf } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import { ANALYTIC_SETTINGS, BASELINES, parseAnalytic } from '../../detect/index.ts'
import type { Analytic } from '../../detect/index.ts'
import { describeHuntProblem, guardSql } from '../../hunt/index.ts'
import type { SqlReach } from '../../hunt/index.ts'
import type { ContentDesk, UsedContent } from '../../share/index.ts'
import type { Core } from '../core.ts'
import { foundBy, madeOf, storedSpan } from './content-kind.ts'
import type { ContentKindDesk } from './content-kind.ts'

export type AnalyticDeskParts = {
  readonly core: Core
  readonly clock: Clock
  readonly onTrouble: (cause: unknown) => void
}

type Looked = Awaited<ReturnType<ContentDesk['looked']>>

/** Throws CONTENT_INVALID. */
export function guardedAnalytic({ object, text }: Pick<UsedContent, 'object' | 'text'>): Analytic {
  return parseAnalytic(text, { id: object, file: FILE, guard })
}

const FILE = 'analytic.yml'

/** Sums of events that every station keeps, and what merges them. What is known of people and assets is not among them. */
const REACH: SqlReach = {
  tables: [...BASELINES.map(({ table }) => table), 'networks', 'known_tools', 'allowed_tools'],
  functions: ['uniqCombinedMerge', 'uniqCombined64Merge'],
}

function guard(sql: string): string {
  const guarded = guardSql(sql, REACH)
  if (guarded.ok) return guarded.value
  const reason = `sql: ${describeHuntProblem(guarded.problem, 'en')}`
  throw new VigieError('CONTENT_INVALID', { file: FILE, reason })
}

export function guardedAnalytics({
  core,
  clock,
  onTrouble,
}: AnalyticDeskParts): ContentKindDesk & { readonly close: () => void } {
  const stop = new AbortController()
  const looks = new Map<string, Looked>()
  const keyOf = ({ object, version }: UsedContent) => `${object} ${version}`
  return {
    put: async (used) => core.analytics?.receive(madeOf(used, guardedAnalytic, onTrouble)),
    look: async (used) => {
      for (const one of used) {
        const key = keyOf(one)
        looks.set(key, { kind: 'running' })
        void lookBack(core, { used: one, nowMs: clock.nowMs(), signal: stop.signal }).then(
          (looked) => looks.set(key, looked),
        )
      }
      return new Map(used.map((one) => [one.object, { kind: 'looking', search: keyOf(one) }]))
    },
    looked: async (_, search) => looks.get(search) ?? { kind: 'lost' },
    met: (used) =>
      foundBy(
        core,
        used.map(({ object }) => object),
      ),
    close: () => stop.abort(),
  }
}

type Looking = {
  readonly used: UsedContent
  readonly nowMs: number
  readonly signal: AbortSignal
}

/** Never throws. */
async function lookBack(core: Core, { used, nowMs, signal }: Looking): Promise<Looked> {
  try {
    const stored = await storedSpan(core)
    if (stored === undefined || core.analytics === undefined)
      return { kind: 'done', met: undefined, span: undefined }
    const analytic = guardedAnalytic(used)
    const span = { fromMs: stored.fromMs, toMs: Math.max(stored.toMs, nowMs) }
    const { fromMs } = await core.analytics.lookBack(analytic, {
      span,
      settings: ANALYTIC_SETTINGS,
      signal,
    })
    core.live.alertsChanged()
    const met = (await foundBy(core, [used.object])).get(used.object)
    return { kind: 'done', met, span: { fromMs, toMs: span.toMs } }
  } catch (thrown) {
    if (signal.aborted) return { kind: 'lost' }
    return { kind: 'failed', reason: reasonOf(thrown).slice(0, 500) }
  }
}
