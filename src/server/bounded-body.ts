// A file that comes as a body, bounded as it is read.

import { refusal } from './problems.ts'

const MOST_FILE_BYTES = 1024 * 1024 * 1024

export async function* boundedBody(
  body: ReadableStream<Uint8Array> | null,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  if (body === null) return
  for await (const piece of body) {
    bytes += piece.length
    if (bytes > MOST_FILE_BYTES) throw refusal(413, 'BODY_TOO_LARGE', { most: '1 GiB' })
    yield piece
  }
}
