// Reads a pack that came from outside: header and signature first, then the digest of the whole, and only then its ranges.

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { VigieError, isVigieError } from '../core/index.ts'
import type { NetworksProblem } from '../core/index.ts'
import { MOST_RANGES } from './network-range.ts'
import type { NetworkRange } from './network-range.ts'
import { MOST_HEADER_BYTES, readHeader } from './pack.ts'
import type { SignedHeader } from './pack.ts'
import { rangeOf } from './range-line.ts'

const MOST_PACK_BYTES = 256 * 1024 * 1024
const MOST_LINE = 1024

/**
 * Puts the compressed ranges into `body` and gives what the pack says of itself. `trusts` is asked before anything after the
 * header is kept. Throws NETWORKS_REFUSED.
 */
export async function receivePack(
  bytes: AsyncIterable<Uint8Array>,
  body: string,
  trusts: (signed: SignedHeader) => void,
): Promise<SignedHeader> {
  const hash = createHash('sha256')
  const out = createWriteStream(body, { mode: 0o600 })
  let head = Buffer.alloc(0)
  let signed: SignedHeader | undefined
  let size = 0
  const keep = async (piece: Uint8Array) => {
    hash.update(piece)
    if (!out.write(piece)) await once(out, 'drain')
  }
  try {
    for await (const piece of bytes) {
      size += piece.length
      if (size > MOST_PACK_BYTES) throw refused('too_large', '256 MiB')
      if (signed !== undefined) {
        await keep(piece)
        continue
      }
      head = Buffer.concat([head, piece])
      const end = headerEnd(head)
      if (end === undefined) {
        if (head.length > MOST_HEADER_BYTES) throw refused('not_a_pack')
        continue
      }
      signed = headerOf(head.subarray(0, end))
      trusts(signed)
      await keep(head.subarray(end))
    }
  } finally {
    out.end()
    await once(out, 'close')
  }
  if (signed === undefined) throw refused('not_a_pack')
  if (hash.digest('hex') !== signed.header.sha256) throw refused('damaged')
  return signed
}

export function refused(problem: NetworksProblem, met = ''): VigieError {
  return new VigieError('NETWORKS_REFUSED', { file: '', problem, met })
}

function headerEnd(head: Buffer): number | undefined {
  let at = 0
  for (let lines = 0; lines < 3; lines += 1) {
    const next = head.indexOf(10, at)
    if (next < 0) return undefined
    at = next + 1
  }
  return at
}

function headerOf(head: Buffer): SignedHeader {
  const [format = '', json = '', signature = ''] = head.toString('utf8').split('\n')
  const read = readHeader([format, json, signature])
  if (typeof read === 'string') throw refused(read)
  return read
}

/** Ascending ranges that do not overlap. Throws NETWORKS_REFUSED with the line of what is none. */
export async function* rangesOf(body: string): AsyncGenerator<NetworkRange> {
  let before = -1n
  let number = 0
  for await (const line of linesOf(body)) {
    number += 1
    const range = rangeOf(line)
    if (range === undefined || range.first <= before)
      throw refused('bad_range', `${number}: ${line.slice(0, 100)}`)
    if (number > MOST_RANGES) throw refused('too_many', String(MOST_RANGES))
    before = range.last
    yield range
  }
}

async function* linesOf(body: string): AsyncGenerator<string> {
  const plain = createReadStream(body).pipe(createGunzip())
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const piece of plain) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > MOST_LINE) throw refused('bad_range', rest.slice(0, 100))
      yield* lines
    }
  } catch (cause) {
    throw isVigieError(cause) ? cause : refused('damaged')
  }
  if (rest !== '') yield rest
}
