// The station's correlations: looked at soon after hits come, one look at a time, and now and then for what stays away.

import { DAY_MS, MINUTE_MS } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { Alert } from '../../model/index.ts'
import { dropExpired } from '../../store/index.ts'
import type { EngineSettings, Store } from '../../store/index.ts'
import type { RuleFacts } from '../alerts/index.ts'
import type { Breaker } from '../breaker.ts'
import type { RuleShelf } from '../rule-shelf.ts'
import type { CorrelationPlans } from '../sigma/index.ts'
import { recordFeed } from './feed.ts'
import { finishPending } from './pending.ts'
import { sweep } from './sweep.ts'
import { waitsForAbsence } from './waits.ts'
import { windowHits } from './window-hits.ts'
import type { EventPlace } from './window-hits.ts'

/** What correlations need of the book in use. */
type BookOfCorrelations = {
  readonly correlations: CorrelationPlans
  readonly facts: ReadonlyMap<string, RuleFacts>
}

export type CorrelationOptions = {
  readonly store: Pick<Store, 'events' | 'records'>
  readonly shelf: RuleShelf<BookOfCorrelations>
  readonly breaker: Breaker
  readonly clock: Clock
  /** Alerts changed. */
  readonly onFound: () => void
  readonly onTrouble: (cause: unknown) => void
}

export type Correlations = {
  /** Hits came: they are looked at soon. */
  readonly nudge: () => void
  /** Marks hits that something other than a batch brought. */
  readonly fed: (feed: { readonly id: string; readonly nowMs: number }) => Promise<void>
  /** Looks at all that came, now. `all`: nothing more will come, so that what must be absent is decided. */
  readonly settle: (known: 'all' | 'so far') => Promise<void>
  /** Places of the events that an alert of a correlation was last raised by, newest first; `undefined` of other rules. */
  readonly hitsOf: (alert: Alert, limit: number) => Promise<readonly EventPlace[] | undefined>
  /** Drops hits that no window reaches back to any more. */
  readonly keep: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Ends what an earlier run left pending, then looks for news until closed. */
export function openCorrelations(options: CorrelationOptions): Correlations {
  const sweeps = new Sweeps(options)
  sweeps.start()
  const { records, events } = options.store
  return {
    nudge: () => sweeps.nudge(),
    fed: async (feed) => {
      await recordFeed(records, feed)
      sweeps.nudge()
    },
    settle: (known) => sweeps.settle(known),
    hitsOf: async (alert, limit) => {
      const { plans } = options.shelf.current.correlations
      const plan = plans.find(({ correlation }) => correlation.id === alert.rule)
      return plan === undefined ? undefined : windowHits(events.ask, plan, { alert, limit })
    },
    keep: async () => {
      const limitMs = options.clock.nowMs() - LATEST_MS - sweeps.longestMs
      await dropExpired(events, 'correlation_events', limitMs)
    },
    close: () => sweeps.close(),
  }
}

/** Hits of many batches are looked at together. */
const SOON_MS = 1500
/** How often windows that wait for something to stay away are looked at. */
const EVERY_MS = 10_000
const AFTER_TROUBLE_MS = 10_000
/** Lines are taken to have arrived this long after their time. */
const ARRIVED_MS = 2 * MINUTE_MS
/** Lines that come later than this may lack the hits they belong to. */
const LATEST_MS = 7 * DAY_MS
/** Later than any line. */
const ALL_KNOWN_MS = 9_000_000_000_000_000

/** Behind new lines and people's hunts. */
const SETTINGS: EngineSettings = {
  max_threads: 1,
  max_memory_usage: 500 * 1024 * 1024,
  max_execution_time: 30,
  timeout_overflow_mode: 'throw',
  timeout_before_checking_execution_speed: 0,
  priority: 5,
}

class Sweeps {
  readonly #options: CorrelationOptions
  readonly #stop = new AbortController()
  #last: Promise<void> = Promise.resolve()
  #waiting: NodeJS.Timeout | undefined
  #every: NodeJS.Timeout | undefined
  #again = true

  constructor(options: CorrelationOptions) {
    this.#options = options
  }

  get longestMs(): number {
    const { plans } = this.#options.shelf.current.correlations
    return Math.max(0, ...plans.map(({ timespanMs }) => timespanMs))
  }

  start(): void {
    this.nudge()
    this.#every = setInterval(() => {
      const { plans } = this.#options.shelf.current.correlations
      if (plans.some(waitsForAbsence)) this.nudge()
    }, EVERY_MS).unref()
  }

  nudge(afterMs = SOON_MS): void {
    if (this.#waiting !== undefined || this.#stop.signal.aborted) return
    this.#waiting = setTimeout(() => {
      this.#waiting = undefined
      void this.settle('so far').catch((cause: unknown) => {
        this.#options.onTrouble(cause)
        this.nudge(AFTER_TROUBLE_MS)
      })
    }, afterMs).unref()
  }

  /** One at a time: a sweep rests on what those before it found. */
  async settle(known: 'all' | 'so far'): Promise<void> {
    const work = this.#last.then(() => this.#sweepAll(known))
    this.#last = work.catch(() => undefined)
    await work
  }

  async close(): Promise<void> {
    this.#stop.abort()
    clearTimeout(this.#waiting)
    clearInterval(this.#every)
    await this.#last
  }

  async #sweepAll(known: 'all' | 'so far'): Promise<void> {
    const { store, shelf, breaker, clock, onFound } = this.#options
    const { records } = store
    const lane = store.events.ask
    if ((await finishPending({ lane, records }, this.#again)) > 0) onFound()
    this.#again = false
    for (let hadNews = true; hadNews && !this.#stop.signal.aborted;) {
      const nowMs = clock.nowMs()
      const knownMs = known === 'all' ? ALL_KNOWN_MS : nowMs - ARRIVED_MS
      hadNews = await shelf.use(({ correlations, facts }) =>
        sweep({ lane, records, correlations, facts, breaker, settings: SETTINGS, nowMs, knownMs }),
      )
      this.#again = true
      if ((await finishPending({ lane, records }, false)) > 0) onFound()
      this.#again = false
    }
  }
}
