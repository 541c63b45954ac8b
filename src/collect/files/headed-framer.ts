// Zeek TSV and W3C logs (IIS): lines that start with `#` say how to read the others. They are no events; together
// they are the context of the lines that follow, which so can be read alone.

import type { Framer, LineSink } from './framer.ts'
import { LineFramer } from './line-framer.ts'

/** Header names that tell how to read a line. Times of opening and closing do not. */
const KEPT =
  /^#(?:separator|set_separator|empty_field|unset_field|path|fields|types|Software|Fields:?)(?:[\s:]|$)/
const HASH = 35
/** Names of Zeek columns alone, as `zeek-cut -m` and the like write them; one of those that every log has is among them. */
const COLUMNS = /^[A-Za-z_][\w.]*(?:\t[A-Za-z_][\w.]*)+\t?$/
const COMMON_COLUMN = /(?:^|\t)(?:ts|uid|uids|fuid|id\.orig_h|seen\.indicator)(?:\t|$)/
/** A longer "header" is somebody's text. */
const MAX_HEADER_LINE = 64 * 1024
const MAX_HEADER_LINES = 32

export type ContextSink = (context: string) => void

export class HeadedFramer implements Framer {
  readonly #lines: LineFramer
  readonly #sink: LineSink
  readonly #onContext: ContextSink
  #header: string[] = []
  #isInHeader = false
  #isFirst = true

  constructor(sink: LineSink, onContext: ContextSink) {
    this.#sink = sink
    this.#onContext = onContext
    this.#lines = new LineFramer((bytes, start, end) => this.#line(bytes, start, end))
  }

  get heldBytes(): number {
    return this.#lines.heldBytes
  }

  push(chunk: Buffer): void {
    this.#lines.push(chunk)
  }

  end(): void {
    this.#lines.end()
  }

  #line(bytes: Buffer, start: number, end: number): void {
    if (bytes[start] === HASH && end - start <= MAX_HEADER_LINE) {
      this.#headerLine(bytes.toString('utf8', start, end))
      return
    }
    if (this.#isFirst && this.#isBareHeader(bytes, start, end)) return
    if (this.#isInHeader) this.#onContext(this.#header.join('\n'))
    this.#isInHeader = false
    this.#sink(bytes, start, end)
  }

  #isBareHeader(bytes: Buffer, start: number, end: number): boolean {
    this.#isFirst = false
    if (this.#isInHeader || end - start > MAX_HEADER_LINE) return false
    const text = bytes.toString('utf8', start, end)
    if (!isColumnLine(text)) return false
    this.#headerLine(`#fields\t${text}`)
    return true
  }

  /** A header after events replaces the one before: logs are joined, and servers restart within a file. */
  #headerLine(text: string): void {
    if (!KEPT.test(text)) return
    if (!this.#isInHeader && startsHeader(text)) this.#header = []
    this.#isInHeader = true
    const name = nameOf(text)
    this.#header = this.#header.filter((line) => nameOf(line) !== name)
    if (this.#header.length < MAX_HEADER_LINES) this.#header.push(text)
  }
}

/** The context that the first lines of a file give, for a reader that goes on in its middle. */
export function contextOf(head: Buffer): string {
  let context = ''
  const framer = new HeadedFramer(
    () => {},
    (met) => {
      context = context === '' ? met : context
    },
  )
  framer.push(head)
  framer.end()
  return context
}

/** Whether a line is names of Zeek columns without the `#fields` before them. */
export function isColumnLine(text: string): boolean {
  return COLUMNS.test(text) && COMMON_COLUMN.test(text)
}

function startsHeader(text: string): boolean {
  return /^#(?:separator|Software)/.test(text)
}

function nameOf(text: string): string {
  return text.split(/[\s:]/, 1)[0] ?? ''
}
