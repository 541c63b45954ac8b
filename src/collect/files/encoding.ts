// Text in UTF-16, as Windows tools write it, to UTF-8; a byte order mark is left out. Other bytes stay as they are.

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

export type TextDecoderStep = {
  readonly push: (chunk: Buffer) => Buffer
  readonly end: () => Buffer
}

/** Looked at to recognise UTF-16 without a mark. */
const LOOKED_AT = 1024
const MIN_LOOKED_AT = 16
/** Text in Latin letters has a zero byte in nearly every pair. */
const ZERO_SHARE = 0.7
const NOTHING = Buffer.alloc(0)

export function detectEncoding(head: Buffer): {
  readonly encoding: Encoding
  readonly markBytes: number
} {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
    return { encoding: 'utf-8', markBytes: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 }
  return { encoding: withoutMark(head.subarray(0, LOOKED_AT)), markBytes: 0 }
}

/** A step that turns chunks into UTF-8. A half pair that is no character becomes U+FFFD. */
export function decodeFrom(encoding: Encoding): TextDecoderStep {
  if (encoding === 'utf-8') return { push: (chunk) => chunk, end: () => NOTHING }
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  return {
    push: (chunk) => Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8'),
    end: () => Buffer.from(decoder.decode(), 'utf8'),
  }
}

function withoutMark(head: Buffer): Encoding {
  const pairs = Math.floor(head.length / 2)
  if (pairs * 2 < MIN_LOOKED_AT) return 'utf-8'
  let [even, odd] = [0, 0]
  for (let at = 0; at < pairs * 2; at += 2) {
    if (head[at] === 0) even += 1
    if (head[at + 1] === 0) odd += 1
  }
  if (odd / pairs >= ZERO_SHARE && even / pairs < 1 - ZERO_SHARE) return 'utf-16le'
  return even / pairs >= ZERO_SHARE && odd / pairs < 1 - ZERO_SHARE ? 'utf-16be' : 'utf-8'
}
