// Analytics on a station: each asked when its time has come, one at a time, behind new lines and people's hunts. One that
// fails or runs long says so and does not keep the others.

import { z } from 'zod'
import { MINUTE_MS, reasonOf } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import { AnalyticRunSchema } from '../../model/index.ts'
import type { AnalyticRun, Finding } from '../../model/index.ts'
import type { EngineSettings, Store } from '../../store/index.ts'
import type { RuleFacts } from '../alerts/index.ts'
import type { Analytic } from './analytic.ts'
import { BASELINES, addToBaselines } from './baselines.ts'
import { copyKnown } from './known.ts'
import { LateEvents } from './late-events.ts'
import type { LateLook, Question } from './late-events.ts'
import { lookBack } from './look-back.ts'
import type { LookedBack, Looking } from './look-back.ts'
import { runAnalytic } from './run-analytic.ts'
import { finish, note } from './tell-run.ts'

export type AnalyticsOptions = {
  readonly store: Pick<Store, 'events' | 'records'>
  readonly analytics: readonly Analytic[]
  readonly clock: Clock
  readonly onFound: () => void
  readonly onTrouble: (cause: unknown) => void
  /** What each question may take. */
  readonly settings?: EngineSettings
}

export type Analytics = {
  readonly list: () => Promise<readonly AnalyticState[]>
  /** What events that were stored long after their time are still asked for. */
  readonly late: LateLook
  readonly get: (id: string) => Analytic | undefined
  /** Those that others wrote, beside the station's own, in place of what was received before. */
  readonly receive: (analytics: readonly Analytic[]) => void
  /** What alerts take over from each. */
  readonly facts: ReadonlyMap<string, RuleFacts>
  /** Asks one of every window of a span, the oldest first; what it finds is stored and alerts as if it had been asked then. */
  readonly lookBack: (analytic: Analytic, looking: Looking) => Promise<LookedBack>
  /** Asks those whose time has come. Returns how many findings there are. */
  readonly look: () => Promise<number>
  readonly close: () => Promise<void>
}

/** One core, bounded in time and memory, so that one analytic keeps nobody from anything. */
export const ANALYTIC_SETTINGS: EngineSettings = {
  max_threads: 1,
  max_execution_time: 120,
  max_memory_usage: 500_000_000,
  // Ten million addresses are grouped on disk rather than not at all.
  max_bytes_before_external_group_by: 150_000_000,
  max_bytes_before_external_sort: 150_000_000,
  // On a cluster a part that reads events for a join or a list of values is read once for all nodes.
  distributed_product_mode: 'global',
}

export function openAnalytics(given: AnalyticsOptions): Analytics {
  let received: readonly Analytic[] = []
  const options: AnalyticsOptions = {
    ...given,
    get analytics() {
      return [...given.analytics, ...received]
    },
  }
  let facts = factsOfAll(options)
  const stop = new AbortController()
  let running: Promise<unknown> = Promise.resolve()
  const { look, late } = lookingOf(options, () => facts, stop.signal)
  const timer = setInterval(() => {
    running = running.then(look).catch(options.onTrouble)
  }, MINUTE_MS)
  timer.unref()
  return {
    list: () => listOf(options),
    get late() {
      return late.state
    },
    get: (id) => options.analytics.find((one) => one.id === id),
    receive: (analytics) => {
      received = analytics
      facts = factsOfAll(options)
    },
    get facts() {
      return facts
    },
    lookBack: (analytic, { signal, ...looking }) =>
      lookBackAt(options, analytic, {
        ...looking,
        signal: AbortSignal.any([signal, stop.signal]),
      }),
    look,
    close: async () => {
      clearInterval(timer)
      stop.abort()
      await running
    },
  }
}

/** One look: what is due, then what late events make worth asking again. */
function lookingOf(
  options: AnalyticsOptions,
  facts: () => Facts,
  signal: AbortSignal,
): { readonly look: () => Promise<number>; readonly late: LateEvents } {
  const prepare = preparing(options)
  const late = new LateEvents({
    ...options,
    analytics: () => options.analytics,
    settings: settingsOf(options),
    ask: (question) => askAgain(options, question, facts()),
  })
  const look = async () => {
    await prepare()
    const found = (await lookAt(options, facts(), signal)) + (await late.look(signal))
    if (found > 0) options.onFound()
    return found
  }
  return { look, late }
}

function lookBackAt(
  { store }: AnalyticsOptions,
  analytic: Analytic,
  looking: Looking,
): Promise<LookedBack> {
  const rules = new Map([[analytic.id, factsOf(analytic)]])
  return lookBack({ store, rules }, analytic, looking)
}

/** An analytic, and how its last run went. */
export type AnalyticState = {
  readonly analytic: Analytic
  /** Null before its first run. */
  readonly asked: Date | null
  readonly tookMs: number
  readonly found: number
  readonly problem: string | null
  /** Newest first. */
  readonly lately: readonly AnalyticRun[]
}

async function listOf({ store, analytics }: AnalyticsOptions): Promise<readonly AnalyticState[]> {
  const runs = await store.records.selectFrom('analytic_runs').selectAll().execute()
  const byId = new Map(runs.map((run) => [run.analytic, run]))
  return analytics.map((analytic) => {
    const run = byId.get(analytic.id)
    return {
      analytic,
      asked: run?.asked ?? null,
      tookMs: run?.took_ms ?? 0,
      found: run?.found ?? 0,
      problem: run?.problem ?? null,
      lately: z.array(AnalyticRunSchema).parse(run?.lately ?? []),
    }
  })
}

function factsOfAll({ analytics }: AnalyticsOptions): Facts {
  return new Map(analytics.map((one) => [one.id, factsOf(one)]))
}

function factsOf({ id, title, severity, attack, author, references }: Analytic): RuleFacts {
  return { id, title, severity, attack, author, reference: references[0] ?? '' }
}

type Facts = ReadonlyMap<string, RuleFacts>

/** Of its time at most, so that one that runs long is asked less often and leaves others theirs. */
const MOST_SHARE = 0.1

async function lookAt(
  options: AnalyticsOptions,
  facts: Facts,
  signal: AbortSignal,
): Promise<number> {
  const { store, analytics, clock } = options
  const runs = await store.records.selectFrom('analytic_runs').selectAll().execute()
  for (const run of runs)
    if (run.pending !== null) await finish(store, { ...run, facts, again: true })
  const last = new Map(runs.map((run) => [run.analytic, run]))
  let found = 0
  for (const analytic of analytics) {
    const run = last.get(analytic.id)
    const restMs = Math.max(analytic.every, (run?.took_ms ?? 0) / MOST_SHARE)
    const isDue = clock.nowMs() - (run?.asked.getTime() ?? 0) >= restMs
    if (signal.aborted) break
    if (isDue) found += await ask(options, analytic, facts)
  }
  return found
}

const USES_KNOWN = /\bknown_(?:accounts|assets)\b/
const USES_BASELINES = new RegExp(`\\b(?:${BASELINES.map(({ table }) => table).join('|')})\\b`)
const KNOWN_EVERY_MS = 15 * MINUTE_MS
const BASELINES_EVERY_MS = 5 * MINUTE_MS

/** What analytics ask for beside the events is brought up to date first; trouble with it keeps none from being asked. */
function preparing({ store, analytics, clock, onTrouble }: AnalyticsOptions): () => Promise<void> {
  const uses = (tables: RegExp) => analytics.some(({ sql }) => tables.test(sql))
  const known = uses(USES_KNOWN)
    ? atMostEvery(KNOWN_EVERY_MS, clock, () => copyKnown(store))
    : undefined
  const baselines = uses(USES_BASELINES)
    ? atMostEvery(BASELINES_EVERY_MS, clock, () => addToBaselines(store, { clock, onTrouble }))
    : undefined
  return async () => {
    await known?.().catch(onTrouble)
    await baselines?.().catch(onTrouble)
  }
}

function atMostEvery(ms: number, clock: Clock, work: () => Promise<void>): () => Promise<void> {
  let doneMs = -Infinity
  return async () => {
    const nowMs = clock.nowMs()
    if (nowMs - doneMs < ms) return
    doneMs = nowMs
    await work()
  }
}

async function ask(options: AnalyticsOptions, analytic: Analytic, facts: Facts): Promise<number> {
  const { store, clock } = options
  const toMs = clock.nowMs()
  const startedMs = performance.now()
  const run = { analytic: analytic.id, asked: new Date(toMs) }
  const { findings, problem } = await findingsOf(options, analytic, toMs)
  const pending = findings.length === 0 ? null : JSON.stringify(findings)
  const took_ms = Math.round(performance.now() - startedMs)
  await note(store, { ...run, took_ms, found: findings.length, problem, pending })
  if (pending !== null) await finish(store, { ...run, pending: findings, facts, again: false })
  return findings.length
}

/** Under this name it is kept what late events showed, until it is told. */
const LATE = 'late-findings'

/** A window that was asked about before, because events came for it. */
async function askAgain(
  options: AnalyticsOptions,
  { analytic, toMs }: Question,
  facts: Facts,
): Promise<{ readonly found: number; readonly problem: string | null }> {
  const { store, clock } = options
  const { findings, problem } = await findingsOf(options, analytic, toMs)
  if (findings.length > 0) {
    const asked = new Date(clock.nowMs())
    const run = { analytic: LATE, asked, took_ms: 0, found: findings.length, problem }
    await note(store, { ...run, pending: JSON.stringify(findings) })
    await finish(store, { ...run, pending: findings, facts, again: true })
  }
  return { found: findings.length, problem }
}

function settingsOf({ settings = ANALYTIC_SETTINGS }: AnalyticsOptions): EngineSettings {
  return settings
}

/** What an analytic finds, or why it could not be asked. */
async function findingsOf(
  options: AnalyticsOptions,
  analytic: Analytic,
  toMs: number,
): Promise<{ readonly findings: readonly Finding[]; readonly problem: string | null }> {
  try {
    return {
      findings: await runAnalytic(options.store.events.ask, analytic, {
        toMs,
        settings: settingsOf(options),
      }),
      problem: null,
    }
  } catch (cause) {
    return { findings: [], problem: reasonOf(cause).slice(0, 500) }
  }
}
