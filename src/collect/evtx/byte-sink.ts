// A growing buffer that JSON is written into. Its length is set back to take away what was written too early.

import { Damaged } from './damage.ts'

const OPEN_OBJECT = 0x7b
const OPEN_ARRAY = 0x5b
const LONGEST_COPIED_BY_HAND = 32
/** Constants are copied eight bytes at a time: what is written past their end is overwritten by what follows. */
export const SPARE_BYTES = 8

export class ByteSink {
  bytes: Buffer<ArrayBuffer>
  /** The same bytes, for several at a time at any offset. */
  view: DataView
  length = 0
  /** Writing past it is damage: someone made a small record that expands without end. */
  limit = Number.POSITIVE_INFINITY

  constructor(sizeBytes: number) {
    this.bytes = Buffer.allocUnsafeSlow(sizeBytes)
    this.view = viewOf(this.bytes)
  }

  /** Makes room for `count` further bytes, which the caller may then write at `length`, and `SPARE_BYTES` behind them. */
  reserve(count: number): void {
    const needed = this.length + count
    if (needed > this.limit) throw new Damaged('a record that becomes longer than a line may be')
    if (needed + SPARE_BYTES > this.bytes.length) this.#grow(needed + SPARE_BYTES)
  }

  byte(value: number): void {
    this.reserve(1)
    this.bytes[this.length] = value
    this.length += 1
  }

  append(source: Uint8Array, from = 0): void {
    const count = source.length - from
    this.reserve(count)
    const { bytes, length } = this
    if (count > LONGEST_COPIED_BY_HAND)
      bytes.set(from === 0 ? source : source.subarray(from), length)
    else for (let i = 0; i < count; i += 1) bytes[length + i] = source[from + i] ?? 0
    this.length = length + count
  }

  /** Copies from a view that has `SPARE_BYTES` behind its last byte. */
  copy(source: DataView, from: number, count: number): void {
    this.reserve(count)
    const { view, length } = this
    for (let i = 0; i < count; i += 8) {
      view.setBigInt64(length + i, source.getBigInt64(from + i, true), true)
    }
    this.length = length + count
  }

  /** A member's key `,"Name":` or several members; the comma is left out where nothing precedes. */
  member(json: Uint8Array): void {
    this.append(json, this.isOpen() ? 1 : 0)
  }

  /** Whether an object or array has just been opened. */
  isOpen(): boolean {
    const last = this.bytes[this.length - 1]
    return last === OPEN_OBJECT || last === OPEN_ARRAY
  }

  ascii(text: string): void {
    this.reserve(text.length)
    const { bytes, length } = this
    for (let i = 0; i < text.length; i += 1) bytes[length + i] = text.charCodeAt(i)
    this.length = length + text.length
  }

  /** Takes `count` bytes at `at` away again. */
  remove(at: number, count: number): void {
    this.bytes.copyWithin(at, at + count, this.length)
    this.length -= count
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
    this.view = viewOf(larger)
  }
}

export function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length)
}
