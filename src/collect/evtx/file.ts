// A whole event log as a stream of lines. Memory stays the same however large the file is: a few blocks are under way at once.

import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { inlineLane, workerLanes } from './block-lanes.ts'
import type { BlockLanes } from './block-lanes.ts'
import { BLOCK_BYTES } from './block.ts'
import type { BlockLines } from './block.ts'
import type { ChunkOptions } from './chunk.ts'
import { isChunk, readHeader } from './header.ts'
import { CHUNK_BYTES, FILE_HEADER_BYTES } from './layout.ts'
import { summaryBuilder } from './summary.ts'
import type { EvtxSummary, SummaryBuilder } from './summary.ts'

export type EvtxOptions = ChunkOptions & {
  /** Worker threads; 0 reads in this thread. By default none for a small file, else one less than there are processors. */
  readonly workers?: number
}

/** Lines of JSON, each closed by a line feed, in the order of the file. The buffer belongs to the receiver. */
export type OnLines = (lines: Buffer, count: number) => Promise<void> | void

/** Below it, starting threads takes longer than reading. */
const SMALL_FILE_BYTES = 64 * CHUNK_BYTES
const MOST_WORKERS = 8

/** Rejects when the file cannot be read or `onLines` fails; whatever is in the file ends up in the summary. */
export async function readEvtxFile(
  path: string,
  onLines: OnLines,
  options: EvtxOptions = {},
): Promise<EvtxSummary> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(FILE_HEADER_BYTES)
    const summary = summaryBuilder(readHeader(head.subarray(0, await fill(file, head, 0))))
    const from = isChunk(head) ? 0 : FILE_HEADER_BYTES
    const count = options.workers ?? workersFor((await file.stat()).size)
    const lanes = count > 0 ? workerLanes(count, options) : inlineLane(options)
    try {
      await passBlocks(blocksOf(file, from), lanes, (block) => deliver(block, onLines, summary))
    } finally {
      await lanes.close()
    }
    return summary.done()
  } finally {
    await file.close()
  }
}

function workersFor(sizeBytes: number): number {
  if (sizeBytes <= SMALL_FILE_BYTES) return 0
  return Math.max(1, Math.min(MOST_WORKERS, availableParallelism() - 1))
}

/** Reads ahead only as far as the lanes are wide, so a slow receiver slows the reading. */
async function passBlocks(
  blocks: AsyncIterable<Buffer<ArrayBuffer>>,
  lanes: BlockLanes,
  onBlock: (block: BlockLines) => Promise<void>,
): Promise<void> {
  const underWay: Promise<BlockLines>[] = []
  for await (const bytes of blocks) {
    const block = lanes.read(bytes)
    // Its failure is met when its turn comes; until then it must not count as unhandled.
    block.catch(() => undefined)
    underWay.push(block)
    if (underWay.length >= lanes.width) await onBlock(await shifted(underWay))
  }
  while (underWay.length > 0) await onBlock(await shifted(underWay))
}

function shifted(underWay: Promise<BlockLines>[]): Promise<BlockLines> {
  return underWay.shift() ?? Promise.reject(new Error('no block under way'))
}

async function deliver(
  block: BlockLines,
  onLines: OnLines,
  summary: SummaryBuilder,
): Promise<void> {
  let count = 0
  for (const chunk of block.chunks) {
    summary.add(chunk)
    count += chunk.count
  }
  const { buffer, byteOffset, length } = block.lines
  if (count > 0) await onLines(Buffer.from(buffer, byteOffset, length), count)
}

/** Each block in memory of its own, since it may move to another thread. */
async function* blocksOf(file: FileHandle, from: number): AsyncGenerator<Buffer<ArrayBuffer>> {
  for (let at = from; ; at += BLOCK_BYTES) {
    const block = Buffer.allocUnsafeSlow(BLOCK_BYTES)
    const length = await fill(file, block, at)
    if (length > 0) yield block.subarray(0, length)
    if (length < BLOCK_BYTES) return
  }
}

/** Reads until `target` is full or the file ends; returns how many bytes there were. */
async function fill(file: FileHandle, target: Buffer, from: number): Promise<number> {
  let length = 0
  while (length < target.length) {
    const { bytesRead } = await file.read(target, length, target.length - length, from + length)
    if (bytesRead === 0) return length
    length += bytesRead
  }
  return length
}
