// What of a line may be an indicator, as numbers: each word of it and, of a name, each name above it, from right to left, so
// that `www.evil.example` is met as `evil.example` in the same pass. Packing and finding share this file: both count alike.

/** Bytes of one packed value: two numbers. */
export const HASH_BYTES = 8

const [DOT, COLON] = [0x2e, 0x3a]
const SEED = { one: 0x811c9dc5 | 0, two: 0x9747b28c | 0 } as const
const FACTOR = { one: 0x01000193, two: 0x85ebca6b | 0 } as const
/** Nothing longer is looked for. */
const MOST_WORD = 256
/** Hexadecimal digits of MD5, SHA-1, SHA-2. */
const IS_HASH_LENGTH = Uint8Array.from({ length: MOST_WORD + 2 }, (_, length) =>
  [32, 40, 56, 64, 96, 128].includes(length) ? 1 : 0,
)
/** A colon of an IPv6 address and at most four digits (RFC 4291 section 2.2). */
const SIX_GROUP = 5
/** Bit of the second number: names below the value are met, too. */
const BELOW = 1

/** The form of a byte inside a word, lower case; 0 for what ends a word. */
const FORMS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const text = String.fromCharCode(byte)
  return byte >= 0x80 || /[\w.-]/.test(text) ? (text.toLowerCase().codePointAt(0) ?? 0) & 0xff : 0
})

export type IndicatorValue = { readonly value: string; readonly below: boolean }

/** Of values in the form they are compared in: lower case, addresses as the engine prints them. */
export function packIndicators(values: readonly IndicatorValue[]): Buffer {
  const packed = Buffer.alloc(values.length * HASH_BYTES)
  for (const [at, { value, below }] of values.entries()) {
    const { one, two } = hashOf(Buffer.from(value, 'utf8'))
    packed.writeUInt32LE(one, at * HASH_BYTES)
    packed.writeUInt32LE(((two & ~BELOW) | (below ? BELOW : 0)) >>> 0, at * HASH_BYTES + 4)
  }
  return packed
}

export type WordAt = { readonly from: number; readonly to: number }
/** Where a value of the list stands in a line; undefined for none. */
export type FindWord = (bytes: Uint8Array, start: number, end: number) => WordAt | undefined

/** `hasSix`: whether addresses of IPv6 are in the list. Memory: 16 to 32 bytes a value. */
export function wordFinder(packed: Buffer, hasSix: boolean): FindWord {
  const has = tableOf(packed)
  return (bytes, start, end) => {
    let one: number = SEED.one
    let two: number = SEED.two
    let to = end
    let dots = 0
    let colonAt = end + SIX_GROUP + 1
    let colons = 0
    let maySix = false
    for (let at = end - 1; at >= start; at -= 1) {
      const byte = bytes[at] ?? 0
      const form = FORMS[byte] ?? 0
      if (form === 0 || to - at > MOST_WORD) {
        const isWord = dots > 0 || IS_HASH_LENGTH[to - at - 1] === 1
        if (isWord && has(one, two, false)) return { from: at + 1, to }
        if (byte === COLON) {
          colons = colonAt - at <= SIX_GROUP ? colons + 1 : 1
          maySix ||= colons === 7 || colonAt - at === 1
          colonAt = at
        }
        one = SEED.one
        two = SEED.two
        to = at
        dots = 0
        continue
      }
      if (byte === DOT) {
        if (to - at === 1) {
          to = at
          continue
        }
        if (dots > 0 && has(one, two, true)) return { from: at + 1, to }
        dots += 1
      }
      one = Math.imul(one ^ form, FACTOR.one)
      two = Math.imul(two ^ form ^ (two >>> 15), FACTOR.two)
    }
    if ((dots > 0 || IS_HASH_LENGTH[to - start] === 1) && has(one, two, false))
      return { from: start, to }
    return hasSix && maySix ? sixIn(bytes, { start, end, has }) : undefined
  }
}

type Has = (one: number, two: number, below: boolean) => boolean

/** Open addressing, at most half full. */
function tableOf(packed: Buffer): Has {
  const count = Math.floor(packed.length / HASH_BYTES)
  const size = 2 ** Math.ceil(Math.log2(Math.max(count, 8) * 2))
  const table = new Uint32Array(size * 2)
  const mask = size - 1
  for (let at = 0; at < count; at += 1) {
    const one = packed.readUInt32LE(at * HASH_BYTES) || 1
    let slot = one & mask
    while (table[slot * 2] !== 0) slot = (slot + 1) & mask
    table[slot * 2] = one
    table[slot * 2 + 1] = packed.readUInt32LE(at * HASH_BYTES + 4)
  }
  return (first, second, below) => {
    const one = first >>> 0 || 1
    const two = (second & ~BELOW) >>> 0
    for (let slot = one & mask; table[slot * 2] !== 0; slot = (slot + 1) & mask) {
      const kept = table[slot * 2 + 1] ?? 0
      if (
        table[slot * 2] === one &&
        (kept & ~BELOW) >>> 0 === two &&
        (!below || (kept & BELOW) === BELOW)
      )
        return true
    }
    return false
  }
}

function hashOf(bytes: Uint8Array): { readonly one: number; readonly two: number } {
  let one: number = SEED.one
  let two: number = SEED.two
  for (let at = bytes.length - 1; at >= 0; at -= 1) {
    const byte = bytes[at] ?? 0
    const form = FORMS[byte] ?? 0
    const counted = form === 0 ? byte : form
    one = Math.imul(one ^ counted, FACTOR.one)
    two = Math.imul(two ^ counted ^ (two >>> 15), FACTOR.two)
  }
  return { one: one >>> 0, two: two >>> 0 }
}

type Span = { readonly start: number; readonly end: number; readonly has: Has }

/** Addresses of IPv6 are written in several ways, so each is brought into the one form first; lines with one are few. */
function sixIn(bytes: Uint8Array, { start, end, has }: Span): WordAt | undefined {
  let from = start
  for (let at = start; at <= end; at += 1) {
    const byte = at < end ? (bytes[at] ?? 0) : 0
    if (byte === COLON || byte === DOT || isHexDigit(byte)) continue
    const key = at - from < 3 || at - from > 45 ? undefined : sixKey(bytes, from, at)
    if (key !== undefined) {
      const { one, two } = hashOf(Buffer.from(key))
      if (has(one, two, false)) return { from, to: at }
    }
    from = at + 1
  }
  return undefined
}

function sixKey(bytes: Uint8Array, from: number, to: number): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1')
  const colons = text.split(':').length - 1
  if (colons < 2 || (colons !== 7 && !text.includes('::'))) return undefined
  return URL.parse(`http://[${text}]`)?.hostname.slice(1, -1)
}

function isHexDigit(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x46) ||
    (byte >= 0x61 && byte <= 0x66)
  )
}
