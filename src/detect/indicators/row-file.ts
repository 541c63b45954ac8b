// Indicators on their way into the engine: a file in its RowBinary, so that a million go in without a statement of their own.

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { WriteStream } from 'node:fs'
import type { IndicatorKind, Marking } from '../../model/index.ts'

export const ROW_STRUCTURE =
  'kind String, key String, confidence UInt8, marking String, valid_from UInt32, valid_until UInt32, revoked UInt8, warning String, label String, reference String'

export type IndicatorRow = {
  readonly kind: IndicatorKind
  readonly key: string
  readonly confidence: number
  readonly marking: Marking
  readonly fromMs: number
  readonly untilMs: number
  readonly revoked: boolean
  readonly warning: string
  readonly label: string
  readonly reference: string
}

const PIECE_BYTES = 256 * 1024
/** Longest text of a row: values are bounded at 2,048 characters, labels at 200. */
const MOST_TEXT_BYTES = 8192

export class RowFile {
  readonly #stream: WriteStream
  #piece = Buffer.allocUnsafe(PIECE_BYTES + 8 * MOST_TEXT_BYTES)
  #at = 0
  rows = 0

  constructor(file: string) {
    this.#stream = createWriteStream(file, { mode: 0o600 })
  }

  /** Resolves when there is room for more. */
  async write(row: IndicatorRow): Promise<void> {
    this.#text(row.kind)
    this.#text(row.key)
    this.#at = this.#piece.writeUInt8(row.confidence, this.#at)
    this.#text(row.marking)
    this.#at = this.#piece.writeUInt32LE(seconds(row.fromMs), this.#at)
    this.#at = this.#piece.writeUInt32LE(seconds(row.untilMs), this.#at)
    this.#at = this.#piece.writeUInt8(row.revoked ? 1 : 0, this.#at)
    this.#text(row.warning)
    this.#text(row.label)
    this.#text(row.reference)
    this.rows += 1
    if (this.#at > PIECE_BYTES) await this.#flush()
  }

  async end(): Promise<void> {
    await this.#flush()
    this.#stream.end()
    await once(this.#stream, 'close')
  }

  async #flush(): Promise<void> {
    const piece = Buffer.from(this.#piece.subarray(0, this.#at))
    this.#at = 0
    if (!this.#stream.write(piece)) await once(this.#stream, 'drain')
  }

  /** A string of the engine: its length in bytes as unsigned LEB128, then the bytes. */
  #text(text: string): void {
    const bytes = Buffer.byteLength(text)
    let rest = bytes
    while (rest > 127) {
      this.#at = this.#piece.writeUInt8((rest & 127) | 128, this.#at)
      rest >>>= 7
    }
    this.#at = this.#piece.writeUInt8(rest, this.#at)
    this.#at += this.#piece.write(text, this.#at, 'utf8')
  }
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}
