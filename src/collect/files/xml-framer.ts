// Windows events as XML: `<Event …>…</Event>` one after another, with or without `<Events>` around them, to one event
// a line. Newlines inside an event become spaces. Text between events is kept as lines.

import { CR, LF, SPACE, TAB } from './framer.ts'
import type { Framer, LineSink } from './framer.ts'
import { HeldLine } from './held-line.ts'
import { joinLines } from './join-lines.ts'

const NOTHING = Buffer.alloc(0)
const OPEN = '<Event'
const CLOSE = '</Event>'
const MORE_THAN = 62
/** The wrapper and the declaration are no events. */
const AROUND = /^(?:<\?xml[^>]*\?>|<\/?Events\b[^>]*>|[\s,])*$/

export class XmlFramer implements Framer {
  /** The input ended inside an event. */
  isUnended = false

  readonly #event: HeldLine
  readonly #between: HeldLine
  #isInside = false
  /** What may be the first half of a tag, kept back until more comes. */
  #pending = NOTHING
  #scratch = NOTHING

  constructor(sink: LineSink) {
    this.#event = new HeldLine((bytes, start, end) => this.#handOn(sink, bytes, start, end))
    this.#between = new HeldLine((bytes, start, end) => this.#handOnText(sink, bytes, start, end))
  }

  get heldBytes(): number {
    return this.#event.length + this.#between.length + this.#pending.length
  }

  push(chunk: Buffer): void {
    const bytes = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk
    let at = 0
    for (let next = this.#step(bytes, at); next !== -1; next = this.#step(bytes, at)) at = next
    const keepFrom = Math.max(at, bytes.length - CLOSE.length + 1)
    this.#current.add(bytes, at, keepFrom)
    this.#pending = Buffer.from(bytes.subarray(keepFrom))
  }

  end(): void {
    this.isUnended = this.#isInside
    this.#current.complete(this.#pending, 0, this.#pending.length)
    this.#pending = NOTHING
  }

  get #current(): HeldLine {
    return this.#isInside ? this.#event : this.#between
  }

  /** Goes past the next tag that begins or ends an event; -1 where there is none whole. */
  #step(bytes: Buffer, at: number): number {
    const found = this.#isInside ? bytes.indexOf(CLOSE, at) : findOpening(bytes, at)
    if (found === -1) return -1
    const stop = this.#isInside ? found + CLOSE.length : found
    this.#current.complete(bytes, at, stop)
    this.#isInside = !this.#isInside
    return stop
  }

  #handOn(sink: LineSink, bytes: Buffer, start: number, end: number): void {
    const event = bytes.subarray(start, end)
    if (!event.includes(LF) && !event.includes(CR)) return sink(bytes, start, end)
    if (this.#scratch.length < end - start) this.#scratch = Buffer.allocUnsafeSlow(end - start)
    const length = joinLines(bytes, start, end, this.#scratch)
    if (length > 0) sink(this.#scratch, 0, length)
  }

  #handOnText(sink: LineSink, bytes: Buffer, start: number, end: number): void {
    const text = bytes.toString('latin1', start, end)
    if (AROUND.test(text.slice(0, 4096)) && text.length <= 4096) return
    for (const line of text.split(/\r?\n/)) {
      if (AROUND.test(line)) continue
      const encoded = Buffer.from(line, 'latin1')
      sink(encoded, 0, encoded.length)
    }
  }
}

/** `<Event` followed by white space or `>`: not `<Events>`, not `<EventData>`. */
function findOpening(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(OPEN, from); at !== -1; at = bytes.indexOf(OPEN, at + 1)) {
    const after = bytes[at + OPEN.length]
    if (after === MORE_THAN || after === SPACE || after === LF || after === CR || after === TAB)
      return at
  }
  return -1
}
