// Lines that end in LF or CRLF. Empty lines are left out; a NUL is a byte like any other.

import { CR, LF } from './framer.ts'
import type { Framer, LineSink } from './framer.ts'
import { HeldLine } from './held-line.ts'

const NOTHING = Buffer.alloc(0)

export class LineFramer implements Framer {
  readonly #held: HeldLine

  constructor(sink: LineSink) {
    this.#held = new HeldLine(sink)
  }

  get heldBytes(): number {
    return this.#held.length
  }

  push(chunk: Buffer): void {
    let at = 0
    for (let stop = chunk.indexOf(LF); stop !== -1; stop = chunk.indexOf(LF, at)) {
      const last = stop > at ? chunk[stop - 1] : this.#held.last
      this.#held.complete(chunk, at, stop, last === CR ? 1 : 0)
      at = stop + 1
    }
    if (at < chunk.length) this.#held.add(chunk, at, chunk.length)
  }

  end(): void {
    this.#held.complete(NOTHING, 0, 0, this.#held.last === CR ? 1 : 0)
  }
}
