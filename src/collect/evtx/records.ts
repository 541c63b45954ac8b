// Where the records of a chunk lie: each begins with a magic and its size, and the next one follows.

import { u32 } from './cursor.ts'
import type { ChunkDamage } from './damage.ts'
import {
  FIRST_RECORD_AT,
  FREE_SPACE_AT,
  RECORD_MAGIC,
  RECORD_TRAILER_BYTES,
  SMALLEST_RECORD_BYTES,
} from './layout.ts'

/** A record in [at, end), header and trailer included. */
export type RecordSpan = { readonly at: number; readonly end: number }

export type FoundRecords = {
  readonly spans: readonly RecordSpan[]
  /** Where the chain of records breaks off before the end it should have. */
  readonly broken?: ChunkDamage
}

const MAGIC_BYTES = Buffer.from([0x2a, 0x2a, 0, 0])

/** Walks from record to record. The closing copy of a size is not asked: a log that was not closed may lack the last one. */
export function chainOfRecords(bytes: Buffer): FoundRecords {
  const spans: RecordSpan[] = []
  const end = endOfRecords(bytes)
  let at = FIRST_RECORD_AT
  while (at < end) {
    const size = recordSize(bytes, at)
    if (size === 0) return isUnused(bytes, at) ? { spans } : { spans, broken: breakAt(bytes, at) }
    spans.push({ at, end: at + size })
    at += size
  }
  return { spans }
}

/** Whole records, size and copy agreeing, that no chain leads to: behind a break, or left from an earlier use of the chunk. */
export function strayRecords(bytes: Buffer, chain: readonly RecordSpan[]): RecordSpan[] {
  const strays: RecordSpan[] = []
  const from = chain.at(-1)?.end ?? 0
  let at = bytes.indexOf(MAGIC_BYTES, from)
  while (at >= 0) {
    const size = recordSize(bytes, at)
    const isWhole = size > 0 && u32(bytes, at + size - RECORD_TRAILER_BYTES) === size
    if (isWhole) strays.push({ at, end: at + size })
    at = bytes.indexOf(MAGIC_BYTES, at + (isWhole ? size : 1))
  }
  return strays
}

/** The free space offset where it can be true; else the walk goes on as long as records follow one another. */
function endOfRecords(bytes: Buffer): number {
  const free = bytes.length < FIRST_RECORD_AT ? 0 : u32(bytes, FREE_SPACE_AT)
  return free > FIRST_RECORD_AT && free <= bytes.length ? free : bytes.length
}

/** 0 where no record can be. */
function recordSize(bytes: Buffer, at: number): number {
  if (at + SMALLEST_RECORD_BYTES > bytes.length || u32(bytes, at) !== RECORD_MAGIC) return 0
  const size = u32(bytes, at + 4)
  return size >= SMALLEST_RECORD_BYTES && at + size <= bytes.length ? size : 0
}

/** Zeroes follow the last record of a log that was not closed, whatever its header says. */
function isUnused(bytes: Buffer, at: number): boolean {
  return bytes.subarray(at, at + SMALLEST_RECORD_BYTES).every((byte) => byte === 0)
}

function breakAt(bytes: Buffer, at: number): ChunkDamage {
  if (at + SMALLEST_RECORD_BYTES > bytes.length) return { offset: at, reason: 'a record cut short' }
  if (u32(bytes, at) !== RECORD_MAGIC)
    return { offset: at, reason: 'no record where one was expected' }
  return { offset: at, reason: `a record of ${u32(bytes, at + 4)} bytes` }
}
