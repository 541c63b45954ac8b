// What the records of one chunk share: its bytes, the names and templates already read, and how much work it may still cause.

import { viewOf } from './byte-sink.ts'
import { Damaged } from './damage.ts'
import { LIMITS } from './layout.ts'
import type { Template } from './plan.ts'

export type ChunkState = {
  readonly bytes: Buffer
  /** The same bytes, for several at a time at any offset. */
  readonly view: DataView
  /** By offset in the chunk. */
  readonly names: Map<number, string>
  readonly templates: Map<number, Template>
  workLeft: number
  outputLeft: number
}

export function chunkState(bytes: Buffer): ChunkState {
  return {
    bytes,
    view: viewOf(bytes),
    names: new Map(),
    templates: new Map(),
    workLeft: LIMITS.work,
    outputLeft: LIMITS.outputBytes,
  }
}

/** Counts `units` of work, so that offsets pointing again and again at the same bytes come to an end. */
export function spend(chunk: ChunkState, units: number): void {
  chunk.workLeft -= units
  if (chunk.workLeft < 0) throw new Damaged('the chunk asks for more work than its size allows')
}
