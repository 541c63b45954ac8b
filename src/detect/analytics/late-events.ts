// Events that are stored long after their time: a sensor was cut off, a provider was slow, somebody handed in a folder of old
// logs. Analytics ask about the last hours, so the windows that such events belong to are asked about again.

import { z } from 'zod'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import { sql } from '../../store/index.ts'
import type { EngineSettings, Store } from '../../store/index.ts'
import type { Analytic } from './analytic.ts'
import { storedAfter } from './stored-batches.ts'

/** How late events of an hour were stored at most, by the hour's beginning; all in milliseconds. */
export type LateHours = ReadonlyMap<number, number>

/** An analytic, and the end of a window. */
export type Question = { readonly analytic: Analytic; readonly toMs: number }

/** What is older than what baselines hold is not asked about. */
const MOST_DAYS = 60
const MOST_ROUNDS = 50
/** Baselines are added to every five minutes: what is asked about stands in them. */
const BEHIND_MS = 5 * MINUTE_MS

type Reading = {
  /** Batches stored after this were not read yet. */
  readonly since: Date
  readonly nowMs: number
  /** Events that came sooner after their time are of no interest. */
  readonly leastMs: number
  readonly settings: EngineSettings
}

/** The hours that late events of batches stored since belong to, and until when batches were read. */
export async function lateHours(
  { events, records }: Pick<Store, 'events' | 'records'>,
  { since, nowMs, leastMs, settings }: Reading,
): Promise<{ readonly hours: LateHours; readonly until: Date }> {
  const hours = new Map<number, number>()
  let until = since
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { batches, areAll } = await storedAfter(records, until, nowMs - BEHIND_MS)
    const last = batches.at(-1)
    if (last === undefined) break
    const days = batches.map(({ received }) => received.toISOString().slice(0, 10)).toSorted()
    const before = new Date(last.stored.getTime() - leastMs).toISOString().slice(0, 23)
    const { rows } = await events.ask.query<{ hour: string; oldest: string }>(
      sql`SELECT toUnixTimestamp(toStartOfHour(toDateTime(e.time, 'UTC'))) AS hour, toUnixTimestamp64Milli(min(e.time)) AS oldest FROM events AS e
WHERE toDate(e.received) BETWEEN toDate(${days[0] ?? ''}) - 1 AND toDate(${days.at(-1) ?? ''}) + 1 AND e.batch IN ${batches.map(({ id }) => id)}
  AND e.time < toDateTime64(${before}, 3, 'UTC') AND e.time > toDateTime64(${before}, 3, 'UTC') - INTERVAL ${MOST_DAYS} DAY
GROUP BY hour`,
      { settings },
    )
    for (const { hour, oldest } of rows) {
      const hourMs = Number(hour) * 1000
      const lateMs = last.stored.getTime() - Number(oldest)
      hours.set(hourMs, Math.max(lateMs, hours.get(hourMs) ?? 0))
    }
    until = last.stored
    if (areAll) break
  }
  return { hours, until }
}

/** Later than this, some analytic has asked about the hour for the last time. One that leaves gaps anyway has none to fill. */
export function leastLateness(analytics: readonly Analytic[]): number {
  return Math.min(...analytics.filter(leavesNoGap).map(({ window, every }) => window - every))
}

function leavesNoGap({ window, every }: Analytic): boolean {
  return every < window
}

/** Windows that the hours belong to and that are not asked about anyway, the oldest first. They overlap by half. */
export function questionsOf(
  analytics: readonly Analytic[],
  hours: LateHours,
  nowMs: number,
): readonly Question[] {
  const questions = analytics.filter(leavesNoGap).flatMap((analytic) => {
    const { window, every } = analytic
    const step = window / 2
    const ends = new Set<number>()
    for (const [hourMs, lateMs] of hours) {
      if (lateMs <= window - every || hourMs < nowMs - MOST_DAYS * DAY_MS) continue
      const first = Math.floor(hourMs / step) * step + step
      for (let toMs = first; toMs < hourMs + HOUR_MS + window && toMs <= nowMs; toMs += step)
        ends.add(toMs)
    }
    return [...ends].map((toMs): Question => ({ analytic, toMs }))
  })
  return questions.toSorted((a, b) => a.toMs - b.toMs)
}

/** What is left of looking back, for people. */
export type LateLook = {
  /** Questions of this round, and how many of them are not asked yet. */
  readonly questions: number
  readonly left: number
  /** The newest that could not be answered. */
  readonly problem: string | null
}

type LateParts = {
  readonly store: Pick<Store, 'events' | 'records'>
  readonly clock: Clock
  readonly analytics: () => readonly Analytic[]
  readonly settings: EngineSettings
  /** How many findings there were, or why it could not be answered. */
  readonly ask: (
    question: Question,
  ) => Promise<{ readonly found: number; readonly problem: string | null }>
}

/** Under this name it is kept until when batches were read, and which windows wait. */
const KEPT_AS = 'late-events'
const EVERY_MS = 10 * MINUTE_MS
/** At one look: the others go on at the next. */
const MOST_MS = 20_000
/** A window that events keep coming for, as they do from a device whose clock is wrong, is asked about this often. */
const MOST_WAIT_MS = 6 * HOUR_MS

const WaitingSchema = z.array(z.tuple([z.string(), z.number(), z.number()]))

type Waiting = Question & {
  /** When late events came for it first. */
  readonly sinceMs: number
  /** Some came in the newest round. */
  readonly isComing: boolean
}

/** Asks about windows once no more late events come for them, some at each look. What a crash leaves unasked is asked again. */
export class LateEvents {
  readonly #parts: LateParts
  #begunMs = -Infinity
  #waiting: ReadonlyMap<string, Waiting> = new Map()
  #due: readonly Waiting[] = []
  #asked = 0
  #problem: string | null = null

  constructor(parts: LateParts) {
    this.#parts = parts
  }

  get state(): LateLook {
    const { length } = this.#due
    return { questions: length, left: length - this.#asked, problem: this.#problem }
  }

  /** Returns how many findings there are. */
  async look(signal: AbortSignal): Promise<number> {
    if (this.#asked === this.#due.length) await this.#begin()
    const untilMs = performance.now() + MOST_MS
    let all = 0
    while (performance.now() < untilMs && !signal.aborted) {
      const question = this.#due[this.#asked]
      if (question === undefined) break
      const { found, problem } = await this.#parts.ask(question)
      this.#asked += 1
      this.#problem = problem ?? this.#problem
      all += found
    }
    return all
  }

  /** What was asked last is done; what came since is read, and written down with what waits. */
  async #begin(): Promise<void> {
    const { store, clock, settings, analytics: list } = this.#parts
    const nowMs = clock.nowMs()
    const analytics = list()
    if (nowMs - this.#begunMs < EVERY_MS || analytics.length === 0) return
    const kept = await store.records
      .selectFrom('analytic_runs')
      .select(['asked', 'waiting'])
      .where('analytic', '=', KEPT_AS)
      .executeTakeFirst()
    const before = this.#begunMs === -Infinity ? waitingOf(kept?.waiting, analytics) : this.#waiting
    const done = new Set(this.#due)
    const waiting = new Map(
      [...before].flatMap(([key, one]) =>
        done.has(one) ? [] : [[key, { ...one, isComing: false }]],
      ),
    )
    // What was there before anybody looked was there for the first look.
    const since = kept?.asked ?? new Date(nowMs)
    const leastMs = leastLateness(analytics)
    if (!Number.isFinite(leastMs)) return
    const { hours, until } = await lateHours(store, { since, nowMs, leastMs, settings })
    for (const question of questionsOf(analytics, hours, nowMs)) {
      const key = keyOf(question)
      const sinceMs = waiting.get(key)?.sinceMs ?? nowMs
      waiting.set(key, { ...question, sinceMs, isComing: true })
    }
    await this.#keep(until, waiting)
    this.#begunMs = nowMs
    this.#waiting = waiting
    this.#due = [...waiting.values()]
      .filter(({ isComing, sinceMs }) => !isComing || nowMs - sinceMs >= MOST_WAIT_MS)
      .toSorted((a, b) => a.toMs - b.toMs)
    this.#asked = 0
    this.#problem = null
  }

  async #keep(asked: Date, waiting: ReadonlyMap<string, Waiting>): Promise<void> {
    const list = [...waiting.values()].map(({ analytic, toMs, sinceMs }) => [
      analytic.id,
      toMs,
      sinceMs,
    ])
    const kept = list.length === 0 ? null : JSON.stringify(list)
    const run = {
      analytic: KEPT_AS,
      asked,
      took_ms: 0,
      found: 0,
      problem: null,
      pending: null,
      waiting: kept,
    }
    await this.#parts.store.records
      .insertInto('analytic_runs')
      .values(run)
      .onConflict((conflict) => conflict.column('analytic').doUpdateSet(run))
      .execute()
  }
}

function keyOf({ analytic, toMs }: Question): string {
  return `${analytic.id} ${toMs}`
}

/** As it was written down; what analytics that are no longer there waited for is left out. */
function waitingOf(written: unknown, analytics: readonly Analytic[]): ReadonlyMap<string, Waiting> {
  const byId = new Map(analytics.map((analytic) => [analytic.id, analytic]))
  const kept = WaitingSchema.parse(written ?? [])
  return new Map(
    kept.flatMap(([id, toMs, sinceMs]) => {
      const analytic = byId.get(id)
      if (analytic === undefined) return []
      const one: Waiting = { analytic, toMs, sinceMs, isComing: false }
      return [[keyOf(one), one] as const]
    }),
  )
}
