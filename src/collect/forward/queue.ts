// One way through a sensor's spool: segments wait in it in order until the station has them.

import { mkdirSync, readFileSync, readdirSync, renameSync, statSync } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { BatchId, Clock } from '../../core/index.ts'
import { timeOfId } from '../../core/index.ts'
import type { SensorQueue } from '../../model/index.ts'
import { recoverSpool, sealedPart } from '../spool/recover.ts'
import { OPEN_PREFIX } from '../spool/segment-file.ts'
import type { ClosedSegment } from '../spool/segment-file.ts'
import { SPOOL_DEFAULTS, Spool } from '../spool/spool.ts'
import type { SpoolOptions } from '../spool/spool.ts'
import type { SavedPositions } from './saved-positions.ts'
import { syncFolder } from './whole-file.ts'

export type WaitingSegment = Pick<ClosedSegment, 'id' | 'file' | 'bytes' | 'marks'>

export type QueueOptions = {
  readonly name: SensorQueue
  readonly folder: string
  readonly quarantine: string
  /** Bytes the queue may hold on disk. */
  readonly limitBytes: number
  readonly positions: SavedPositions
  readonly clock: Clock
  readonly onTrouble: SpoolOptions['onTrouble']
}

/** What a request carries at most, more or less: little enough to send again after a cut. */
const SEGMENT_BYTES = 2 * 1024 * 1024
/** A sensor has little memory; lines wait on disk. */
const PENDING_BYTES = 2 * 1024 * 1024
/** Datagrams that are taken although the queue is full. */
export const OVERRUN_BYTES = 2 * 1024 * 1024
const COMMIT_BYTES = 512 * 1024

export class Queue {
  readonly name: SensorQueue
  readonly spool: Spool
  /** Senders wait beyond it: the open segment, and what is on its way there, come on top. */
  readonly #mostWaitingBytes: number
  readonly #folder: string
  readonly #waiting: WaitingSegment[] = []
  #wake: (() => void)[] = []
  /** As many segments that close next go early: a line may wait in memory while one closes. */
  #early = 0

  private constructor(options: QueueOptions) {
    this.name = options.name
    this.#folder = options.folder
    this.#mostWaitingBytes = options.limitBytes - SEGMENT_BYTES - 2 * PENDING_BYTES - OVERRUN_BYTES
    this.spool = new Spool({
      ...SPOOL_DEFAULTS,
      folder: options.folder,
      clock: options.clock,
      segmentBytes: SEGMENT_BYTES,
      segmentLines: Number.MAX_SAFE_INTEGER,
      maxPendingBytes: PENDING_BYTES,
      commitBytes: COMMIT_BYTES,
      maxWaitingBytes: this.#mostWaitingBytes,
      onMarks: (marks) => options.positions.save(marks),
      onSegment: (segment) => this.#add(segment),
      onTrouble: options.onTrouble,
    })
  }

  /** Opens the folder; what an earlier run left there waits first. */
  static async open(options: QueueOptions): Promise<Queue> {
    mkdirSync(options.folder, { recursive: true })
    await recoverOpen(options)
    const queue = new Queue(options)
    for (const segment of closedIn(options.folder)) {
      queue.spool.adopted(segment)
      queue.#waiting.push(segment)
    }
    return queue
  }

  get head(): WaitingSegment | undefined {
    return this.#waiting[0]
  }

  /** When the oldest line that waits was received, more or less. */
  get oldestMs(): number | null {
    const [first, ...others] = this.#waiting
    if (first === undefined) return null
    const { id } = others.reduce((oldest, one) => (one.id < oldest.id ? one : oldest), first)
    return timeOfId(id).getTime()
  }

  /** How full it is; senders wait from 1 on. */
  get fullShare(): number {
    return this.spool.waitingBytes / this.#mostWaitingBytes
  }

  find(id: string): WaitingSegment | undefined {
    return this.#waiting.find((segment) => segment.id === id)
  }

  /** What was written last is sent before what only waits longer. */
  sendEarly(): void {
    this.#early = 2
  }

  /** A segment whose parts are on their way goes on before any other. */
  lead(id: string): void {
    const at = this.#waiting.findIndex((segment) => segment.id === id)
    if (at > 0) this.#waiting.unshift(...this.#waiting.splice(at, 1))
  }

  /** Resolves when something waits, or after a while. */
  async arrived(atMostMs: number): Promise<void> {
    if (this.#waiting.length > 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, atMostMs)
      this.#wake.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  /** Wakes those that wait for something to arrive. */
  nudge(): void {
    for (const wake of this.#wake.splice(0)) wake()
  }

  /** The station has it: its file goes, on disk as well, before the next one is sent. */
  async release(segment: WaitingSegment): Promise<void> {
    await unlink(segment.file).catch(ignoreAbsent)
    await syncFolder(this.#folder)
    this.#waiting.splice(this.#waiting.indexOf(segment), 1)
    this.spool.released(segment)
  }

  #add(segment: WaitingSegment): void {
    if (this.#early === 0) this.#waiting.push(segment)
    else this.#addEarly(segment)
    this.nudge()
  }

  /** Behind others that go early, and never before the one that may be on its way. Its name says so after a restart. */
  #addEarly(segment: WaitingSegment): void {
    this.#early -= 1
    const file = segment.file.replace(/\.rb$/, EARLY_END)
    renameSync(segment.file, file)
    const early = this.#waiting.findLastIndex((one) => one.file.endsWith(EARLY_END))
    this.#waiting.splice(Math.max(early + 1, 1), 0, { ...segment, file })
  }
}

const EARLY_END = '.early.rb'

function ignoreAbsent(thrown: unknown): void {
  if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown
}

/** A segment that was being written: its positions are saved before it gets its final name, as in a run that ends well. */
async function recoverOpen({ folder, quarantine, positions }: QueueOptions): Promise<void> {
  const isOpen = (name: string) => name.startsWith(OPEN_PREFIX)
  const marks = readdirSync(folder)
    .filter((name) => isOpen(name) && name.endsWith('.rb'))
    .flatMap((name) => sealedPart(readFileSync(join(folder, name))).marks)
  if (marks.length > 0) await positions.save(marks)
  recoverSpool(folder, quarantine, isOpen)
}

/** Those that go early first, each in the order they were made. Their content is checked when it is sent: there may be a month of it. */
function closedIn(folder: string): readonly WaitingSegment[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.rb') && !name.startsWith(OPEN_PREFIX))
    .toSorted(
      (a, b) => Number(b.endsWith(EARLY_END)) - Number(a.endsWith(EARLY_END)) || (a < b ? -1 : 1),
    )
    .map((name) => {
      const file = join(folder, name)
      const id = basename(basename(name, '.rb'), '.early') as BatchId // schema edge: the name that this room gave the file
      return { id, file, bytes: statSync(file).size, marks: [] }
    })
}
