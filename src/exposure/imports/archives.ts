// Reports as people send them: zipped, one or several, or packed by gzip. Bounded as they unpack.

import { createGunzip } from 'node:zlib'
import { reasonOf, zipFiles } from '../../core/index.ts'
import { LIMITS, isRefusal, refuse } from './limits.ts'
import type { Bytes } from './read-json.ts'

/** RFC 1952 section 2.3.1. */
export const isGzip = (start: Uint8Array): boolean => start[0] === 0x1f && start[1] === 0x8b

/** Unpacks as it is read; refuses what is cut or grows past the bound. */
export async function* gunzipped({ file, bytes }: Bytes): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  const feeding = (async () => {
    try {
      for await (const piece of bytes)
        if (!gunzip.write(piece))
          await new Promise((resolve) => {
            gunzip.once('drain', resolve)
            gunzip.once('close', resolve)
          })
      gunzip.end()
    } catch (cause) {
      gunzip.destroy(cause instanceof Error ? cause : new Error(reasonOf(cause)))
    }
  })()
  let total = 0
  try {
    for await (const piece of gunzip) {
      const unpacked: Uint8Array = piece
      total += unpacked.length
      if (total > LIMITS.xmlBytes) refuse(file, 'too_large', '2 GiB')
      yield unpacked
    }
    await feeding
  } catch (cause) {
    const reason = reasonOf(cause)
    if (isRefusal(cause)) throw cause
    refuse(file, 'not_packed', reason)
  } finally {
    gunzip.destroy()
  }
}

/** The files of a zip, each as a report of its own. */
export async function zipped({ file, bytes }: Bytes): Promise<readonly Bytes[]> {
  const pieces: Uint8Array[] = []
  let total = 0
  for await (const piece of bytes) {
    total += piece.length
    if (total > LIMITS.jsonBytes) refuse(file, 'too_large', '512 MiB')
    pieces.push(piece)
  }
  const read = await zipFiles(Buffer.concat(pieces), LIMITS.jsonBytes)
  if (!read.ok)
    return read.problem.kind === 'too_large'
      ? refuse(file, 'too_large', '512 MiB')
      : refuse(file, 'not_packed', read.problem.reason)
  return read.value.map(({ name, bytes: content }) => ({
    file: `${file}: ${name}`,
    bytes: once(content),
  }))
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content
}
