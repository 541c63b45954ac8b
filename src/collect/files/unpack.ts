// Compressed bytes to plain ones, as a stream. What was unpacked before damage is always given out first.

import {
  constants,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib'
import type { Gunzip, Inflate, InflateRaw, ZstdDecompress } from 'node:zlib'
import type { Chunks } from './chunks.ts'

export type Packing = 'gzip' | 'deflate' | 'deflate-raw' | 'zstd'

type Decoder = Gunzip | Inflate | InflateRaw | ZstdDecompress

export type UnpackOptions = {
  /** Largest zstd window as a power of two; RFC 9659 asks HTTP for 23 (8 MiB). */
  readonly windowLog?: number
}

const OUTPUT_BYTES = 256 * 1024
const DEFAULT_WINDOW_LOG = 27
/** Frames cost more to begin than to read: more than this is an attack. */
const MAX_FRAMES = 100_000

/** The input ended before the data did. */
export class TruncatedError extends Error {}

/** Throws TruncatedError, or what the decoder throws on damage. Reads several members or frames in a row. */
export async function* unpack(
  source: Chunks,
  packing: Packing,
  options: UnpackOptions = {},
): AsyncGenerator<Buffer> {
  const input = source[Symbol.asyncIterator]()
  try {
    let next = await nextOf(input)
    for (let frames = 0; next !== null; frames += 1) {
      if (frames >= MAX_FRAMES) throw new Error('too many frames')
      const decoder = decoderOf(packing, options)
      const feeding = feed(decoder, next, input)
      yield* outputOf(decoder)
      next = await feeding
    }
  } catch (thrown) {
    throw isCutOff(thrown)
      ? new TruncatedError('unexpected end of data', { cause: thrown })
      : thrown
  } finally {
    await input.return?.()
  }
}

function decoderOf(packing: Packing, { windowLog = DEFAULT_WINDOW_LOG }: UnpackOptions): Decoder {
  if (packing === 'gzip') return createGunzip({ chunkSize: OUTPUT_BYTES })
  if (packing === 'deflate') return createInflate({ chunkSize: OUTPUT_BYTES })
  if (packing === 'deflate-raw') return createInflateRaw({ chunkSize: OUTPUT_BYTES })
  return createZstdDecompress({
    chunkSize: OUTPUT_BYTES,
    params: { [constants.ZSTD_d_windowLogMax]: windowLog },
  })
}

/**
 * Writes until the input or the frame ends. Returns what lies behind the frame: the zstd decoder, unlike gunzip,
 * stops after one. Never rejects: trouble of the input becomes trouble of the decoder.
 */
async function feed(
  decoder: Decoder,
  first: Buffer,
  input: AsyncIterator<Buffer>,
): Promise<Buffer | null> {
  let fed = 0
  try {
    for (let chunk: Buffer | null = first; chunk !== null; chunk = await nextOf(input)) {
      fed += chunk.length
      await write(decoder, chunk)
      if (decoder.destroyed && !decoder.readableEnded) return null
      const behind = fed - decoder.bytesWritten
      if (behind > 0) return chunk.subarray(chunk.length - behind)
    }
    decoder.end()
  } catch (thrown) {
    decoder.destroy(thrown instanceof Error ? thrown : new Error(String(thrown)))
  }
  return null
}

/** Resolves when the chunk is used up, or when nothing more will be. */
function write(decoder: Decoder, chunk: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      decoder.off('close', done)
      resolve()
    }
    decoder.once('close', done)
    decoder.write(chunk, done)
  })
}

async function* outputOf(decoder: Decoder): AsyncGenerator<Buffer> {
  let trouble: unknown = null
  try {
    for await (const chunk of decoder) {
      const bytes: Buffer = chunk
      yield bytes
    }
  } catch (thrown) {
    trouble = thrown
  }
  if (trouble === null) return
  // An error overtakes chunks that wait in the stream; they are still there to be read.
  for (let chunk = readRest(decoder); chunk !== null; chunk = readRest(decoder)) yield chunk
  throw trouble
}

function readRest(decoder: Decoder): Buffer | null {
  const rest: Buffer | null = decoder.read()
  return rest
}

async function nextOf(input: AsyncIterator<Buffer>): Promise<Buffer | null> {
  const next = await input.next()
  return next.done === true ? null : next.value
}

function isCutOff(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'Z_BUF_ERROR'
}
