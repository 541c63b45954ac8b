// A file that comes as a body, bounded as it is read.

import { refusal } from './problems.ts'

const MOST_FILE_BYTES = 1024 * 1024 * 1024

type Body = ReadableStream<Uint8Array> | null

async function* boundedBody(body: Body): AsyncGenerator<Uint8Array> {
  let bytes = 0
  if (body === null) return
  for await (const piece of body) {
    bytes += piece.length
    if (bytes > MOST_FILE_BYTES) throw refusal(413, 'BODY_TOO_LARGE', { most: '1 GiB' })
    yield piece
  }
}

/**
 * Hands the file over, and reads to its end what was left of it by a refusal: whoever is answered while still sending may never see
 * the answer, because the connection is cut under it.
 */
export async function withFile<T>(
  body: Body,
  take: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const file = boundedBody(body)
  const kept: AsyncIterable<Uint8Array> = {
    // Without `return`: what stops reading early does not end the file.
    [Symbol.asyncIterator]: () => ({ next: () => file.next() }),
  }
  try {
    return await take(kept)
  } catch (cause) {
    await leftOf(file)
    throw cause
  }
}

async function leftOf(file: AsyncGenerator<Uint8Array>): Promise<void> {
  try {
    while ((await file.next()).done !== true);
  } catch {
    // The sender went, or sends more than a file may hold: the first refusal is what is told.
  }
}
