// One followed file: reads what was added, notices rotation by renaming and by truncating, notes how far it got.

import { stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { Intake } from '../intake.ts'
import type { Position } from '../position.ts'
import { CHUNK_BYTES, openToRead } from './chunks.ts'
import { DetailFramer } from './detail-framer.ts'
import { LF } from './framer.ts'
import type { Framer } from './framer.ts'
import { HeadedFramer, contextOf } from './headed-framer.ts'
import { LineFramer } from './line-framer.ts'
import { LineWriter } from './line-writer.ts'
import { beginsAs, fingerprintOf } from './positions.ts'
import type { Positions } from './positions.ts'
import { findByPosition, openNextRotated } from './rotated-files.ts'
import { SNIFF_BYTES, tableHeadOf, sniffFraming } from './sniff.ts'
import { TableFramer } from './table-framer.ts'

export type FollowContext = {
  readonly intake: Intake
  readonly positions: Positions
  /** How long a file whose name is another's now must have been still before it is left. */
  readonly leaveAfterMs?: number
}

/** What is open now. */
type Opened = {
  readonly handle: FileHandle
  readonly inode: number
  /** Bytes read. */
  offset: number
  fingerprint: string
  /** Made when there is something to recognise the layout by. */
  framer: Framer | null
  /** Since when its name is another file's and nothing came any more. */
  stillSinceMs: number | null
}

/** Writers keep a renamed file open until they are told: what they still write there is read first. */
const LEAVE_AFTER_MS = 1000

const REMEMBERED = 16

/** Read from one file before the others get their turn. */
const MAX_ROUND_BYTES = 16 * 1024 * 1024

export class FollowedFile {
  readonly path: string
  readonly #context: FollowContext
  readonly #writer: LineWriter
  #opened: Opened | null = null
  /** How the files began that were read to their end, newest first. */
  #left: readonly string[] = []
  #isResumed = false
  #lines = 0
  #seq = 0

  constructor(path: string, context: FollowContext) {
    this.path = path
    this.#context = context
    this.#writer = new LineWriter(context.intake, { kind: 'file', source: `file${path}` })
  }

  /** Reads what there is, up to a bound. True when there is more. Throws what the file system and the intake throw. */
  async poll(): Promise<boolean> {
    await this.#resume()
    const current = await this.#openCurrent()
    if (current === null) return false
    const offset = current.offset
    const more = await this.#read(current)
    if (current.offset > offset) current.stillSinceMs = null
    if (more || !(await this.#isLeft(current))) return more
    current.framer?.end()
    this.#note(current)
    await this.#turnFrom(current)
    return true
  }

  async close(): Promise<void> {
    await this.#close()
  }

  /** Once: finishes a file that was renamed while nobody followed it. */
  async #resume(): Promise<void> {
    if (this.#isResumed) return
    const position = await this.#context.positions.get(this.path)
    this.#seq = position?.seq ?? 0
    if (position !== null) await this.#openAt(position)
    this.#isResumed = true
  }

  async #openAt(position: Position): Promise<void> {
    const handle = await findByPosition(this.path, position)
    if (handle === null) return
    this.#lines = position.lines
    const { inode, offset, fingerprint } = position
    this.#opened = { handle, inode, offset, fingerprint, framer: null, stillSinceMs: null }
  }

  async #openCurrent(): Promise<Opened | null> {
    if (this.#opened !== null) return this.#opened
    const handle = await openToRead(this.path).catch(() => null)
    return handle === null ? null : this.#begin(handle)
  }

  async #begin(handle: FileHandle): Promise<Opened | null> {
    const facts = await handle.stat()
    if (!facts.isFile()) {
      await handle.close()
      return null
    }
    const fingerprint = await fingerprintOf(handle)
    this.#lines = 0
    const inode = facts.ino
    this.#opened = { handle, inode, offset: 0, fingerprint, framer: null, stillSinceMs: null }
    return this.#opened
  }

  /** To the file that was written after this one: one that was rotated as well by now, or the one of the name. */
  async #turnFrom({ handle, fingerprint }: Opened): Promise<void> {
    this.#left = [fingerprint, ...this.#left].slice(0, REMEMBERED)
    const next = await openNextRotated(this.path, { handle, read: new Set(this.#left) })
    await this.#close()
    if (next !== null) await this.#begin(next)
  }

  async #read(opened: Opened): Promise<boolean> {
    await this.#noticeTruncation(opened)
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
    for (let read = 0; read < MAX_ROUND_BYTES;) {
      const { bytesRead } = await opened.handle.read(buffer, 0, CHUNK_BYTES, opened.offset)
      if (bytesRead === 0) return false
      const isTold =
        opened.framer !== null ||
        opened.offset > 0 ||
        bytesRead >= SNIFF_BYTES ||
        opened.stillSinceMs !== null
      if (!isTold && !buffer.subarray(0, bytesRead).includes(LF)) return false
      opened.framer ??= await this.#framerFor(opened)
      opened.framer.push(buffer.subarray(0, bytesRead))
      opened.offset += bytesRead
      this.#note(opened)
      read += bytesRead
      if (!this.#writer.isWilling()) await this.#context.intake.drained()
    }
    return true
  }

  /** Copied and truncated: the same file begins anew. What was held of its last line is a line. */
  async #noticeTruncation(opened: Opened): Promise<void> {
    const { size } = await opened.handle.stat()
    const isSame = size >= opened.offset && (await beginsAs(opened.handle, opened.fingerprint))
    if (!isSame) {
      opened.framer?.end()
      opened.framer = null
      opened.offset = 0
      this.#note(opened)
      this.#writer.setContext('')
    }
    opened.fingerprint = await fingerprintOf(opened.handle)
  }

  /** Lines; or lines under a header, which is looked at again where reading begins in the middle. */
  async #framerFor(opened: Opened): Promise<Framer> {
    const head = Buffer.alloc(SNIFF_BYTES)
    const { bytesRead } = await opened.handle.read(head, 0, SNIFF_BYTES, 0)
    const start = head.subarray(0, bytesRead)
    this.#writer.setContext('')
    const { write } = this.#writer
    const framing = sniffFraming(start)
    const isMiddle = opened.offset > 0
    const onContext = (context: string) => this.#writer.setContext(context)
    const table = framing === 'table' ? tableHeadOf(start) : undefined
    if (table !== undefined) return new TableFramer(write, onContext, table, isMiddle)
    if (framing === 'detail') return new DetailFramer(write)
    if (framing !== 'headed') return new LineFramer(write)
    if (isMiddle) onContext(contextOf(start))
    return new HeadedFramer(write, onContext)
  }

  /** Whether the name is another file's, and has been for so long that nobody writes to this one any more. */
  async #isLeft(opened: Opened): Promise<boolean> {
    const facts = await stat(this.path).catch(() => null)
    if (facts === null || facts.ino === opened.inode) {
      opened.stillSinceMs = null
      return false
    }
    const nowMs = performance.now()
    opened.stillSinceMs ??= nowMs
    return nowMs - opened.stillSinceMs >= (this.#context.leaveAfterMs ?? LEAVE_AFTER_MS)
  }

  /** Said in one go with the writing of the lines. */
  #note({ inode, offset, fingerprint, framer }: Opened): void {
    this.#lines += this.#writer.takeCounts().lines
    this.#seq += 1
    this.#context.intake.note(this.path, {
      inode,
      fingerprint,
      offset: offset - (framer?.heldBytes ?? 0),
      lines: this.#lines,
      done: false,
      seq: this.#seq,
    })
  }

  async #close(): Promise<void> {
    await this.#opened?.handle.close()
    this.#opened = null
  }
}
