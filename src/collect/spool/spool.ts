// Every line waits here between being taken and being a row. What was acknowledged is on disk; what is on disk is loaded
// once. One segment is open at a time and becomes one batch.

import { setTimeout as sleep } from 'node:timers/promises'
import { timeOrderedId } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { Intake, OriginHandle } from '../intake.ts'
import type { Mark, Position } from '../position.ts'
import { Backlog } from './backlog.ts'
import { PendingLines } from './pending-lines.ts'
import { ReadMarks } from './read-marks.ts'
import { encodeMark, encodeOrigin } from './record.ts'
import { SegmentFile } from './segment-file.ts'
import type { ClosedSegment } from './segment-file.ts'

export type SpoolOptions = {
  readonly folder: string
  readonly clock: Clock
  /** Sync to disk before acknowledging. Off for a scan, whose input is still there after a crash. */
  readonly durable: boolean
  /** A segment is closed at this many lines or bytes, or as many milliseconds after its first line and the batch before it. */
  readonly segmentLines: number
  readonly segmentBytes: number
  readonly segmentMs: number
  /** Readers wait while this many closed bytes are not loaded yet. */
  readonly maxWaitingBytes: number
  /** Lines in memory that are not on disk yet, at most, before readers are asked to wait. */
  readonly maxPendingBytes: number
  /** Bytes in memory that are worth a commit of their own. */
  readonly commitBytes: number
  /** How far files were read, once it is on disk with the lines and before the segment gets its final name. */
  readonly onMarks?: (marks: readonly Mark[]) => Promise<void>
  readonly onSegment: (segment: ClosedSegment) => void
  /** The disk refuses; called again with null when it takes lines again. */
  readonly onTrouble: (cause: unknown) => void
}

export const SPOOL_DEFAULTS = {
  durable: true,
  segmentLines: 50_000,
  segmentBytes: 32 * 1024 * 1024,
  segmentMs: 500,
  maxWaitingBytes: 4 * 1024 * 1024 * 1024,
  maxPendingBytes: 16 * 1024 * 1024,
  commitBytes: 4 * 1024 * 1024,
} as const

const RETRY_MS = 500

export class Spool implements Intake {
  readonly #options: SpoolOptions
  readonly #pending: PendingLines
  #line = 0
  #segment: SegmentFile | undefined
  #segmentSince = 0
  #segmentRecords = 0
  #committedLines = 0
  readonly #marks = new ReadMarks()
  #segmentMarks = new Map<string, Mark>()
  #rotateNow = false
  readonly #backlog: Backlog
  #committing: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #soon: NodeJS.Immediate | undefined
  #trouble = false
  #closed = false
  #drainWaiters: (() => void)[] = []

  constructor(options: SpoolOptions) {
    this.#options = options
    this.#backlog = new Backlog(options.segmentMs)
    this.#pending = new PendingLines(options.maxPendingBytes)
  }

  readonly open: Intake['open'] = (origin) => ({
    origin,
    encoded: encodeOrigin(origin.source, origin.context),
  })

  readonly write: Intake['write'] = (from, bytes, start, end) =>
    this.writeReceived(from, this.#options.clock.nowMs(), bytes, start, end)

  /** As `write`, of a line that was received elsewhere, at another time. */
  writeReceived(
    from: OriginHandle,
    receivedMs: number,
    bytes: Buffer,
    start: number,
    end: number,
  ): boolean {
    this.#pending.append(this.#line, receivedMs, from.encoded, bytes, start, end)
    if (this.#pending.fullBytes >= this.#options.commitBytes) this.#commitSoon()
    this.#line += 1
    this.#commitLater()
    return !this.#isFull()
  }

  readonly note: Intake['note'] = (path, position) => {
    this.#marks.note(path, position)
    this.#commitLater()
  }

  /** How far a file was read, as far as it waits here; the records know of the rest. */
  noted(path: string): Position | undefined {
    return this.#marks.get(path)
  }

  readonly drained = (): Promise<void> => {
    if (!this.#isFull()) return Promise.resolve()
    void this.#startCommit()
    return new Promise((resolve) => {
      this.#drainWaiters.push(resolve)
    })
  }

  readonly synced = async (): Promise<void> => {
    // A commit under way may have started before the caller's last line, so it is waited for and followed by another.
    if (this.#committing !== undefined) await this.#committing
    if (this.#isPending()) await this.#startCommit()
  }

  /** Told by the loader that a segment is rows now and its file is gone. */
  released({ bytes, marks }: Pick<ClosedSegment, 'bytes' | 'marks'>): void {
    this.#backlog.release(bytes)
    this.#marks.stored(marks)
    this.#wakeWhenDrained()
  }

  /** Told of a segment that an earlier run left behind. */
  adopted({ bytes, marks }: Pick<ClosedSegment, 'bytes' | 'marks'>): void {
    this.#backlog.add(bytes)
    this.#marks.adopt(marks)
  }

  /** Bytes that a crash of the machine would lose: received, not yet on disk. */
  get atRiskBytes(): number {
    return this.#pending.bytes
  }

  /** Bytes on disk that are not rows yet. */
  get waitingBytes(): number {
    return this.#backlog.bytes
  }

  /** Puts everything on disk and closes the open segment. */
  async close(): Promise<void> {
    await this.flush()
    this.#closed = true
    clearTimeout(this.#timer)
    clearImmediate(this.#soon)
  }

  /** Closes the open segment now, so that what was written becomes rows without waiting. */
  async flush(): Promise<void> {
    await this.synced()
    this.#rotateNow = true
    await this.#startCommit()
  }

  #commitLater(): void {
    if (this.#timer !== undefined || this.#committing !== undefined) return
    this.#timer = setTimeout(() => void this.#startCommit(), COMMIT_AFTER_MS)
  }

  /** Never at once: a reader in the middle of its lines has not noted how far it is. */
  #commitSoon(): void {
    this.#soon ??= setImmediate(() => {
      this.#soon = undefined
      void this.#startCommit()
    })
  }

  #isPending(): boolean {
    return this.#pending.bytes > 0 || this.#marks.isChanged
  }

  #isFull(): boolean {
    return (
      this.#trouble ||
      this.#pending.bytes > this.#options.maxPendingBytes ||
      this.#backlog.bytes > this.#options.maxWaitingBytes
    )
  }

  #wakeWhenDrained(): void {
    if (this.#isFull()) return
    const waiters = this.#drainWaiters
    this.#drainWaiters = []
    for (const wake of waiters) wake()
  }

  #startCommit(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#committing ??= this.#commit().finally(() => {
      this.#committing = undefined
      this.#wakeWhenDrained()
      if (this.#isPending() || this.#segment !== undefined) this.#scheduleNext()
    })
    return this.#committing
  }

  #scheduleNext(): void {
    if (this.#closed || this.#timer !== undefined) return
    this.#timer = setTimeout(
      () => void this.#startCommit(),
      this.#pending.fullBytes >= this.#options.commitBytes ? 0 : COMMIT_AFTER_MS,
    )
  }

  async #commit(): Promise<void> {
    const blocks = this.#pending.take()
    const records = this.#line
    const marks = this.#marks.take()
    if (blocks.length > 0 || marks.length > 0) {
      await this.#persist([...blocks.map((block) => block.bytes()), ...marks.map(encodeMark)])
      for (const mark of marks) this.#segmentMarks.set(mark.path, mark)
      this.#pending.written(blocks)
      this.#segmentRecords += records - this.#committedLines
      this.#committedLines = records
    }
    if (this.#rotateNow || this.#isSegmentDone()) await this.#rotate()
  }

  async #persist(blocks: readonly Buffer[]): Promise<void> {
    await this.#untilTaken(async () => {
      this.#segment ??= await this.#newSegment()
      await this.#segment.append(blocks, this.#options.durable)
    })
  }

  /** Again until the disk takes it: what was received is not given up because the disk is full. */
  async #untilTaken(write: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        await write()
        if (this.#trouble) this.#options.onTrouble(null)
        this.#trouble = false
        return
      } catch (cause) {
        if (!this.#trouble) this.#options.onTrouble(cause)
        this.#trouble = true
        await sleep(RETRY_MS)
      }
    }
  }

  /** Tried until it succeeds: a closed segment's positions are never only in it. */
  async #hand(marks: readonly Mark[]): Promise<void> {
    const { onMarks } = this.#options
    if (onMarks === undefined || marks.length === 0) return
    await this.#untilTaken(() => onMarks(marks))
  }

  async #newSegment(): Promise<SegmentFile> {
    const nowMs = this.#options.clock.nowMs()
    this.#segmentSince = nowMs
    return SegmentFile.create(this.#options.folder, timeOrderedId(nowMs))
  }

  #isSegmentDone(): boolean {
    const { segmentLines, segmentBytes, clock } = this.#options
    if (this.#segment === undefined) return false
    return (
      this.#segmentRecords >= segmentLines ||
      this.#segment.bytes >= segmentBytes ||
      this.#backlog.isTimeFor(this.#segmentRecords, this.#segmentSince, clock.nowMs())
    )
  }

  async #rotate(): Promise<void> {
    this.#rotateNow = false
    const segment = this.#segment
    if (segment === undefined) return
    this.#segment = undefined
    const marks = [...this.#segmentMarks.values()]
    await this.#hand(marks)
    const closed = await segment.close(this.#segmentRecords, marks)
    this.#segmentRecords = 0
    this.#segmentMarks = new Map()
    // Numbers need only be apart within a segment, so they start again when nothing is between two segments.
    if (this.#pending.bytes === 0) {
      this.#line = 0
      this.#committedLines = 0
    }
    this.#backlog.add(closed.bytes)
    this.#options.onSegment(closed)
  }
}

/** How long a line may wait for company before it is synced. */
const COMMIT_AFTER_MS = 50
