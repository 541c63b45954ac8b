// Takes closed segments one after another and stores them, one for each intake lane at a time.

import { unlink } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineLane } from '../../store/index.ts'
import type { ClosedSegment } from '../spool/segment-file.ts'
import { createBatchTables } from './batch-tables.ts'
import type { BatchTables } from './batch-tables.ts'
import { storeBatch } from './store-batch.ts'
import type { NotStored, StoreBatch, StoredBatch } from './store-batch.ts'
import { Turns } from './turns.ts'

export type LoaderOptions = Omit<StoreBatch, 'lane' | 'tables' | 'forced' | 'again'> & {
  readonly lanes: readonly EngineLane[]
  /** Keeps stations that share one server apart; letters and digits. */
  readonly owner: string
  /** Sources whose parser an operator fixed; asked anew for each batch. */
  readonly forced: () => ReadonlyMap<string, string>
  /** The segment is rows now, and its file is gone. */
  readonly onStored: (segment: ClosedSegment, stored: StoredBatch | NotStored) => void
  /** A segment could not be stored, not even alone, and is tried again. */
  readonly onTrouble: (segment: ClosedSegment, cause: unknown) => void
}

const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 30_000

export class Loader {
  readonly #options: LoaderOptions
  readonly #queue: ClosedSegment[] = []
  /** Segments that a store was tried for, in this run or the one before. */
  readonly #tried = new WeakSet<ClosedSegment>()
  readonly #workers: Promise<void>[] = []
  #wake: (() => void)[] = []
  #idleWaiters: (() => void)[] = []
  readonly #turns = new Turns()
  #working = 0
  #stopping = false

  constructor(options: LoaderOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    const tables = await Promise.all(
      this.#options.lanes.map((lane, at) => createBatchTables(lane, { ...this.#options, at })),
    )
    this.#options.lanes.forEach((lane, at) => {
      const own = tables[at]
      if (own !== undefined) this.#workers.push(this.#work(lane, own))
    })
  }

  add(segment: ClosedSegment): void {
    this.#queue.push(segment)
    this.#wake.shift()?.()
  }

  /** A segment that an earlier run left behind, stored or not. */
  addAgain(segment: ClosedSegment): void {
    this.#tried.add(segment)
    this.add(segment)
  }

  /** Resolves when nothing waits and nothing is being stored. */
  idle(): Promise<void> {
    if (this.#queue.length === 0 && this.#working === 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#idleWaiters.push(resolve)
    })
  }

  /** Lets what is being stored end; what waits stays in the spool for the next start. */
  async stop(): Promise<void> {
    this.#stopping = true
    for (const wake of this.#wake) wake()
    await Promise.all(this.#workers)
  }

  async #work(lane: EngineLane, tables: BatchTables): Promise<void> {
    while (!this.#stopping) {
      const segment = this.#queue.shift()
      if (segment === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake.push(resolve)
        })
        continue
      }
      this.#working += 1
      await this.#storeUntilDone(segment, lane, tables)
      this.#working -= 1
      this.#tellIdle()
    }
  }

  #tellIdle(): void {
    if (this.#queue.length > 0 || this.#working > 0) return
    const waiters = this.#idleWaiters
    this.#idleWaiters = []
    for (const tell of waiters) tell()
  }

  /** A second try is made alone: what fails beside another batch is mostly short of memory. */
  async #storeUntilDone(
    segment: ClosedSegment,
    lane: EngineLane,
    tables: BatchTables,
  ): Promise<void> {
    const store = () => this.#store(segment, lane, tables)
    for (let tries = 0; !this.#stopping; tries += 1) {
      try {
        const stored = await (tries === 0 ? this.#turns.beside(store) : this.#turns.alone(store))
        await unlink(segment.file)
        this.#options.onStored(segment, stored)
        return
      } catch (cause) {
        if (tries > 0) this.#options.onTrouble(segment, cause)
        await sleep(Math.min(FIRST_RETRY_MS * 2 ** tries, LAST_RETRY_MS))
      }
    }
  }

  #store(
    segment: ClosedSegment,
    lane: EngineLane,
    tables: BatchTables,
  ): Promise<StoredBatch | NotStored> {
    const again = this.#tried.has(segment)
    this.#tried.add(segment)
    const forced = this.#options.forced()
    return storeBatch({ ...this.#options, lane, tables, forced, again }, segment)
  }
}
