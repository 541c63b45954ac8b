// The body of a request, unpacked as it comes and bounded in size, growth and time. Asking for the next chunk is what
// lets the sender go on.

import type { IncomingMessage } from 'node:http'
import { reasonOf } from '../../core/index.ts'
import type { Words } from '../../words/index.ts'
import { tally } from '../files/tally.ts'
import { unpack } from '../files/unpack.ts'
import type { Packing } from '../files/unpack.ts'
import { HEC, Refusal } from './refusal.ts'

export type BodyLimits = {
  /** Bytes of the body, as sent and unpacked. */
  readonly maxBytes: number
  /** Longest silence of the sender. */
  readonly idleMs: number
  /** Longest time spent waiting for the sender, in all. */
  readonly totalMs: number
}

export const BODY_LIMITS: BodyLimits = {
  maxBytes: 64 * 1024 * 1024,
  idleMs: 30_000,
  totalMs: 300_000,
}

type Sentences = Words['collect']['http']

/** Growth beyond this is refused once a body is larger than MIN_RATIO_BYTES unpacked. */
const MAX_RATIO = 1000
const MIN_RATIO_BYTES = 4 * 1024 * 1024
/** RFC 9659: at most 8 MiB of zstd window over HTTP. */
const WINDOW_LOG = 23

const PACKINGS = new Map<string, Packing | null>([
  ['', null],
  ['identity', null],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['zstd', 'zstd'],
])

/** Throws a Refusal for what is too large, too slow, damaged or packed in an unknown way. */
export async function* bodyOf(
  request: IncomingMessage,
  limits: BodyLimits,
  say: Sentences,
): AsyncGenerator<Buffer> {
  const named = (request.headers['content-encoding'] ?? '').trim().toLowerCase()
  const packing = PACKINGS.get(named)
  if (packing === undefined) {
    throw new Refusal(415, HEC.invalidData, say.encodingUnknown({ met: named.slice(0, 50) }))
  }
  const tooLarge = () =>
    new Refusal(413, HEC.tooLarge, say.tooLarge({ limitBytes: limits.maxBytes }))
  if (Number(request.headers['content-length'] ?? 0) > limits.maxBytes) throw tooLarge()
  const sent = received(request, limits, say)
  yield* packing === null ? bounded(sent, () => limits.maxBytes, tooLarge) : grown(sent, packing)

  async function* grown(chunks: AsyncGenerator<Buffer>, by: Packing): AsyncGenerator<Buffer> {
    let packedBytes = 0
    const packed = tally(
      bounded(chunks, () => limits.maxBytes, tooLarge),
      (bytes) => {
        packedBytes += bytes
      },
    )
    const room = () => Math.min(limits.maxBytes, Math.max(MIN_RATIO_BYTES, packedBytes * MAX_RATIO))
    try {
      yield* bounded(unpack(packed, by, { windowLog: WINDOW_LOG }), room, tooLarge)
    } catch (thrown) {
      if (thrown instanceof Refusal) throw thrown
      throw new Refusal(400, HEC.invalidData, say.bodyDamaged({ reason: reasonOf(thrown) }))
    }
  }
}

async function* bounded(
  chunks: AsyncIterable<Buffer>,
  maxBytes: () => number,
  tooLarge: () => Error,
): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > maxBytes()) throw tooLarge()
    yield chunk
  }
}

/** Chunks as sent. Only time spent waiting for the sender counts, not time the intake makes it wait. */
async function* received(
  request: IncomingMessage,
  limits: BodyLimits,
  say: Sentences,
): AsyncGenerator<Buffer> {
  const chunks = request.iterator({ destroyOnReturn: false })
  let left = limits.totalMs
  for (;;) {
    const began = performance.now()
    const next = await within(chunks.next(), Math.min(limits.idleMs, left))
    if (next === 'late') throw new Refusal(408, HEC.invalidData, say.tooSlow())
    left = Math.max(1, left - (performance.now() - began))
    if (next.done === true) return
    const chunk: Buffer = next.value
    yield chunk
  }
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
    // Given up, it may still fail when the connection is closed.
    promise.catch(() => {})
  }
}
