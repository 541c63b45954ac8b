// Lines in memory on their way to disk, in blocks that are filled again once they are there.

import { BLOCK_BYTES, RecordBlock, recordBytes } from './record-block.ts'

export class PendingLines {
  #block: RecordBlock | undefined
  #full: RecordBlock[] = []
  #fullBytes = 0
  /** New blocks would cost the engine's memory and the collector's time. */
  readonly #spare: RecordBlock[] = []
  readonly #mostSpare: number

  /** Blocks of as many bytes are kept to be filled again. */
  constructor(spareBytes: number) {
    this.#mostSpare = Math.ceil(spareBytes / BLOCK_BYTES)
  }

  append(
    line: number,
    nowMs: number,
    origin: Buffer,
    bytes: Buffer,
    start: number,
    end: number,
  ): void {
    if (this.#block?.append(line, nowMs, origin, bytes, start, end) === true) return
    this.#retire()
    const needed = recordBytes(origin, end - start) + 8
    this.#block =
      needed > BLOCK_BYTES ? new RecordBlock(needed) : (this.#spare.pop() ?? new RecordBlock())
    this.#block.append(line, nowMs, origin, bytes, start, end)
  }

  /** Of everything that is not known to be on disk. */
  get bytes(): number {
    return this.#fullBytes + (this.#block?.length ?? 0)
  }

  /** Of the blocks that are full, or on their way. */
  get fullBytes(): number {
    return this.#fullBytes
  }

  /** The blocks to write now; they count as pending until `written`. */
  take(): readonly RecordBlock[] {
    this.#retire()
    const taken = this.#full
    this.#full = []
    return taken
  }

  written(blocks: readonly RecordBlock[]): void {
    for (const block of blocks) {
      this.#fullBytes -= block.length
      if (!block.isUsual || this.#spare.length >= this.#mostSpare) continue
      block.clear()
      this.#spare.push(block)
    }
  }

  #retire(): void {
    if (this.#block === undefined || this.#block.length === 0) return
    this.#full.push(this.#block)
    this.#fullBytes += this.#block.length
    this.#block = undefined
  }
}
