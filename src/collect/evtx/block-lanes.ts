// Where blocks are read: here, or in worker threads. Both answer in the order they were asked.

import { readBlock } from './block.ts'
import type { BlockLines } from './block.ts'
import type { ChunkOptions } from './chunk.ts'
import { rest, takeWorker } from './resting-workers.ts'
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

/** One log at a time on a worker thread; between logs the thread rests, for starting it takes as long as reading 10 MB. */
function workerLane({ salvage = false }: ChunkOptions) {
  const worker = takeWorker()
  const waiting: Waiting[] = []
  let ended: { readonly reason: unknown } | undefined
  const fail = (reason: unknown) => {
    ended ??= { reason }
    for (const { reject } of waiting.splice(0)) reject(reason)
  }
  const stopped = (code: number) =>
    fail(new Error(`the reader of event logs stopped with code ${code}`))
  const answered = (block: BlockLines) => waiting.shift()?.resolve(block)
  worker.on('message', answered).on('error', fail).on('exit', stopped)
  const read = (bytes: Buffer<ArrayBuffer>) =>
    new Promise<BlockLines>((resolve, reject) => {
      if (ended !== undefined) return reject(ended.reason)
      waiting.push({ resolve, reject })
      return worker.postMessage({ bytes, salvage } satisfies WorkerTask, [bytes.buffer])
    })
  const close = async () => {
    worker.off('message', answered).off('error', fail).off('exit', stopped)
    if (ended !== undefined || waiting.length > 0) await worker.terminate()
    else rest(worker)
  }
  return { read, close }
}
