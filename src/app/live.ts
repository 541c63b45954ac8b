// What changes from moment to moment: counters for the console, rates and lag by source, parsers that operators fixed.

import type { StoredBatch } from '../collect/index.ts'
import { forcedParsers, parsersMet } from '../collect/index.ts'
import type { LiveSource } from '../collect/index.ts'
import { MINUTE_MS, timeOfId } from '../core/index.ts'
import type { Clock } from '../core/index.ts'
import type { Records } from '../store/index.ts'

const WINDOW_MS = 5 * MINUTE_MS

type Seen = { readonly atMs: number; readonly lines: number; readonly lagMs: number }
export type LiveTotals = {
  readonly alerts: number
  readonly events: number
  readonly sources: number
}

export class LiveCounts {
  readonly #clock: Clock
  readonly #records: Records
  readonly #seen = new Map<string, Seen[]>()
  readonly #listeners = new Set<(totals: LiveTotals) => void>()
  #totals: LiveTotals = { alerts: 0, events: 0, sources: 0 }
  #forced: ReadonlyMap<string, string>
  readonly #parsers: Set<string>

  private constructor(
    records: Records,
    clock: Clock,
    known: { readonly forced: ReadonlyMap<string, string>; readonly parsers: readonly string[] },
  ) {
    this.#records = records
    this.#clock = clock
    this.#forced = known.forced
    this.#parsers = new Set(known.parsers)
  }

  static async open(records: Records, clock: Clock): Promise<LiveCounts> {
    const forced = await forcedParsers(records)
    return new LiveCounts(records, clock, { forced, parsers: await parsersMet(records) })
  }

  /** Parsers that read a line of what is stored here. */
  get parsers(): readonly string[] {
    return [...this.#parsers]
  }

  get forced(): ReadonlyMap<string, string> {
    return this.#forced
  }

  get totals(): LiveTotals {
    return this.#totals
  }

  async refreshForced(): Promise<void> {
    this.#forced = await forcedParsers(this.#records)
  }

  stored(batch: StoredBatch, id: string): void {
    const nowMs = this.#clock.nowMs()
    const lagMs = Math.max(0, nowMs - timeOfId(id).getTime())
    for (const parser of Object.keys(batch.parsers)) this.#parsers.add(parser)
    for (const { source, lines } of batch.sources) {
      const recent = (this.#seen.get(source) ?? []).filter(({ atMs }) => nowMs - atMs < WINDOW_MS)
      this.#seen.set(source, [...recent, { atMs: nowMs, lines, lagMs }])
    }
    this.#tell({
      alerts: this.#totals.alerts + (batch.findings > 0 ? 1 : 0),
      events: this.#totals.events + batch.lines,
      sources: this.#totals.sources + 1,
    })
  }

  /** Alerts changed by people, so that every open console sees it. */
  alertsChanged(): void {
    this.#tell({ ...this.#totals, alerts: this.#totals.alerts + 1 })
  }

  of(source: string): Pick<LiveSource, 'rate' | 'lagMs'> {
    const nowMs = this.#clock.nowMs()
    const recent = (this.#seen.get(source) ?? []).filter(({ atMs }) => nowMs - atMs < WINDOW_MS)
    const lines = recent.reduce((sum, seen) => sum + seen.lines, 0)
    const lags = recent.map(({ lagMs }) => lagMs).toSorted((a, b) => a - b)
    return {
      rate: Math.round((lines / (WINDOW_MS / 1000)) * 10) / 10,
      lagMs: lags[Math.floor(lags.length * 0.99)] ?? null,
    }
  }

  rate(): number {
    return [...this.#seen.keys()].reduce((sum, source) => sum + this.of(source).rate, 0)
  }

  /** Calls back on every change until the returned function is called. */
  subscribe(listener: (totals: LiveTotals) => void): () => void {
    this.#listeners.add(listener)
    listener(this.#totals)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  #tell(totals: LiveTotals): void {
    this.#totals = totals
    for (const listener of this.#listeners) listener(totals)
  }
}
