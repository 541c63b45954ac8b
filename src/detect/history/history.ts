// Runs of rules over stored events: asked for by people, one at a time, stopped and resumed.

import { VigieError, timeOrderedId } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { FieldsOf, HistoryAsk, HistoryRun, VerbatimOf } from '../../model/index.ts'
import type { Store } from '../../store/index.ts'
import type { RuleBook } from '../rule-book.ts'
import type { RuleShelf } from '../rule-shelf.ts'
import { dropGlances, dropPatterns, patternTable } from '../sigma/index.ts'
import type { RuleSet } from '../sigma/index.ts'
import {
  findRun,
  newRow,
  progressOf,
  recentRuns,
  runningRun,
  toColumns,
  toRun,
  updateRun,
} from './run-records.ts'
import type { RunRow } from './run-records.ts'
import { checkKnown, feedOfRun, feedingFor, setOf } from './run-rules.ts'
import { runSink } from './run-sink.ts'
import { createRows, dropRows } from './slice-rows.ts'
import { finishPending } from './store-findings.ts'
import { HistoryWalk } from './walk.ts'
import { historySettings, toldOf } from './work.ts'

const ROWS_TABLE = 'history_rows'

export type HistoryOptions = {
  readonly store: Pick<Store, 'events' | 'records'>
  readonly shelf: RuleShelf<RuleBook>
  readonly fields: FieldsOf
  readonly verbatim: VerbatimOf
  readonly clock: Clock
  /** Hits for correlations came, and no more will come of this run. */
  readonly onFed: (feed: { readonly id: string; readonly nowMs: number }) => Promise<void>
  /** New lines wait to be stored: they go first. */
  readonly isIntakeBehind: () => boolean
  /** Alerts changed. */
  readonly onFound: () => void
  readonly firstSliceEvents?: number
}

export type History = {
  /** Newest first. */
  readonly list: () => Promise<readonly HistoryRun[]>
  /** Throws HISTORY_RUN_BUSY, NOT_FOUND for a rule that does not run, BAD_REQUEST for a span that ends before it begins. */
  readonly start: (ask: HistoryAsk, who: string) => Promise<HistoryRun>
  /** Stops after the slice under way. Throws NOT_FOUND. */
  readonly stop: (id: string) => Promise<HistoryRun>
  /** Goes on where a run ended before its span did. Throws HISTORY_RUN_BUSY, NOT_FOUND. */
  readonly resume: (id: string) => Promise<HistoryRun>
  readonly close: () => Promise<void>
}

type Current = {
  readonly id: string
  readonly walk: HistoryWalk
  readonly stop: AbortController
  readonly ended: Promise<void>
}

/** Opens the room's runs. One that the last process left running ended with it, and is said to be interrupted. */
export async function openHistory(options: HistoryOptions): Promise<History> {
  const runs = new HistoryRuns(options)
  await runs.recover()
  return {
    list: () => runs.list(),
    start: (ask, who) => runs.start(ask, who),
    stop: (id) => runs.stop(id),
    resume: (id) => runs.resume(id),
    close: () => runs.close(),
  }
}

class HistoryRuns {
  readonly #options: HistoryOptions
  readonly #settings = historySettings()
  #current: Current | undefined
  #closing = false

  constructor(options: HistoryOptions) {
    this.#options = options
  }

  async recover(): Promise<void> {
    const { records, events } = this.#options.store
    await finishPending({ lane: events.ask, records })
    const row = await runningRun(records)
    if (row === undefined) return
    await this.#tellFed(row)
    await updateRun(records, row.id, { state: 'interrupted', ended: this.#now() })
  }

  async list(): Promise<readonly HistoryRun[]> {
    const rows = await recentRuns(this.#options.store.records)
    return rows.map((row) => this.#shown(row))
  }

  async start(ask: HistoryAsk, who: string): Promise<HistoryRun> {
    const { records } = this.#options.store
    if (Date.parse(ask.from) >= Date.parse(ask.to)) {
      throw new VigieError('BAD_REQUEST', {
        met: `a span from ${ask.from} to ${ask.to}`,
        expected: 'a span that ends after it begins',
      })
    }
    const rules = ask.rules === undefined ? null : [...new Set(ask.rules)]
    checkKnown(this.#options.shelf.current, rules)
    const nowMs = this.#options.clock.nowMs()
    const id = timeOrderedId<'history'>(nowMs)
    const asked = { id, rules, from: ask.from, to: ask.to, by: who }
    return this.#claim(id, async () => {
      await records.insertInto('history_runs').values(newRow(asked, nowMs)).execute()
    })
  }

  async resume(id: string): Promise<HistoryRun> {
    const row = await this.#find(id)
    if (row.state === 'running' || row.state === 'done') return this.#shown(row)
    checkKnown(this.#options.shelf.current, toRun(row).rules)
    return this.#claim(id, async () => {
      const again = { state: 'running', ended: null, problem: 'null' }
      await updateRun(this.#options.store.records, id, again)
    })
  }

  async stop(id: string): Promise<HistoryRun> {
    await this.#find(id)
    if (this.#current?.id === id) {
      this.#current.stop.abort()
      await this.#current.ended
    }
    return this.#shown(await this.#find(id))
  }

  async close(): Promise<void> {
    this.#closing = true
    this.#current?.stop.abort()
    await this.#current?.ended
  }

  /** Marks the run as running, which only one may be, and sets it off. */
  async #claim(id: string, mark: () => Promise<void>): Promise<HistoryRun> {
    const { records, events } = this.#options.store
    await this.#refuseWhenBusy()
    await finishPending({ lane: events.ask, records })
    try {
      await mark()
    } catch (cause) {
      await this.#refuseWhenBusy()
      throw cause
    }
    const row = await this.#find(id)
    this.#launch(row)
    return this.#shown(row)
  }

  async #refuseWhenBusy(): Promise<void> {
    const running = await runningRun(this.#options.store.records)
    if (running === undefined) return
    const { from, to } = toRun(running)
    throw new VigieError('HISTORY_RUN_BUSY', { from, to })
  }

  async #find(id: string): Promise<RunRow> {
    const row = await findRun(this.#options.store.records, id)
    if (row === undefined) throw new VigieError('NOT_FOUND', { what: `The run ${id}` })
    return row
  }

  #launch(row: RunRow): void {
    const stop = new AbortController()
    const { shelf } = this.#options
    const { rules } = toRun(row)
    const book = shelf.current
    const ruleSet = setOf(book, rules)
    const walk = this.#walkOf(row, { book, ruleSet })
    const ended = shelf
      .use(() => this.#run(walk, stop.signal))
      .then(
        (state) => this.#end(row.id, walk, { state, problem: 'null' }),
        (cause: unknown) => this.#end(row.id, walk, { state: 'failed', problem: toldOf(cause) }),
      )
      .finally(async () => {
        await this.#dropOwn(ruleSet)
        this.#current = undefined
      })
    this.#current = { id: row.id, walk, stop, ended }
  }

  /** Pattern lists made for this run alone. */
  async #dropOwn(ruleSet: RuleSet): Promise<void> {
    const { shelf, store } = this.#options
    const { ask } = store.events
    if (patternTable(ruleSet.table) === patternTable(shelf.current.ruleSet.table)) return
    await dropGlances(ask, ruleSet).catch(() => undefined)
    await dropPatterns(ask, ruleSet.table).catch(() => undefined)
  }

  #walkOf(
    row: RunRow,
    { book, ruleSet }: { readonly book: RuleBook; readonly ruleSet: RuleSet },
  ): HistoryWalk {
    const { store, fields, verbatim, clock, isIntakeBehind, onFound, firstSliceEvents } =
      this.#options
    const progress = progressOf(row)
    return new HistoryWalk(
      {
        span: { fromMs: row.span_from.getTime(), toMs: progress.reachedMs },
        lane: store.events.ask,
        rows: ROWS_TABLE,
        ruleSet,
        feeding: feedingFor(book, ruleSet),
        feed: feedOfRun(row),
        fields,
        verbatim,
        settings: this.#settings,
        isIntakeBehind,
        sink: runSink({
          run: row.id,
          lane: store.events.ask,
          records: store.records,
          facts: book.facts,
          clock,
          onFound,
        }),
        ...(firstSliceEvents === undefined ? {} : { firstSliceEvents }),
      },
      progress,
    )
  }

  async #run(walk: HistoryWalk, signal: AbortSignal): Promise<HistoryRun['state']> {
    const { ask } = this.#options.store.events
    await createRows(ask, ROWS_TABLE)
    try {
      const end = await walk.run(signal)
      if (end === 'done') return 'done'
      return this.#closing ? 'interrupted' : 'stopped'
    } finally {
      await dropRows(ask, ROWS_TABLE)
    }
  }

  async #end(
    id: string,
    walk: HistoryWalk,
    change: { readonly state: HistoryRun['state']; readonly problem: string },
  ): Promise<void> {
    const { records } = this.#options.store
    await this.#tellFed(await this.#find(id))
    await updateRun(records, id, { ...toColumns(walk.progress), ...change, ended: this.#now() })
  }

  /** What correlations are made of is looked at once all of it came: half a window could look like a whole one. */
  async #tellFed(row: RunRow): Promise<void> {
    if (this.#options.shelf.current.feeding.rules.size > 0)
      await this.#options.onFed(feedOfRun(row))
  }

  #shown(row: RunRow): HistoryRun {
    const current = this.#current?.id === row.id ? this.#current : undefined
    return current === undefined || row.state !== 'running'
      ? toRun(row)
      : toRun(row, current.walk.progress, current.walk.pace)
  }

  #now(): Date {
    return new Date(this.#options.clock.nowMs())
  }
}
