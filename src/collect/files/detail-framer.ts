// Records that stand on several lines, those after the first indented by a tab: accounting of RADIUS servers (`detail`). Each
// becomes one line.

import { CR, LF, TAB } from './framer.ts'
import type { Framer, LineSink } from './framer.ts'
import { HeldLine } from './held-line.ts'
import { joinLines } from './join-lines.ts'

/** A time, and under it the first attribute. */
const RECORD =
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d(?: [A-Z]{2,5})? \d{4}\r?\n\t[A-Za-z][\w.-]* (?:=|:=|\+=) /

export function isDetail(text: string): boolean {
  return RECORD.test(text)
}

export class DetailFramer implements Framer {
  readonly #record: HeldLine
  /** A line ended: the next byte says whether the record goes on. */
  #isAtEnd = false
  #before = LF
  /** Bytes of the newline at the end of the line at hand. */
  #newline = 0

  constructor(sink: LineSink) {
    let joined = Buffer.alloc(0)
    this.#record = new HeldLine((bytes, start, end) => {
      if (!bytes.subarray(start, end).includes(LF)) return sink(bytes, start, end)
      if (joined.length < end - start) joined = Buffer.allocUnsafeSlow(end - start)
      sink(joined, 0, joinLines(bytes, start, end, joined))
    })
  }

  get heldBytes(): number {
    return this.#record.length
  }

  push(chunk: Buffer): void {
    let from = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (this.#isAtEnd && byte !== TAB) {
        this.#record.complete(chunk, from, at, this.#newline)
        from = at
      }
      this.#isAtEnd = byte === LF
      if (byte === LF) this.#newline = this.#before === CR ? 2 : 1
      this.#before = byte
    }
    if (from < chunk.length) this.#record.add(chunk, from, chunk.length)
  }

  end(): void {
    this.#record.complete(Buffer.alloc(0), 0, 0, this.#isAtEnd ? this.#newline : 0)
    this.#isAtEnd = false
  }
}
