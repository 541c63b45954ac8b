// Text of unknown encoding and layout, pushed in as it comes: recognises both by the first bytes, then frames.

import { MAX_LINE_BYTES } from '../intake.ts'
import { DetailFramer } from './detail-framer.ts'
import { decodeFrom, detectEncoding } from './encoding.ts'
import type { Encoding, TextDecoderStep } from './encoding.ts'
import type { Framer } from './framer.ts'
import { HeadedFramer } from './headed-framer.ts'
import { JsonFramer } from './json-framer.ts'
import { LineFramer } from './line-framer.ts'
import type { LineWriter } from './line-writer.ts'
import { SNIFF_BYTES, tableHeadOf, sniffFraming } from './sniff.ts'
import type { Framing } from './sniff.ts'
import { TableFramer } from './table-framer.ts'
import { XmlFramer } from './xml-framer.ts'

const NOTHING = Buffer.alloc(0)

type Reading = {
  readonly framer: Framer & { readonly isUnended?: boolean }
  readonly decoder: TextDecoderStep
  readonly isPlain: boolean
}

export class TextReader {
  /** Lines that were longer than MAX_LINE_BYTES and came out in pieces: their pieces beyond the first. */
  cut = 0
  readonly #writer: LineWriter
  #head: Buffer[] = []
  #headBytes = 0
  #taken = 0
  #reading: Reading | null = null

  /** `framing` leaves out the recognising, where reading goes on in the middle of known text. */
  constructor(writer: LineWriter, framing?: Framing) {
    this.#writer = writer
    if (framing !== undefined) this.#reading = this.#reader('utf-8', framing, NOTHING)
  }

  push(chunk: Buffer): void {
    this.#taken += chunk.length
    if (this.#reading !== null) return this.#feed(this.#reading, chunk)
    this.#head.push(chunk)
    this.#headBytes += chunk.length
    if (this.#headBytes >= SNIFF_BYTES) this.#begin()
  }

  end(): void {
    const reading = this.#reading ?? this.#begin()
    const rest = reading.decoder.end()
    if (rest.length > 0) reading.framer.push(rest)
    reading.framer.end()
  }

  /** The input ended inside a JSON element or an XML event. */
  get isUnended(): boolean {
    return this.#reading?.framer.isUnended === true
  }

  /**
   * Bytes of input whose lines were all handed on, where reading may go on from there with lines alone; else null.
   */
  get resumeAt(): number | null {
    const reading = this.#reading
    if (reading === null || !reading.isPlain) return null
    return this.#taken - reading.framer.heldBytes
  }

  #begin(): Reading {
    const head = Buffer.concat(this.#head)
    this.#head = []
    const { encoding, markBytes } = detectEncoding(head)
    const decoder = decodeFrom(encoding)
    const decoded = decoder.push(head.subarray(markBytes))
    const reading = { ...this.#reader(encoding, sniffFraming(decoded), decoded), decoder }
    this.#reading = reading
    if (decoded.length > 0) reading.framer.push(decoded)
    return reading
  }

  #reader(encoding: Encoding, framing: Framing, head: Buffer): Reading {
    const isPlain = encoding === 'utf-8' && framing === 'lines'
    return { decoder: decodeFrom(encoding), framer: this.#framer(framing, head), isPlain }
  }

  #feed({ framer, decoder }: Reading, chunk: Buffer): void {
    framer.push(decoder.push(chunk))
  }

  #framer(framing: Framing, head: Buffer): Framer & { readonly isUnended?: boolean } {
    const sink = (bytes: Buffer, start: number, end: number) => {
      // A line of exactly this size is rarer than a piece of a longer one.
      if (end - start === MAX_LINE_BYTES) this.cut += 1
      this.#writer.write(bytes, start, end)
    }
    if (framing === 'json') return new JsonFramer(sink)
    if (framing === 'xml') return new XmlFramer(sink)
    if (framing === 'lines') return new LineFramer(sink)
    if (framing === 'detail') return new DetailFramer(sink)
    const onContext = (context: string) => this.#writer.setContext(context)
    const table = framing === 'table' ? tableHeadOf(head) : undefined
    if (table !== undefined) return new TableFramer(sink, onContext, table)
    return new HeadedFramer(sink, onContext)
  }
}
