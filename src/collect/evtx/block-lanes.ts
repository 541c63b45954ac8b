// Where blocks are read: here, or in worker threads. Both answer in the order they were asked.

import { Worker } from 'node:worker_threads'
import { readBlock } from './block.ts'
import type { BlockLines } from './block.ts'
import type { ChunkOptions } from './chunk.ts'
import type { WorkerTask } from './worker.ts'

export type BlockLanes = {
  /** Takes over the bytes. */
  readonly read: (bytes: Buffer<ArrayBuffer>) => Promise<BlockLines>
  /** Blocks that may wait for their turn at once. */
  readonly width: number
  readonly close: () => Promise<void>
}

type Waiting = {
  readonly resolve: (block: BlockLines) => void
  readonly reject: (reason: unknown) => void
}

const BLOCKS_A_WORKER = 2

export function inlineLane(options: ChunkOptions): BlockLanes {
  return {
    read: async (bytes) => readBlock(bytes, options),
    width: 1,
    close: async () => undefined,
  }
}

export function workerLanes(count: number, options: ChunkOptions): BlockLanes {
  const lanes = Array.from({ length: count }, () => workerLane(options))
  let next = 0
  return {
    read: (bytes) => {
      const lane = lanes[next % count]
      next += 1
      return lane === undefined ? Promise.reject(new Error('no worker')) : lane.read(bytes)
    },
    width: count * BLOCKS_A_WORKER,
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()))
    },
  }
}

function workerLane({ salvage = false }: ChunkOptions) {
  const worker = new Worker(new URL('./worker.ts', import.meta.url))
  const waiting: Waiting[] = []
  let ended: { readonly reason: unknown } | undefined
  const fail = (reason: unknown) => {
    ended ??= { reason }
    for (const { reject } of waiting.splice(0)) reject(reason)
  }
  worker.on('message', (block: BlockLines) => waiting.shift()?.resolve(block))
  worker.on('error', fail)
  worker.on('exit', (code) => fail(new Error(`the reader of event logs stopped with code ${code}`)))
  const read = (bytes: Buffer<ArrayBuffer>) =>
    new Promise<BlockLines>((resolve, reject) => {
      if (ended !== undefined) return reject(ended.reason)
      waiting.push({ resolve, reject })
      return worker.postMessage({ bytes, salvage } satisfies WorkerTask, [bytes.buffer])
    })
  return { read, close: () => worker.terminate() }
}
