// JSON documents to one element a line, by their brackets and strings alone: no value is parsed. Reads arrays,
// wrapped arrays, and objects one after another, indented or not. An element on one line keeps its bytes.
// What is no JSON after all falls back to lines: a broken element costs its own framing, never that of others.

import { compactJson } from './compact-json.ts'
import { LF } from './framer.ts'
import type { Framer, LineSink } from './framer.ts'
import { HeldLine } from './held-line.ts'
import { CLASS, CLASSES, NestedBrackets } from './json-syntax.ts'
import { arrayAt, wrapperAt } from './json-wrapper.ts'

type State = 'between' | 'element' | 'scalar' | 'text'

const NOTHING = Buffer.alloc(0)
const QUOTE = 34
const BACKSLASH = 92
const MORE = -1

export class JsonFramer implements Framer {
  /** The input ended inside an element. */
  isUnended = false

  readonly #held: HeldLine
  readonly #sink: LineSink
  readonly #nest = new NestedBrackets()
  #scratch = NOTHING
  #pending = NOTHING
  #final = false
  #state: State = 'between'
  /** What holds the elements: nothing, an array, or an array inside a wrapper. */
  #within: 'top' | 'array' | 'wrapper' = 'top'
  #inString = false
  #escaped = false
  #hasNewline = false
  #isBroken = false
  #isTail = false

  constructor(sink: LineSink) {
    this.#sink = sink
    this.#held = new HeldLine((bytes, start, end) => this.#handOn(bytes, start, end))
  }

  get heldBytes(): number {
    return this.#held.length + this.#pending.length
  }

  push(chunk: Buffer): void {
    const bytes = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk
    this.#pending = NOTHING
    let at = 0
    while (at < bytes.length) {
      const next = this.#step(bytes, at)
      if (next === MORE) {
        this.#pending = Buffer.from(bytes.subarray(at))
        return
      }
      at = next
    }
  }

  end(): void {
    this.#final = true
    this.push(NOTHING)
    this.isUnended = this.#state === 'element'
    if (this.isUnended) this.#isBroken = true
    this.#held.complete(NOTHING, 0, 0)
  }

  #step(bytes: Buffer, at: number): number {
    if (this.#state === 'between') return this.#between(bytes, at)
    if (this.#state === 'element') return this.#element(bytes, at)
    return this.#state === 'scalar' ? this.#scalar(bytes, at) : this.#text(bytes, at)
  }

  #between(bytes: Buffer, at: number): number {
    switch (CLASSES[bytes[at] ?? 0] ?? CLASS.foreign) {
      case CLASS.space:
      case CLASS.newline:
      case CLASS.comma:
        return at + 1
      case CLASS.openObject:
        return this.#within === 'top' ? this.#topObject(bytes, at) : this.#begin('element', at)
      case CLASS.openArray:
        return this.#within === 'top' ? this.#topArray(bytes, at) : this.#begin('element', at)
      case CLASS.closeArray:
        return this.#leaveArray(at)
      case CLASS.closeObject:
        return at + 1
      default:
        return this.#begin(this.#within === 'top' ? 'text' : valueState(bytes[at]), at)
    }
  }

  #topObject(bytes: Buffer, at: number): number {
    const first = wrapperAt(bytes, at)
    if (first === 'cut' && !this.#final) return MORE
    if (typeof first === 'string') return this.#begin('element', at)
    this.#within = 'wrapper'
    return first
  }

  #topArray(bytes: Buffer, at: number): number {
    const isArray = arrayAt(bytes, at)
    if (isArray === 'cut' && !this.#final) return MORE
    if (isArray !== true) return this.#begin('text', at)
    this.#within = 'array'
    return at + 1
  }

  /** What follows the array of a wrapper is kept as one more element, up to the wrapper's end. */
  #leaveArray(at: number): number {
    const wasWrapper = this.#within === 'wrapper'
    this.#within = 'top'
    if (wasWrapper) {
      this.#begin('element', at)
      this.#isTail = true
      this.#nest.reopenObject()
    }
    return at + 1
  }

  #begin(state: State, at: number): number {
    this.#state = state
    this.#hasNewline = false
    this.#isBroken = false
    this.#isTail = false
    this.#nest.clear()
    return at
  }

  #element(bytes: Buffer, start: number): number {
    let at = start
    const { length } = bytes
    while (at < length) {
      if (this.#inString) {
        const after = this.#string(bytes, at)
        if (bytes[after] === LF) return this.#breakAt(bytes, start, after)
        at = after < length ? after + 1 : after
        if (after < length && this.#nest.depth === 0) return this.#complete(bytes, start, at)
        continue
      }
      at = afterPlain(bytes, at)
      if (at === length) break
      const met = CLASSES[bytes[at] ?? 0]
      if (met === CLASS.quote) this.#inString = true
      else if (met === CLASS.newline) this.#hasNewline = true
      else if (met === CLASS.foreign) return this.#toText(bytes, start, at)
      else if (met === CLASS.openObject && !this.#nest.mayOpenObject)
        return this.#breakAt(bytes, start, at)
      else {
        if (!this.#nest.take(met)) return this.#toText(bytes, start, at)
        if (this.#nest.depth === 0) return this.#complete(bytes, start, at + 1)
      }
      at += 1
    }
    this.#held.add(bytes, start, at)
    return at
  }

  /** Returns the place of the closing quote, or of a newline (no string holds one: RFC 8259 section 7), or the end. */
  #string(bytes: Buffer, start: number): number {
    let at = start
    if (this.#escaped) {
      this.#escaped = false
      if (bytes[at] !== LF) at += 1
    }
    for (const { length } = bytes; at < length; at += 1) {
      const byte = bytes[at]
      if (byte !== QUOTE && byte !== BACKSLASH && byte !== LF) continue
      if (byte === BACKSLASH) {
        at += 1
        if (at >= length) this.#escaped = true
        else if (bytes[at] === LF) return at
        continue
      }
      this.#inString = byte === LF
      return at
    }
    return bytes.length
  }

  #scalar(bytes: Buffer, start: number): number {
    let at = start
    while (at < bytes.length && !endsScalar(bytes[at])) at += 1
    if (at === bytes.length) this.#held.add(bytes, start, at)
    else this.#complete(bytes, start, at)
    return at
  }

  #text(bytes: Buffer, start: number): number {
    const stop = bytes.indexOf(LF, start)
    if (stop !== -1) return this.#complete(bytes, start, stop)
    this.#held.add(bytes, start, bytes.length)
    return bytes.length
  }

  #complete(bytes: Buffer, start: number, end: number): number {
    this.#held.complete(bytes, start, end)
    this.#state = 'between'
    return end
  }

  /** The element is none; what comes next may be one. Its array, if any, can no longer be trusted to end. */
  #breakAt(bytes: Buffer, start: number, at: number): number {
    this.#isBroken = true
    this.#inString = false
    this.#within = 'top'
    return this.#complete(bytes, start, at)
  }

  #toText(bytes: Buffer, start: number, at: number): number {
    this.#isBroken = true
    this.#within = 'top'
    this.#held.add(bytes, start, at)
    this.#state = 'text'
    return at
  }

  #handOn(bytes: Buffer, start: number, end: number): void {
    if (this.#isTail && isMetadata(bytes.toString('latin1', start, Math.min(end, start + 64))))
      return
    if (this.#isBroken || this.#state === 'text') return this.#handOnLines(bytes, start, end)
    // A piece may begin inside a string: its white space stays.
    if (!this.#hasNewline || this.#held.pieces > 0) return this.#sink(bytes, start, end)
    if (this.#scratch.length < end - start) this.#scratch = Buffer.allocUnsafeSlow(end - start)
    this.#sink(this.#scratch, 0, compactJson(bytes, start, end, this.#scratch))
  }

  #handOnLines(bytes: Buffer, start: number, end: number): void {
    let at = start
    while (at < end) {
      const newline = bytes.indexOf(LF, at)
      const stop = newline === -1 || newline > end ? end : newline
      const last = stop > at && bytes[stop - 1] === 13 ? stop - 1 : stop
      if (last > at) this.#sink(bytes, at, last)
      at = stop + 1
    }
  }
}

function valueState(byte: number | undefined): State {
  return byte === QUOTE ? 'element' : 'scalar'
}

/** Past white space and literals: most of what lies outside strings. */
function afterPlain(bytes: Buffer, start: number): number {
  let at = start
  for (; at < bytes.length; at += 1) {
    const met = CLASSES[bytes[at] ?? 0]
    if (met !== CLASS.space && met !== CLASS.literal) break
  }
  return at
}

function endsScalar(byte: number | undefined): boolean {
  const met = CLASSES[byte ?? 0]
  return (
    met === CLASS.comma || met === CLASS.closeArray || met === CLASS.newline || met === CLASS.space
  )
}

/** `}` or `]}` alone, or members such as `"@odata.nextLink"`. */
function isMetadata(tail: string): boolean {
  return /^\]?\s*(?:\}|,\s*"@)/.test(tail)
}
