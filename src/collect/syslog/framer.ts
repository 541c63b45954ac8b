// Syslog frames of one stream connection. Octet counting and newline framing are told apart for each frame
// (RFC 6587 section 3.4), because relays mix them. A wrong count costs at most the frame it stands before.
// Frames are handed on as places in the bytes received: no object and no copy for each.

import {
  CR,
  LF,
  NUL,
  findOctetCount,
  isNonzeroDigit,
  isPriorityStart,
  isTerminator,
  mayStartFrame,
  readOctetCount,
} from './octet-count.ts'

/** Takes `bytes[start, end)`; false asks to stop reading. The bytes are valid during the call only. */
export type FrameSink = (bytes: Buffer, start: number, end: number) => boolean

/** Longest message kept whole; a longer one is cut into pieces of this size. */
export const MAX_MESSAGE_BYTES = 64 * 1024
/** A line that has not ended after this many bytes is no syslog: the connection is to be closed. */
export const MAX_UNENDED_BYTES = 16 * 1024 * 1024

/** Without `<PRI>` a short count is a version, a year or a counter rather than a count. */
const MIN_BARE_COUNT = 16
/** Ten digits, a space and `<191>`: what may be half there at the end of a search. */
const MAX_COUNT_HEADER = 16
const WAIT = -1
const NOT_COUNTED = -2
const EMPTY = Buffer.alloc(0)
/** What was held and one read of a socket. */
const JOINED = Buffer.allocUnsafeSlow(2 * MAX_MESSAGE_BYTES)

export class SyslogFramer {
  /** Frames handed on, pieces included. */
  frames = 0
  /** Pieces cut from lines longer than MAX_MESSAGE_BYTES. */
  cut = 0
  /** Octet counts that did not lead to the next frame. */
  wrongCounts = 0

  readonly #sink: FrameSink
  #window = EMPTY
  #held = 0
  /** Bytes of the pending line already searched for its end. */
  #searched = 0
  /** Inside a line of which a piece was already handed on. */
  #inLine = false
  #unended = 0
  /** After a wrong count a frame may also end where the next count begins. */
  #resync = false
  /** Some senders count the space after the count as well; learned from two frames in a row. */
  #countsSpace: boolean | undefined = undefined
  #nextNul = -1
  #final = false
  #willing = true

  constructor(sink: FrameSink) {
    this.#sink = sink
  }

  /** Takes the bytes of one read. False asks the caller to stop reading until the intake has drained. */
  push(chunk: Buffer): boolean {
    this.#willing = true
    const bytes = this.#held > 0 ? this.#append(chunk) : chunk
    const rest = this.#frameAll(bytes)
    this.#keep(bytes, rest)
    return this.#willing
  }

  /** The connection ended: what is held is handed on, although nothing ended it. */
  end(): void {
    this.#final = true
    this.#frameAll(this.#window.subarray(0, this.#held))
    this.#window = EMPTY
    this.#held = 0
    this.#final = false
  }

  /** The peer never ends its line. */
  get isRunaway(): boolean {
    return this.#unended >= MAX_UNENDED_BYTES
  }

  get heldBytes(): number {
    return this.#held
  }

  /** Joined in memory that all connections share: they are many, and each holds little between two reads. */
  #append(chunk: Buffer): Buffer {
    const needed = this.#held + chunk.length
    const joined = needed > JOINED.length ? Buffer.allocUnsafeSlow(needed) : JOINED
    this.#window.copy(joined, 0, 0, this.#held)
    chunk.copy(joined, this.#held)
    return joined.subarray(0, needed)
  }

  #keep(bytes: Buffer, rest: number): void {
    const left = bytes.length - rest
    const isRoomy = this.#window.length >= left && this.#window.length <= 4 * left
    if (left === 0) this.#window = EMPTY
    else if (isRoomy) bytes.copy(this.#window, 0, rest)
    else this.#window = Buffer.from(bytes.subarray(rest))
    this.#held = left
  }

  /** Returns where the first frame begins that is not complete. */
  #frameAll(bytes: Buffer): number {
    this.#nextNul = bytes.indexOf(NUL)
    let at = 0
    while (at < bytes.length) {
      const next = this.#inLine || this.#resync ? this.#line(bytes, at) : this.#frame(bytes, at)
      if (next === WAIT) break
      this.#searched = 0
      at = next
    }
    return at
  }

  #frame(bytes: Buffer, at: number): number {
    const first = bytes[at]
    if (isTerminator(first)) return at + 1
    if (!isNonzeroDigit(first)) return this.#line(bytes, at)
    const next = this.#counted(bytes, at)
    return next === NOT_COUNTED ? this.#line(bytes, at) : next
  }

  #counted(bytes: Buffer, at: number): number {
    const count = readOctetCount(bytes, at, bytes.length)
    if (count.kind === 'none') return NOT_COUNTED
    if (count.kind === 'cut') return this.#final ? NOT_COUNTED : WAIT
    const { length, body } = count
    if (!isPriorityStart(bytes[body])) return this.#countedBare(bytes, body, length)
    if (length > MAX_MESSAGE_BYTES) return this.#mistrust(bytes, body)
    const stop = body + length - (this.#countsSpace === true ? 1 : 0)
    if (stop > bytes.length) return this.#final ? this.#mistrust(bytes, body) : WAIT
    if (this.#countsSpace === undefined && stop < bytes.length) {
      if (!this.#learnSpace(bytes, stop)) return WAIT
      return this.#counted(bytes, at)
    }
    if (!mayStartFrame(bytes, stop, bytes.length)) return this.#mistrust(bytes, body)
    return this.#emitCounted(bytes, body, stop)
  }

  /** A counted message without priority is believed only where nothing speaks against the count. */
  #countedBare(bytes: Buffer, body: number, length: number): number {
    if (length < MIN_BARE_COUNT || length > MAX_MESSAGE_BYTES) return NOT_COUNTED
    const stop = body + length - (this.#countsSpace === true ? 1 : 0)
    const lineEnd = bytes.indexOf(LF, body)
    if (lineEnd !== -1 && lineEnd < stop - 1) return NOT_COUNTED
    if (stop > bytes.length) return this.#final ? NOT_COUNTED : WAIT
    return mayStartFrame(bytes, stop, bytes.length)
      ? this.#emitCounted(bytes, body, stop)
      : NOT_COUNTED
  }

  /**
   * The message ends in a digit and a count follows: either the last digit belongs to the message, or the sender
   * counted the space and the digit is the next count's first. The frame after tells; false while it is not there.
   */
  #learnSpace(bytes: Buffer, stop: number): boolean {
    const shifted = readOctetCount(bytes, stop - 1, bytes.length)
    if (shifted.kind === 'cut' && !this.#final) return false
    this.#countsSpace = shifted.kind === 'count' && isPriorityStart(bytes[shifted.body])
    if (!this.#countsSpace) return true
    const straight = readOctetCount(bytes, stop, bytes.length)
    if (straight.kind !== 'count') return true
    const straightStop = straight.body + straight.length
    const isUndecided = straightStop > bytes.length && !this.#final
    const leadsOn = straightStop <= bytes.length && mayStartFrame(bytes, straightStop, bytes.length)
    this.#countsSpace = isUndecided ? undefined : !leadsOn
    return !isUndecided
  }

  #mistrust(bytes: Buffer, body: number): number {
    this.wrongCounts += 1
    this.#resync = true
    this.#searched = 0
    const next = this.#line(bytes, body)
    // The count is not part of the message: once told wrong, it is left behind even while the line's end is awaited.
    if (next !== WAIT) return next
    this.#searched = 0
    return body
  }

  #line(bytes: Buffer, at: number): number {
    const stop = this.#lineEnd(bytes, at)
    if (stop === -1 ? bytes.length - at >= MAX_MESSAGE_BYTES : stop - at > MAX_MESSAGE_BYTES) {
      return this.#emitPiece(bytes, at)
    }
    if (stop === -1 && !this.#final) {
      this.#searched = bytes.length - at
      return WAIT
    }
    const end = stop === -1 ? bytes.length : stop
    this.#emit(bytes, at, end > at && bytes[end - 1] === CR ? end - 1 : end)
    this.#inLine = false
    this.#resync = false
    this.#unended = 0
    return end
  }

  /** Where the line at `at` ends: a newline, a NUL that a frame follows, or after a wrong count the next count. */
  #lineEnd(bytes: Buffer, at: number): number {
    const newline = bytes.indexOf(LF, at + this.#searched)
    const nul = this.#terminatingNul(bytes, at, newline)
    const stop = nul === -1 ? newline : nul
    if (!this.#resync) return stop
    const from = Math.max(at + 1, at + this.#searched - MAX_COUNT_HEADER)
    const next = findOctetCount(bytes, from, stop === -1 ? bytes.length : stop)
    return next === -1 ? stop : next
  }

  /** A NUL inside a line is kept: only one before a new frame, or last in what was received, ends a frame. */
  #terminatingNul(bytes: Buffer, at: number, newline: number): number {
    const limit = newline === -1 ? bytes.length : newline
    while (this.#nextNul !== -1 && this.#nextNul < limit) {
      if (this.#nextNul >= at && mayStartFrame(bytes, this.#nextNul + 1, bytes.length))
        return this.#nextNul
      this.#nextNul = bytes.indexOf(NUL, Math.max(this.#nextNul + 1, at))
    }
    return -1
  }

  #emitPiece(bytes: Buffer, at: number): number {
    this.cut += 1
    this.#inLine = true
    this.#unended += MAX_MESSAGE_BYTES
    this.#emit(bytes, at, at + MAX_MESSAGE_BYTES)
    return at + MAX_MESSAGE_BYTES
  }

  #emitCounted(bytes: Buffer, body: number, stop: number): number {
    let end = stop
    while (end > body && isTerminator(bytes[end - 1])) end -= 1
    this.#emit(bytes, body, end)
    return stop
  }

  #emit(bytes: Buffer, start: number, end: number): void {
    if (end <= start) return
    this.frames += 1
    if (!this.#sink(bytes, start, end)) this.#willing = false
  }
}
