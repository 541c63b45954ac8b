// One followed file: reads what was added, notices rotation by renaming and by truncating, notes how far it got.

import { readdir, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Intake } from '../intake.ts'
import type { Position } from '../position.ts'
import { CHUNK_BYTES, openToRead } from './chunks.ts'
import { LF } from './framer.ts'
import type { Framer } from './framer.ts'
import { HeadedFramer, contextOf } from './headed-framer.ts'
import { LineFramer } from './line-framer.ts'
import { LineWriter } from './line-writer.ts'
import { beginsAs, fingerprintOf } from './positions.ts'
import type { Positions } from './positions.ts'
import { SNIFF_BYTES, sniffFraming } from './sniff.ts'

export type FollowContext = { readonly intake: Intake; readonly positions: Positions }

/** What is open now. */
type Opened = {
  readonly handle: FileHandle
  readonly inode: number
  /** Bytes read. */
  offset: number
  fingerprint: string
  /** Made when there is something to recognise the layout by. */
  framer: Framer | null
}

/** Read from one file before the others get their turn. */
const MAX_ROUND_BYTES = 16 * 1024 * 1024

export class FollowedFile {
  readonly path: string
  readonly #context: FollowContext
  readonly #writer: LineWriter
  #opened: Opened | null = null
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
    const more = await this.#read(current)
    if (!more && (await this.#isReplaced(current))) {
      // What was written to the old file before the writer turned to the new one is read already.
      current.framer?.end()
      this.#note(current)
      await this.#close()
      return true
    }
    return more
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
    for (const path of await namesakes(this.path)) {
      const facts = await stat(path).catch(() => null)
      if (facts === null || facts.ino !== position.inode || facts.size < position.offset) continue
      const handle = await openToRead(path)
      if (await beginsAs(handle, position.fingerprint)) {
        const { inode, offset, fingerprint } = position
        this.#lines = position.lines
        this.#opened = { handle, inode, offset, fingerprint, framer: null }
        return
      }
      await handle.close()
    }
  }

  async #openCurrent(): Promise<Opened | null> {
    if (this.#opened !== null) return this.#opened
    const handle = await openToRead(this.path).catch(() => null)
    if (handle === null) return null
    const facts = await handle.stat()
    if (!facts.isFile()) {
      await handle.close()
      return null
    }
    const fingerprint = await fingerprintOf(handle)
    this.#lines = 0
    this.#opened = { handle, inode: facts.ino, offset: 0, fingerprint, framer: null }
    return this.#opened
  }

  async #read(opened: Opened): Promise<boolean> {
    await this.#noticeTruncation(opened)
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
    for (let read = 0; read < MAX_ROUND_BYTES;) {
      const { bytesRead } = await opened.handle.read(buffer, 0, CHUNK_BYTES, opened.offset)
      if (bytesRead === 0) return false
      const isTold = opened.framer !== null || opened.offset > 0 || bytesRead >= SNIFF_BYTES
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

  /** Lines; or lines under a header, which is read again where reading begins in the middle. */
  async #framerFor(opened: Opened): Promise<Framer> {
    const head = Buffer.alloc(SNIFF_BYTES)
    const { bytesRead } = await opened.handle.read(head, 0, SNIFF_BYTES, 0)
    const start = head.subarray(0, bytesRead)
    this.#writer.setContext('')
    if (sniffFraming(start) !== 'headed') return new LineFramer(this.#writer.write)
    if (opened.offset > 0) this.#writer.setContext(contextOf(start))
    return new HeadedFramer(this.#writer.write, (context) => this.#writer.setContext(context))
  }

  async #isReplaced(opened: Opened): Promise<boolean> {
    const facts = await stat(this.path).catch(() => null)
    return facts !== null && facts.ino !== opened.inode
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

/** The file, and those beside it whose names begin with its name: `x.log`, `x.log.1`, `x.log-20260314`. */
async function namesakes(path: string): Promise<string[]> {
  const folder = dirname(path)
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => name.startsWith(basename(path))).map((name) => join(folder, name))
}
