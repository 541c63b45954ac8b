// A worker thread that reads blocks one after another, in the order in which block-lanes.ts sends them.

import { parentPort } from 'node:worker_threads'
import { readBlock } from './block.ts'

export type WorkerTask = { readonly bytes: Uint8Array<ArrayBuffer>; readonly salvage: boolean }

parentPort?.on('message', ({ bytes, salvage }: WorkerTask) => {
  const { buffer, byteOffset, length } = bytes
  const block = readBlock(Buffer.from(buffer, byteOffset, length), { salvage })
  parentPort?.postMessage(block, [block.lines.buffer])
})
