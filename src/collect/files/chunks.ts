// Files as chunks of bytes.

import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'

export type Chunks = AsyncIterable<Buffer>

export const CHUNK_BYTES = 256 * 1024

/** Opens for reading without waiting for a pipe's writer; the caller checks what it got. */
export function openToRead(path: string, { followLinks = true } = {}): Promise<FileHandle> {
  const links = followLinks ? 0 : constants.O_NOFOLLOW
  return open(path, constants.O_RDONLY | constants.O_NONBLOCK | links)
}

/** Everything from `from` to the end as it is when reached. Each chunk is a buffer of its own. */
export async function* readChunks(handle: FileHandle, from = 0): AsyncGenerator<Buffer> {
  for (let at = from; ;) {
    const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES)
    const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

/** The first bytes, at least `wanted` of them where there are so many, and everything, those bytes included. */
export async function peek(chunks: Chunks, wanted: number): Promise<{ head: Buffer; all: Chunks }> {
  const iterator = chunks[Symbol.asyncIterator]()
  let head: Buffer = Buffer.alloc(0)
  while (head.length < wanted) {
    const next = await iterator.next()
    if (next.done === true) break
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  return { head, all: startWith(head, iterator) }
}

async function* startWith(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
      yield next.value
  } finally {
    await iterator.return?.()
  }
}
