// Several chunks in a row: what goes to a worker thread and comes back at once.

import { ByteSink } from './byte-sink.ts'
import { appendChunk } from './chunk.ts'
import type { ChunkOptions, ChunkTally } from './chunk.ts'
import { CHUNK_BYTES } from './layout.ts'

export const BLOCK_CHUNKS = 8
export const BLOCK_BYTES = BLOCK_CHUNKS * CHUNK_BYTES

export type BlockLines = {
  /** The lines of all chunks in order; the buffer is theirs alone, so that it can move between threads. */
  readonly lines: Uint8Array<ArrayBuffer>
  readonly chunks: readonly ChunkTally[]
}

export function readBlock(bytes: Buffer, options: ChunkOptions): BlockLines {
  const sink = new ByteSink(bytes.length * 2)
  const chunks: ChunkTally[] = []
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    chunks.push(appendChunk(sink, bytes.subarray(at, at + CHUNK_BYTES), options))
  }
  return { lines: sink.bytes.subarray(0, sink.length), chunks }
}
