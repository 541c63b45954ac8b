// A worker thread that reads blocks, one after another, in the order they are sent.

import { parentPort, workerData } from 'node:worker_threads'
import { readBlock } from './block.ts'
import type { ChunkOptions } from './chunk.ts'

// Both ends of this channel are in this folder: worker-pool.ts sends exactly this.
const options = workerData as ChunkOptions

parentPort?.on('message', (bytes: Uint8Array<ArrayBuffer>) => {
  const block = readBlock(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), options)
  parentPort?.postMessage(block, [block.lines.buffer])
})
