// The file of one segment while it is written: append, seal, sync, close under its final name.

import { createHash } from 'node:crypto'
import { open, rename } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { BatchId } from '../../core/index.ts'
import type { Mark } from '../position.ts'
import { RECORD_HEAD_BYTES, encodeOrigin } from './record.ts'

export type ClosedSegment = {
  readonly id: BatchId
  readonly file: string
  readonly bytes: number
  readonly records: number
  /** How far files were read, the newest of each. */
  readonly marks: readonly Mark[]
  /** Of the whole file. Absent when the segment was recovered and is digested again. */
  readonly sha256: string
}

/** A segment that is still written has this in front of its name. */
export const OPEN_PREFIX = 'open-'

export class SegmentFile {
  readonly id: BatchId
  readonly #folder: string
  readonly #handle: FileHandle
  readonly #digest = createHash('sha256')
  /** Bytes that are sealed and synced. */
  #bytes = 0

  private constructor(id: BatchId, folder: string, handle: FileHandle) {
    this.id = id
    this.#folder = folder
    this.#handle = handle
  }

  static async create(folder: string, id: BatchId): Promise<SegmentFile> {
    const handle = await open(join(folder, `${OPEN_PREFIX}${id}.rb`), 'wx')
    return new SegmentFile(id, folder, handle)
  }

  /**
   * Appends blocks and the seal over them, then syncs when asked. When the disk refuses, what was written of them is
   * cut off again, so that the same blocks may be given once more.
   */
  async append(blocks: readonly Buffer[], sync: boolean): Promise<void> {
    const sealed = [...blocks, seal(blocks)]
    const bytes = sealed.reduce((sum, { length }) => sum + length, 0)
    try {
      await writeAll(this.#handle, sealed, this.#bytes)
      if (sync) await this.#handle.datasync()
    } catch (cause) {
      await this.#handle.truncate(this.#bytes).catch(() => undefined)
      throw cause
    }
    for (const block of sealed) this.#digest.update(block)
    this.#bytes += bytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Gives the file its final name. Nothing may be appended afterwards. */
  async close(records: number, marks: readonly Mark[]): Promise<ClosedSegment> {
    await this.#handle.close()
    const file = join(this.#folder, `${this.id}.rb`)
    await rename(join(this.#folder, `${OPEN_PREFIX}${this.id}.rb`), file)
    const sha256 = this.#digest.digest('hex')
    return { id: this.id, file, bytes: this.#bytes, records, marks, sha256 }
  }
}

async function writeAll(
  handle: FileHandle,
  blocks: readonly Buffer[],
  position: number,
): Promise<void> {
  let at = position
  for (const block of blocks) {
    let done = 0
    while (done < block.length) {
      const { bytesWritten } = await handle.write(block, done, block.length - done, at)
      done += bytesWritten
      at += bytesWritten
    }
  }
}

const SEAL_ORIGIN = encodeOrigin('', '')
const SEAL_RAW_BYTES = 8
export const SEAL_BYTES = RECORD_HEAD_BYTES + SEAL_ORIGIN.length + 1 + SEAL_RAW_BYTES

/** A record whose source is empty and whose line is the checksum and the length of the blocks before it. */
export function seal(blocks: readonly Buffer[]): Buffer {
  const record = Buffer.alloc(SEAL_BYTES)
  SEAL_ORIGIN.copy(record, RECORD_HEAD_BYTES)
  const raw = SEAL_BYTES - SEAL_RAW_BYTES
  record[raw - 1] = SEAL_RAW_BYTES
  record.writeUInt32LE(
    blocks.reduce((sum, block) => crc32(block, sum), 0),
    raw,
  )
  record.writeUInt32LE(
    blocks.reduce((sum, { length }) => sum + length, 0),
    raw + 4,
  )
  return record
}
