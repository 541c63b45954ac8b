// Stored events searched for indicators as they arrive, one search after another. A search that a stop cut off goes on by
// itself from where it had come.

import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { reasonOf, timeOrderedId } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { IndicatorSearch } from '../../model/index.ts'
import { sql, typed } from '../../store/index.ts'
import type { Store } from '../../store/index.ts'
import type { Arrived } from './indicators.ts'
import { isLive } from './match.ts'
import type { Present } from './match.ts'
import {
  findSearch,
  finishPending,
  recentSearches,
  runningSearches,
  toSearch,
  updateSearch,
} from './search-records.ts'
import type { SearchRow } from './search-records.ts'
import { SearchWalk } from './search-walk.ts'

export type SearchesOptions = {
  readonly store: Pick<Store, 'events' | 'records'>
  readonly clock: Clock
  readonly present: () => Promise<Present>
  /** New lines wait to be stored: they go first. */
  readonly isIntakeBehind: () => boolean
  /** Alerts changed. */
  readonly onFound: () => void
  readonly sliceEvents?: number
}

export type Searches = {
  readonly start: (arrived: Arrived) => Promise<IndicatorSearch>
  /** Newest first. */
  readonly list: () => Promise<readonly IndicatorSearch[]>
  /** Resolves when none is under way. */
  readonly idle: () => Promise<void>
  /** Stops after the slice under way; the next start goes on. */
  readonly close: () => Promise<void>
}

export async function openSearches(options: SearchesOptions): Promise<Searches> {
  const searches = new Queue(options)
  for (const row of await runningSearches(options.store.records)) searches.add(row)
  return {
    start: (arrived) => searches.start(arrived),
    list: async () => (await recentSearches(options.store.records)).map(toSearch),
    idle: () => searches.last,
    close: () => searches.close(),
  }
}

const INTAKE_POLL_MS = 250
const MEMORY_BYTES = 500 * 1024 * 1024
/** Behind people's hunts. */
const SETTINGS = {
  max_threads: Math.max(1, availableParallelism()),
  max_memory_usage: MEMORY_BYTES,
  max_execution_time: 300,
  timeout_overflow_mode: 'throw',
  timeout_before_checking_execution_speed: 0,
  priority: 6,
} as const

const UNBEGUN = {
  events: 0,
  searched: 0,
  findings: 0,
  known: 0,
  raised: 0,
  worked_ms: 0,
  reached: null,
  ended: null,
  problem: null,
  pending: null,
} as const

class Queue {
  readonly #options: SearchesOptions
  readonly #stop = new AbortController()
  last: Promise<void> = Promise.resolve()

  constructor(options: SearchesOptions) {
    this.#options = options
  }

  async start({ list, version }: Arrived): Promise<IndicatorSearch> {
    const { store, clock } = this.#options
    const { records, events } = store
    const nowMs = clock.nowMs()
    const { rows } = await events.ask.query<{ n: string }>(
      sql`SELECT count() AS n FROM (SELECT 1 FROM indicators WHERE source = ${list} AND version >= ${typed('UInt64', version)}
GROUP BY kind, key HAVING ${isLive(nowMs)})`,
    )
    const row = {
      id: timeOrderedId<'search'>(nowMs),
      list,
      version,
      state: 'running',
      values: Number(rows[0]?.n ?? 0),
      asked: new Date(nowMs),
      ...UNBEGUN,
    }
    await records.insertInto('indicator_searches').values(row).execute()
    const stored = await findSearch(records, row.id)
    this.add(stored)
    return toSearch(stored)
  }

  add(row: SearchRow): void {
    this.last = this.last.then(() => this.#run(row))
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.last
  }

  async #run(row: SearchRow): Promise<void> {
    const { store, clock, present, onFound, sliceEvents } = this.#options
    const { signal } = this.#stop
    if (signal.aborted) return
    const { records, events } = store
    try {
      await finishPending({ lane: events.ask, records }, row)
      const walk = new SearchWalk({
        row,
        lane: events.ask,
        records,
        clock,
        present: await present(),
        settings: SETTINGS,
        letIntakeBy: () => this.#letIntakeBy(),
        onFound,
        ...(sliceEvents === undefined ? {} : { sliceEvents }),
      })
      const end = await walk.run(signal)
      if (end === 'stopped') return
      await updateSearch(records, row.id, { state: 'done', ended: new Date(clock.nowMs()) })
    } catch (cause) {
      const problem = reasonOf(cause).slice(0, 500)
      const ended = new Date(clock.nowMs())
      await updateSearch(records, row.id, { state: 'failed', ended, problem }).catch(
        () => undefined,
      )
    }
  }

  async #letIntakeBy(): Promise<void> {
    while (this.#options.isIntakeBehind() && !this.#stop.signal.aborted) await sleep(INTAKE_POLL_MS)
  }
}
