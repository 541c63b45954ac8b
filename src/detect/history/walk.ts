// One run from its newest event to its oldest: takes slices, has each judged, stores what is new, and keeps count.

import { setTimeout as sleep } from 'node:timers/promises'
import type { FieldsOf, Finding, VerbatimOf } from '../../model/index.ts'
import { sql } from '../../store/index.ts'
import type { EngineLane, EngineSettings } from '../../store/index.ts'
import type { Raised } from '../alerts/index.ts'
import { FLOOD_FINDINGS } from '../breaker.ts'
import type { Feeding } from '../correlations/index.ts'
import type { RuleSet } from '../sigma/index.ts'
import { judgeSlice } from './judge-slice.ts'
import type { Sift, SliceOutcome } from './judge-slice.ts'
import type { Pace, Progress } from './run-records.ts'
import { halves, inSpan, reachedBy, takeSlice } from './slices.ts'
import type { Slice, Span, Stretch } from './slices.ts'

export type WalkOptions = {
  readonly span: Span
  readonly lane: EngineLane
  /** Table in memory for the events of a slice. */
  readonly rows: string
  readonly ruleSet: RuleSet
  readonly feeding: Feeding
  readonly feed: { readonly id: string; readonly nowMs: number }
  readonly fields: FieldsOf
  readonly verbatim: VerbatimOf
  readonly settings: EngineSettings
  /** New lines wait to be stored: they go first. */
  readonly isIntakeBehind: () => boolean
  readonly sink: Sink
  readonly firstSliceEvents?: number
}

/** What becomes of findings and of the progress. */
export type Sink = {
  readonly sift: Sift
  readonly take: (findings: readonly Finding[]) => Promise<Raised>
  readonly save: (progress: Progress) => Promise<void>
}

const FIRST_EVENTS = 20_000
const MOST_EVENTS = 100_000
const LEAST_EVENTS = 1000
/** Slices grow below and shrink above: short enough to stop soon and to let intake by, long enough to be worth a plan. */
const QUICK_MS = 1500
const SLOW_MS = 4000
const INTAKE_POLL_MS = 250
const SAVE_EVERY_MS = 1000

export class HistoryWalk {
  readonly #options: WalkOptions
  readonly #flood = new Map<string, number>()
  readonly #waiting: Slice[] = []
  #left: readonly Stretch[] = []
  #target: number
  /** Slices do not grow beyond this: larger ones were too much. */
  #most = MOST_EVENTS
  #progress: Progress
  #waits = false
  #savedMs = 0
  #doneHere = 0
  #workedHereMs = 0

  constructor(options: WalkOptions, progress: Progress) {
    this.#options = options
    this.#target = options.firstSliceEvents ?? FIRST_EVENTS
    this.#progress = progress
  }

  get progress(): Progress {
    return this.#progress
  }

  get pace(): Pace {
    const { events, judged, unread } = this.#progress
    const left = Math.max(0, events - judged - unread)
    const secondsLeft =
      this.#doneHere === 0 ? null : (this.#workedHereMs / 1000 / this.#doneHere) * left
    return { secondsLeft, waits: this.#waits }
  }

  /** Resolves when the span is done, or soon after the signal. */
  async run(signal: AbortSignal): Promise<'done' | 'stopped'> {
    const done = this.#progress.judged + this.#progress.unread
    this.#left = await countStretches(this.#options)
    this.#add({ events: done + this.#left.reduce((sum, { events }) => sum + events, 0) })
    for (;;) {
      await this.#letIntakeBy(signal)
      if (signal.aborted) return 'stopped'
      const slice = this.#next()
      if (slice === undefined) break
      await this.#work(slice)
    }
    this.#add({ reachedMs: this.#options.span.fromMs })
    return 'done'
  }

  #next(): Slice | undefined {
    const halved = this.#waiting.pop()
    if (halved !== undefined) return halved
    const taken = takeSlice(this.#left, this.#target)
    this.#left = taken?.left ?? []
    return taken?.slice
  }

  async #letIntakeBy(signal: AbortSignal): Promise<void> {
    this.#waits = this.#options.isIntakeBehind()
    while (this.#waits && !signal.aborted) {
      await sleep(INTAKE_POLL_MS)
      this.#waits = this.#options.isIntakeBehind()
    }
  }

  async #work(slice: Slice): Promise<void> {
    const startedMs = performance.now()
    const outcome = await judgeSlice(
      {
        ...this.#options,
        sift: this.#options.sink.sift,
        mostEvents: Math.max(this.#target * 2, LEAST_EVENTS),
        isLeftOut: (rule) => this.#progress.leftOut.includes(rule),
      },
      slice,
    )
    if (outcome.kind === 'too much') this.#halve(slice, outcome.events)
    else await this.#take(slice, outcome)
    const tookMs = performance.now() - startedMs
    this.#workedHereMs += tookMs
    this.#add({ workedMs: this.#progress.workedMs + tookMs })
    if (outcome.kind === 'judged') this.#adapt(tookMs)
    await this.#save()
  }

  /** What cannot be halved any more is counted as unread, never passed over in silence. */
  #halve(slice: Slice, events: number): void {
    const smaller = events === 1 ? [] : halves(slice)
    this.#waiting.push(...smaller)
    if (events > LEAST_EVENTS) {
      this.#most = Math.max(LEAST_EVENTS, Math.min(this.#most, Math.floor(events / 2)))
      this.#target = Math.min(this.#target, this.#most)
    }
    if (smaller.length > 0) return
    this.#doneHere += events
    this.#add({
      unread: this.#progress.unread + events,
      reachedMs: reachedBy(slice, this.#waiting),
    })
  }

  async #take(
    slice: Slice,
    { events, findings, known }: Extract<SliceOutcome, { kind: 'judged' }>,
  ): Promise<void> {
    const kept = this.#withoutFloods(findings)
    const { raised, reopened } = await this.#options.sink.take(kept)
    const before = this.#progress
    this.#doneHere += events
    this.#add({
      judged: before.judged + events,
      events: Math.max(before.events, before.judged + before.unread + events),
      findings: before.findings + kept.length,
      known: before.known + known,
      raised: before.raised + raised,
      reopened: before.reopened + reopened,
      reachedMs: reachedBy(slice, this.#waiting),
    })
    if (kept.length > 0) this.#savedMs = 0
  }

  /** A rule that floods is left out of the rest of the run, and the run says so. */
  #withoutFloods(findings: readonly Finding[]): readonly Finding[] {
    const kept: Finding[] = []
    const flooding = new Set(this.#progress.leftOut)
    for (const finding of findings) {
      const count = (this.#flood.get(finding.rule) ?? 0) + 1
      this.#flood.set(finding.rule, count)
      if (count > FLOOD_FINDINGS) flooding.add(finding.rule)
      else kept.push(finding)
    }
    this.#add({ leftOut: [...flooding].toSorted() })
    return kept
  }

  #adapt(tookMs: number): void {
    if (tookMs < QUICK_MS) this.#target = Math.min(this.#most, this.#target * 2)
    else if (tookMs > SLOW_MS) {
      // What a statement costs however few rows it reads is not made less by smaller slices.
      const least = Math.max(this.#target / 2, Math.min(FIRST_EVENTS, this.#most))
      this.#target = Math.min(this.#target, least)
    }
  }

  #add(change: Partial<Progress>): void {
    this.#progress = { ...this.#progress, ...change }
  }

  async #save(): Promise<void> {
    const nowMs = performance.now()
    if (this.#savedMs !== 0 && nowMs - this.#savedMs < SAVE_EVERY_MS) return
    this.#savedMs = nowMs
    await this.#options.sink.save(this.#progress)
  }
}

/** Events of the span by hour, newest first. Hours without events are left out. */
async function countStretches({
  lane,
  span,
  settings,
}: Pick<WalkOptions, 'lane' | 'span' | 'settings'>): Promise<readonly Stretch[]> {
  const { rows } = await lane.query<{ hour: number; events: string }>(
    sql`SELECT toUnixTimestamp(toStartOfHour(time)) AS hour, count() AS events FROM events
WHERE ${inSpan(span)} GROUP BY hour ORDER BY hour DESC`,
    { settings },
  )
  return rows.map(({ hour, events }) => ({
    fromMs: Math.max(span.fromMs, hour * 1000),
    toMs: Math.min(span.toMs, hour * 1000 + 3_600_000),
    events: Number(events),
  }))
}
