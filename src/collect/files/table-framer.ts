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

/** What PowerShell's Export-Csv writes above the names. */
const TYPE_LINE = /^#TYPE [\w.+`[\], -]+$/

/** How a text begins that is a table of events: the context of its rows, and the lines above the first row. */
export type TableHead = { readonly context: string; readonly lines: number }

export function tableHead(lines: readonly string[]): TableHead | undefined {
  const [first = '', second = ''] = lines
  const above = TYPE_LINE.test(first) ? 1 : 0
  const context = tableContext(above === 0 ? first : second)
  return context === undefined ? undefined : { context, lines: above + 1 }
}

function tableContext(line: string): string | undefined {
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
  /** Lines above the first row that are still to come. */
  #above: number
  #before = LF
  #quotedBytes = 0

  /** The lines of `head` come first, unless reading goes on in the middle. */
  constructor(sink: LineSink, onContext: ContextSink, head: TableHead, isMiddle = false) {
    this.#separator = head.context.charCodeAt('#table '.length)
    this.#above = isMiddle ? 0 : head.lines
    onContext(head.context)
    let joined = Buffer.alloc(0)
    this.#row = new HeldLine((bytes, start, end) => {
      if (this.#above > 0) {
        this.#above -= 1
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
