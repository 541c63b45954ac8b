// One file over HTTPS, taken up again where a connection broke.

import { VigieError, reasonOf } from '../core/index.ts'
import type { Words } from '../words/index.ts'

const MOST_TRIES = 5
const IDLE_MS = 60_000

/** Bytes of an address. Throws BAD_REQUEST for what is not HTTPS, ENGINE_UNREACHABLE once it cannot be had. */
export async function* download(address: string, words: Words): AsyncGenerator<Uint8Array> {
  if (!address.startsWith('https://'))
    throw new VigieError('BAD_REQUEST', { met: address, expected: words.exposure.httpsOnly })
  let had = 0
  for (let tries = 1; ; tries += 1) {
    try {
      for await (const piece of from(address, had)) {
        had += piece.length
        yield piece
      }
      return
    } catch (cause) {
      if (tries >= MOST_TRIES || cause instanceof VigieError)
        throw new VigieError(
          'ENGINE_UNREACHABLE',
          { engine: address, reason: reasonOf(cause) },
          { cause },
        )
    }
  }
}

async function* from(address: string, had: number): AsyncGenerator<Uint8Array> {
  const stop = new AbortController()
  const idle = () => setTimeout(() => stop.abort(), IDLE_MS)
  let timer = idle()
  try {
    const headers = had === 0 ? {} : { Range: `bytes=${had}-` }
    const response = await fetch(address, { headers, signal: stop.signal })
    // A server that knows no ranges begins anew: what was had is passed over.
    let skip = response.status === 206 ? 0 : had
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`)
    for await (const piece of response.body) {
      clearTimeout(timer)
      timer = idle()
      const rest = piece.subarray(Math.min(skip, piece.length))
      skip -= piece.length - rest.length
      if (rest.length > 0) yield rest
    }
  } finally {
    clearTimeout(timer)
  }
}
