// One chunk of 64 KiB to lines of JSON. A chunk depends on nothing outside it: the unit of work for threads.

import { ByteSink } from './byte-sink.ts'
import { chunkState } from './chunk-state.ts'
import { asDamage, Damaged } from './damage.ts'
import type { ChunkDamage } from './damage.ts'
import {
  CHUNK_BYTES,
  CHUNK_MAGIC,
  LIMITS,
  RECORD_HEADER_BYTES,
  RECORD_TRAILER_BYTES,
} from './layout.ts'
import { chainOfRecords, strayRecords } from './records.ts'
import type { FoundRecords, RecordSpan } from './records.ts'
import type { Rendering } from './render-text.ts'
import { Values } from './values.ts'
import { writeRecord } from './write-record.ts'

export type ChunkOptions = {
  /**
   * Also read whole records that no chain leads to. They are real, but in a copied or overwritten chunk they may be of
   * another time, and other readers do not show them.
   */
  readonly salvage?: boolean
}

export type ChunkTally = {
  /** `unused`: zeroes. `foreign`: no chunk begins here; damage, or space of the file that was never written. */
  readonly kind: 'records' | 'unused' | 'foreign'
  /** Lines, salvaged ones included. */
  readonly count: number
  readonly salvaged: number
  readonly damaged: readonly ChunkDamage[]
}

/** One line of JSON a record, each closed by a line feed; salvaged ones last. */
export type ChunkLines = ChunkTally & { readonly lines: Buffer }

const NO_RECORDS: FoundRecords = { spans: [] }
const ZEROES = Buffer.alloc(CHUNK_BYTES)
const EMPTY_OBJECT_BYTES = 2
const LINE_FEED = 0x0a
/** Values of a template, seldom more. */
const USUAL_VALUES = 64
/** JSON of a chunk is seldom longer than twice the chunk. */
const FIRST_OUTPUT_BYTES = 2 * CHUNK_BYTES

/** Reads what can be read and says what cannot; never throws for what is in the bytes. */
export function readEvtxChunk(bytes: Buffer, options: ChunkOptions = {}): ChunkLines {
  const sink = new ByteSink(FIRST_OUTPUT_BYTES)
  const found = appendChunk(sink, bytes, options)
  return { ...found, lines: sink.bytes.subarray(0, sink.length) }
}

/** The same for callers that gather the lines of several chunks. */
export function appendChunk(sink: ByteSink, bytes: Buffer, options: ChunkOptions): ChunkTally {
  const kind = kindOf(bytes)
  const to: Rendering = {
    chunk: chunkState(bytes),
    sink,
    depth: 0,
    values: new Values(USUAL_VALUES),
    nestedValues: new Values(USUAL_VALUES),
    nested: undefined,
  }
  const damaged: ChunkDamage[] = []
  const { spans, broken } = kind === 'records' ? chainOfRecords(bytes) : NO_RECORDS
  const chained = writeLines(to, spans, damaged)
  if (broken !== undefined) damaged.push(broken)
  if (kind === 'records' && bytes.length < CHUNK_BYTES) {
    damaged.push({ offset: bytes.length, reason: 'the file ends within this chunk' })
  }
  const strays = options.salvage === true ? strayRecords(bytes, spans) : []
  const salvaged = writeLines(to, strays, [])
  return { kind, count: chained + salvaged, salvaged, damaged }
}

function kindOf(bytes: Buffer): ChunkTally['kind'] {
  if (bytes.subarray(0, CHUNK_MAGIC.length).equals(CHUNK_MAGIC)) return 'records'
  return bytes.equals(ZEROES.subarray(0, bytes.length)) ? 'unused' : 'foreign'
}

/** Returns how many lines came of it. */
function writeLines(to: Rendering, spans: readonly RecordSpan[], damaged: ChunkDamage[]): number {
  let count = 0
  for (const span of spans) {
    const damage = writeLine(to, span)
    if (damage === undefined) count += 1
    else damaged.push(damage)
  }
  return count
}

/** On damage nothing of the record stays in the sink. */
function writeLine(to: Rendering, { at, end }: RecordSpan): ChunkDamage | undefined {
  const { chunk, sink } = to
  const before = sink.length
  sink.limit = before + Math.min(LIMITS.lineBytes, chunk.outputLeft)
  to.depth = 0
  to.nested = undefined
  let damage: ChunkDamage | undefined
  try {
    writeRecord(to, at + RECORD_HEADER_BYTES, end - RECORD_TRAILER_BYTES)
    if (sink.length === before + EMPTY_OBJECT_BYTES)
      throw new Damaged('a record without an element')
    sink.byte(LINE_FEED)
  } catch (thrown) {
    damage = asDamage(thrown, at)
  }
  chunk.outputLeft -= sink.length - before
  if (damage !== undefined) sink.length = before
  return damage
}
