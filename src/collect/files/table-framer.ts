// Tables as spreadsheets and portals export them (RFC 4180): a first line of names, then a row a line. The names are no event;
// as `#table SEPARATOR ["name", …]` they are the context of the rows, which so can be read alone. A quoted cell may hold
// newlines; they become spaces.

import { CR, LF } from './framer.ts'
import type { Framer, LineSink } from './framer.ts'
import type { ContextSink } from './headed-framer.ts'
import { HeldLine } from './held-line.ts'
import { joinLines } from './join-lines.ts'

const QUOTE = 34
const SEPARATORS = [',', ';', '\t'] as const
const FEWEST_COLUMNS = 4
const LONGEST_NAME = 80
const MAX_HEADER_BYTES = 4096
/** A cell that is quoted for longer has lost its closing quote: the row ends with its line. */
const MAX_QUOTED_BYTES = 256 * 1024

/** How names of columns are written: words, perhaps with a unit or a number behind. */
const NAME = /^[\p{L}_@#(][\p{L}\p{N} _.:/()#@%'’&?-]*$/u
/** A table without a moment in it is no log. */
const MOMENT = /time|date|stamp|horodat|heure|moment|created|\bwhen\b/i

/** The context that a line gives where it is the header of a table of events, else undefined. */
export function tableContext(line: string): string | undefined {
  if (line.length > MAX_HEADER_BYTES) return undefined
  for (const separator of SEPARATORS) {
    const names = cellsOf(line, separator).map((cell) => cell.trim())
    if (isHeader(names)) return `#table ${separator} ${JSON.stringify(names)}`
  }
  return undefined
}

function isHeader(names: readonly string[]): boolean {
  return (
    names.length >= FEWEST_COLUMNS &&
    names.every((name) => name.length <= LONGEST_NAME && NAME.test(name)) &&
    new Set(names).size >= names.length / 2 &&
    names.some((name) => MOMENT.test(name))
  )
}

function cellsOf(line: string, separator: string): readonly string[] {
  const cells = ['']
  let isQuoted = false
  for (const sign of line) {
    if (sign === '"') isQuoted = !isQuoted
    else if (sign === separator && !isQuoted) cells.push('')
    else cells[cells.length - 1] += sign
  }
  return cells
}

export class TableFramer implements Framer {
  readonly #row: HeldLine
  readonly #separator: number
  #isQuoted = false
  #isHeaderNext: boolean
  #before = LF
  #quotedBytes = 0

  /** `context` is that of the header, which comes first unless reading goes on in the middle. */
  constructor(sink: LineSink, onContext: ContextSink, context: string, isMiddle = false) {
    this.#separator = context.charCodeAt('#table '.length)
    this.#isHeaderNext = !isMiddle
    onContext(context)
    let joined = Buffer.alloc(0)
    this.#row = new HeldLine((bytes, start, end) => {
      if (this.#isHeaderNext) {
        this.#isHeaderNext = false
        return
      }
      if (!bytes.subarray(start, end).includes(LF)) return sink(bytes, start, end)
      if (joined.length < end - start) joined = Buffer.allocUnsafeSlow(end - start)
      sink(joined, 0, joinLines(bytes, start, end, joined))
    })
  }

  get heldBytes(): number {
    return this.#row.length
  }

  push(chunk: Buffer): void {
    let from = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (byte === QUOTE) this.#quote()
      else if (byte === LF && !this.#isStillQuoted()) {
        this.#row.complete(chunk, from, at, this.#before === CR ? 1 : 0)
        from = at + 1
      }
      if (this.#isQuoted) this.#quotedBytes += 1
      this.#before = byte
    }
    if (from < chunk.length) this.#row.add(chunk, from, chunk.length)
  }

  end(): void {
    this.#row.complete(Buffer.alloc(0), 0, 0, this.#before === CR ? 1 : 0)
  }

  /** A quote opens a cell at its beginning only; inside, every one of them closes it, and the second of two opens it again. */
  #quote(): void {
    const mayOpen =
      this.#before === this.#separator || this.#before === LF || this.#before === QUOTE
    if (!this.#isQuoted && !mayOpen) return
    this.#isQuoted = !this.#isQuoted
    this.#quotedBytes = 0
  }

  #isStillQuoted(): boolean {
    if (this.#quotedBytes > MAX_QUOTED_BYTES) this.#isQuoted = false
    return this.#isQuoted
  }
}
