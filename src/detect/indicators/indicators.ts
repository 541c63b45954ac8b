// The station's indicators: lists come and go, new rows are matched, stored ones searched for what arrived.

import type { Readable } from 'node:stream'
import { VigieError } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type {
  ImportAsk,
  Imported,
  Indicator,
  IndicatorKind,
  IndicatorList,
} from '../../model/index.ts'
import type { Store } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import { Breaker } from '../breaker.ts'
import { metOfList, valuesOfList } from './by-reference.ts'
import type { ValueState } from './by-reference.ts'
import type { Unusable } from './entry.ts'
import { endOlder, importList } from './import-list.ts'
import type { ImportCounts } from './import-list.ts'
import { judgeBatch } from './judge-batch.ts'
import type { BatchRows, Sighted } from './judge-batch.ts'
import { findIndicators, listLists, searchIndicators } from './lists.ts'
import type { Search } from './lists.ts'
import { normalise } from './normalise.ts'
import { NOTHING_PRESENT, readPresent, readVersion } from './present.ts'
import { loadWarnings } from './warning-lists.ts'

export type IndicatorOptions = {
  readonly store: Pick<Store, 'events' | 'records'>
  readonly clock: Clock
  /** Folder of warning lists. */
  readonly warnings: string
  /** Folder for files that last as long as an import. */
  readonly folder: string
}

/** What arrived with an import, for a search of stored events. */
export type Arrived = { readonly list: string; readonly version: number }

export type Indicators = {
  readonly judgeBatch: (rows: BatchRows) => Promise<Sighted>
  /** Imports one after another. Throws BAD_REQUEST. */
  readonly importList: (
    bytes: AsyncIterable<Uint8Array> | Readable,
    ask: ImportAsk,
    who: string,
    /** Objects that come in place of their former versions: what else the list holds of them ends. */
    renewed?: readonly string[],
  ) => Promise<Omit<Imported, 'search'> & { readonly arrived: Arrived }>
  readonly lists: () => Promise<readonly IndicatorList[]>
  readonly search: (search: Search) => Promise<{
    readonly indicators: readonly Indicator[]
    readonly more: boolean
  }>
  /** Of one list: the values of these objects. */
  readonly valuesOf: (
    list: string,
    wanted: { readonly references: readonly string[]; readonly keys: readonly string[] },
  ) => Promise<readonly ValueState[]>
  /** Of one list: every value that was ever met. */
  readonly metOf: (list: string) => Promise<readonly ValueState[]>
  /** Every kind that the value is kept as. */
  readonly find: (value: string) => Promise<readonly Indicator[]>
  /** Whether a warning list holds the value: too common to say anything. */
  readonly isWarned: (kind: IndicatorKind, key: string) => boolean
  /** Throws NOT_FOUND. */
  readonly remove: (list: string) => Promise<void>
  /** Reads anew what kinds there are. */
  readonly refresh: () => Promise<void>
  readonly present: () => ReturnType<typeof readPresent>
}

/** Opens the room. A table without indicators costs a batch nothing. */
export async function openIndicators(options: IndicatorOptions): Promise<Indicators> {
  const room = new Room(options)
  await room.open()
  return {
    judgeBatch: (rows) => room.judge(rows),
    importList: (bytes, ask, who, renewed) =>
      room.inTurn(() => room.import(bytes, { ask, who, renewed })),
    valuesOf: (list, wanted) => valuesOfList(room.stores, list, wanted),
    metOf: (list) => metOfList(room.stores, list),
    lists: () => listLists(room.stores),
    search: (search) => searchIndicators(room.stores, search),
    find: (value) => {
      const read = normalise(value)
      const keys = [value.trim().toLowerCase(), ...(read.ok ? [read.key] : [])]
      return findIndicators(room.stores, [...new Set(keys)])
    },
    isWarned: (kind, key) => room.isWarned(kind, key),
    remove: (list) => room.inTurn(() => room.remove(list)),
    refresh: () => room.refresh(),
    present: () => room.present(),
  }
}

type Importing = {
  readonly ask: ImportAsk
  readonly who: string
  readonly renewed?: readonly string[] | undefined
}

class Room {
  readonly #options: IndicatorOptions
  readonly #breaker = new Breaker()
  readonly #warnings
  #present = NOTHING_PRESENT
  #version = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: IndicatorOptions) {
    this.#options = options
    this.#warnings = loadWarnings(options.warnings)
  }

  get stores() {
    const { store, clock } = this.#options
    return { lane: store.events.ask, records: store.records, nowMs: clock.nowMs() }
  }

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  async open(): Promise<void> {
    this.#version = await readVersion(this.stores.lane)
    await this.refresh()
  }

  async refresh(): Promise<void> {
    this.#present = await this.present()
  }

  present() {
    const { lane, nowMs } = this.stores
    return readPresent(lane, nowMs)
  }

  isWarned(kind: IndicatorKind, key: string): boolean {
    return this.#warnings(kind, key) !== ''
  }

  judge(rows: BatchRows): Promise<Sighted> {
    const { clock } = this.#options
    return judgeBatch(rows, { present: this.#present, breaker: this.#breaker, clock })
  }

  async import(bytes: AsyncIterable<Uint8Array>, { ask, who, renewed = [] }: Importing) {
    const version = this.#nextVersion()
    const { lane, nowMs } = this.stores
    const { folder } = this.#options
    const request = { lane, folder, bytes, ask, version, nowMs, warnings: this.#warnings }
    // Noted first: what an upload that breaks off has brought can be seen and removed.
    await this.#note({ format: 'lines', marking: ask.marking, refused: 0 }, ask, who)
    try {
      const counts = await importList(request)
      if (renewed.length > 0) await endOlder({ lane, ask, version, nowMs, references: renewed })
      const list = await this.#record(counts, ask, who)
      const { read, kept, warned, refused, problems } = counts
      const arrived = { list: ask.list, version }
      return { list, read, kept, warned, refused, problems: problems.map(told), arrived }
    } finally {
      await this.refresh()
    }
  }

  async #record(counts: ImportCounts, ask: ImportAsk, who: string): Promise<IndicatorList> {
    await this.#note(counts, ask, who)
    const list = (await listLists(this.stores)).find(({ name }) => name === ask.list)
    if (list === undefined) throw new VigieError('NOT_FOUND', { what: ask.list })
    return list
  }

  async #note(
    { format, marking, refused }: Pick<ImportCounts, 'format' | 'marking' | 'refused'>,
    ask: ImportAsk,
    who: string,
  ): Promise<void> {
    const { records, nowMs } = this.stores
    const row = {
      format,
      marking,
      confidence: ask.confidence,
      updated: new Date(nowMs),
      updated_by: who,
      refused,
    }
    await records
      .insertInto('indicator_lists')
      .values({ name: ask.list, ...row })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
      .execute()
  }

  async remove(list: string): Promise<void> {
    const { records, lane, nowMs } = this.stores
    const known = await records
      .selectFrom('indicator_lists')
      .select('name')
      .where('name', '=', list)
      .executeTakeFirst()
    if (known === undefined) throw new VigieError('NOT_FOUND', { what: list })
    await endOlder({ lane, ask: { list }, version: this.#nextVersion(), nowMs })
    await records.deleteFrom('indicator_lists').where('name', '=', list).execute()
    await this.refresh()
  }

  #nextVersion(): number {
    this.#version = Math.max(this.#options.clock.nowMs(), this.#version + 1)
    return this.#version
  }
}

function told({ line, value, reason }: Unusable): Imported['problems'][number] {
  const say = (language: 'en' | 'fr') => wordsOf(language).indicators.refused[reason]
  return { line, value, reason: { en: say('en'), fr: say('fr') } }
}
