// One search: a few values in one pass through the archive, many in slices from the newest event to the oldest.

import type { Clock } from '../../core/index.ts'
import { sql, typed } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Records } from '../../store/index.ts'
import { FLOOD_FINDINGS } from '../breaker.ts'
import { inSlice, takeSlice } from '../history/slices.ts'
import type { Slice, Stretch } from '../history/slices.ts'
import { isLive, toKnown } from './match.ts'
import type { Known, Present } from './match.ts'
import { MOST_FEW } from './may-hold.ts'
import { storeFound, updateSearch } from './search-records.ts'
import type { SearchRow } from './search-records.ts'
import { createRows, dropRows, searchFew, searchMany } from './search-slice.ts'
import type { Searched, SliceSearch } from './search-slice.ts'

export type WalkOptions = {
  readonly row: SearchRow
  readonly lane: EngineLane
  readonly records: Records
  readonly clock: Clock
  readonly present: Present
  readonly settings: EngineSettings
  readonly letIntakeBy: () => Promise<void>
  readonly onFound: () => void
  readonly sliceEvents?: number
}

/** Events of a slice where many values are looked for. */
const SLICE_EVENTS = 5_000_000

export class SearchWalk {
  readonly #options: WalkOptions
  readonly #found = new Map<string, number>()
  readonly #search: SliceSearch
  #searched: number
  #known: number
  #workedMs: number
  #isFlooded = false

  constructor(options: WalkOptions) {
    this.#options = options
    const { row, clock } = options
    this.#searched = Number(row.searched)
    this.#known = Number(row.known)
    this.#workedMs = Number(row.worked_ms)
    const isLeftOut = (rule: string) => (this.#found.get(rule) ?? 0) >= FLOOD_FINDINGS
    this.#search = { ...options, nowMs: clock.nowMs(), isLeftOut }
  }

  async run(signal: AbortSignal): Promise<'done' | 'stopped'> {
    const { lane } = this.#options
    await createRows(lane)
    try {
      const few = await this.#few()
      return few.length <= MOST_FEW ? await this.#once(few) : await this.#inSlices(signal)
    } finally {
      await dropRows(lane)
    }
  }

  async #few(): Promise<readonly Known[]> {
    const { lane, row, clock } = this.#options
    const { rows } = await lane.query<{
      kind: string
      key: string
      source: string
      confidence: number
      label: string
    }>(
      sql`SELECT kind, key, source, argMax(confidence, version) AS confidence, argMax(label, version) AS label FROM indicators
WHERE source = ${row.list} AND version >= ${typed('UInt64', Number(row.version))} GROUP BY kind, key, source
HAVING ${isLive(clock.nowMs())} LIMIT ${MOST_FEW + 1}`,
    )
    return rows.flatMap(toKnown)
  }

  async #once(few: readonly Known[]): Promise<'done'> {
    const { lane, records, row } = this.#options
    const { rows } = await lane.query<{ n: string }>(sql`SELECT count() AS n FROM events`)
    const events = Number(rows[0]?.n ?? 0)
    await updateSearch(records, row.id, { events })
    const startMs = performance.now()
    const found = few.length === 0 ? undefined : await searchFew(this.#search, sql`1`, few)
    await this.#keep(found, { events, reachedMs: 0, startMs })
    return 'done'
  }

  async #inSlices(signal: AbortSignal): Promise<'done' | 'stopped'> {
    const { row, records, letIntakeBy, sliceEvents = SLICE_EVENTS } = this.#options
    let left = await countStretches(this.#options)
    const events = left.reduce((sum, stretch) => sum + stretch.events, this.#searched)
    await updateSearch(records, row.id, { events })
    for (;;) {
      await letIntakeBy()
      if (signal.aborted) return 'stopped'
      const taken = takeSlice(left, sliceEvents)
      if (taken === undefined) return 'done'
      const before = sumOf(left)
      left = taken.left
      await this.#slice(taken.slice, before - sumOf(left))
    }
  }

  async #slice(slice: Slice, events: number): Promise<void> {
    const { list, version } = this.#options.row
    const startMs = performance.now()
    const only = { list, version: Number(version) }
    const found = await searchMany(this.#search, inSlice(slice), only)
    await this.#keep(found, { events, reachedMs: slice.fromMs, startMs })
  }

  async #keep(
    found: Searched | undefined,
    { events, reachedMs, startMs }: { events: number; reachedMs: number; startMs: number },
  ): Promise<void> {
    const { lane, records, row, clock, onFound } = this.#options
    if (found !== undefined && found.findings.length > 0) {
      const { facts } = found
      const findings = found.findings.filter((finding) => this.#isWithinFlood(finding.rule))
      await storeFound({ lane, records }, { id: row.id, findings, facts, nowMs: clock.nowMs() })
      onFound()
    }
    this.#isFlooded ||= found?.isFlooded ?? false
    this.#searched += events
    this.#known += found?.known ?? 0
    this.#workedMs += performance.now() - startMs
    await updateSearch(records, row.id, {
      searched: this.#searched,
      known: this.#known,
      worked_ms: Math.round(this.#workedMs),
      reached: new Date(reachedMs),
      problem: this.#isFlooded ? FLOODED : null,
    })
  }

  /** A value that is everywhere is left out of the rest of the search. */
  #isWithinFlood(rule: string): boolean {
    const count = (this.#found.get(rule) ?? 0) + 1
    this.#found.set(rule, count)
    if (count > FLOOD_FINDINGS) this.#isFlooded = true
    return count <= FLOOD_FINDINGS
  }
}

/** A code; its sentence is in `words`. */
const FLOODED = 'flooded'

function sumOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { events }) => sum + events, 0)
}

/** Events by hour, newest first, that were not searched yet. */
async function countStretches({
  lane,
  row,
  settings,
}: Pick<WalkOptions, 'lane' | 'row' | 'settings'>): Promise<readonly Stretch[]> {
  const until =
    row.reached === null
      ? sql`1`
      : sql`time < fromUnixTimestamp64Milli(${row.reached.getTime()}, 'UTC')`
  const { rows } = await lane.query<{ hour: number; events: string }>(
    sql`SELECT toUnixTimestamp(toStartOfHour(time)) AS hour, count() AS events FROM events WHERE ${until} GROUP BY hour ORDER BY hour DESC`,
    { settings },
  )
  return rows.map(({ hour, events }, at) => ({
    fromMs: hour * 1000,
    toMs: at === 0 && row.reached !== null ? row.reached.getTime() : hour * 1000 + 3_600_000,
    events: Number(events),
  }))
}
