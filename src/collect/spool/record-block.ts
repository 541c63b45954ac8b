// A block of records in memory, filled by copying. The hottest code of the station: one call for each line received.

import { RECORD_HEAD_BYTES, varintBytes, writeVarint } from './record.ts'

export const BLOCK_BYTES = 1024 * 1024

export class RecordBlock {
  readonly #buffer: Buffer
  #length = 0

  constructor(bytes = BLOCK_BYTES) {
    this.#buffer = Buffer.allocUnsafeSlow(Math.max(bytes, BLOCK_BYTES))
  }

  /** Appends one record; false when it does not fit. `receivedLow/High` are the two halves of UTC milliseconds. */
  append(
    line: number,
    nowMs: number,
    origin: Buffer,
    bytes: Buffer,
    start: number,
    end: number,
  ): boolean {
    const raw = end - start
    const buffer = this.#buffer
    let at = this.#length
    if (at + RECORD_HEAD_BYTES + origin.length + 5 + raw > buffer.length) return false
    buffer.writeUInt32LE(line, at)
    buffer.writeUInt32LE(nowMs % 4_294_967_296, at + 4)
    buffer.writeUInt32LE(Math.floor(nowMs / 4_294_967_296), at + 8)
    origin.copy(buffer, at + RECORD_HEAD_BYTES)
    at = writeVarint(buffer, raw, at + RECORD_HEAD_BYTES + origin.length)
    bytes.copy(buffer, at, start, end)
    this.#length = at + raw
    return true
  }

  get length(): number {
    return this.#length
  }

  /** Ready to be filled again, once what was appended is on disk. */
  clear(): void {
    this.#length = 0
  }

  get isUsual(): boolean {
    return this.#buffer.length === BLOCK_BYTES
  }

  /** What was appended, as it goes to disk: a view, valid until `clear()`. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }
}

/** Room that a record of this many bytes needs. */
export function recordBytes(origin: Buffer, raw: number): number {
  return RECORD_HEAD_BYTES + origin.length + varintBytes(raw) + raw
}
