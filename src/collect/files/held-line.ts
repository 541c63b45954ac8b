// A line that comes in parts. Handed on straight from the input where it lies in one part; held otherwise, and cut
// into pieces of MAX_LINE_BYTES, so that a line of gigabytes needs no more memory than one piece.

import { MAX_LINE_BYTES } from '../intake.ts'
import type { LineSink } from './framer.ts'

const FIRST_HOLD_BYTES = 8 * 1024

export class HeldLine {
  readonly #sink: LineSink
  #hold: Buffer = Buffer.alloc(0)
  #length = 0
  /** Pieces cut so far from the line at hand, while it is handed on as well; 0 where it is whole. */
  pieces = 0

  constructor(sink: LineSink) {
    this.#sink = sink
  }

  get length(): number {
    return this.#length
  }

  /** Last byte so far, or undefined. */
  get last(): number | undefined {
    return this.#length === 0 ? undefined : this.#hold[this.#length - 1]
  }

  /** Adds a part; the line goes on. */
  add(bytes: Buffer, start: number, end: number): void {
    let at = start
    while (end - at > MAX_LINE_BYTES - this.#length) {
      const room = MAX_LINE_BYTES - this.#length
      this.#append(bytes, at, at + room)
      at += room
      this.pieces += 1
      this.#handOn(this.#length)
    }
    this.#append(bytes, at, end)
  }

  /** Adds the last part and hands the line on, without its last `drop` bytes. */
  complete(bytes: Buffer, start: number, end: number, drop = 0): void {
    if (this.#length === 0 && end - start <= MAX_LINE_BYTES) {
      if (end - drop > start) this.#sink(bytes, start, end - drop)
    } else {
      this.add(bytes, start, end)
      this.#handOn(Math.max(0, this.#length - drop))
    }
    this.pieces = 0
  }

  #handOn(length: number): void {
    const held = this.#hold
    this.#length = 0
    if (length > 0) this.#sink(held, 0, length)
  }

  #append(bytes: Buffer, start: number, end: number): void {
    const needed = this.#length + end - start
    if (needed > this.#hold.length) {
      const size = Math.min(
        MAX_LINE_BYTES,
        Math.max(needed, 2 * this.#hold.length, FIRST_HOLD_BYTES),
      )
      const larger = Buffer.allocUnsafeSlow(size)
      this.#hold.copy(larger, 0, 0, this.#length)
      this.#hold = larger
    }
    bytes.copy(this.#hold, this.#length, start, end)
    this.#length = needed
  }
}
