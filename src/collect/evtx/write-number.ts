// Numbers as JSON numbers, and the hexadecimal integers as the texts Windows writes.

import type { ByteSink } from './byte-sink.ts'
import { u32 } from './cursor.ts'

const ZERO = 0x30
const MINUS = 0x2d
const QUOTE = 0x22
const SMALL_X = 0x78
const HEX = Buffer.from('0123456789abcdef', 'latin1')
/** `"0x`, 16 digits and `"` */
const LONGEST_HEX = 20
const TWO_31 = 2 ** 31
const TWO_32 = 2 ** 32
const NINE_DIGITS = 1_000_000_000
/** High halves below it leave a number of at most 53 bits. */
const EXACT_HIGH = 2 ** 21
const LONGEST = 20

/** A whole number from 0 to 2^53. */
export function writeUnsigned(sink: ByteSink, value: number): void {
  if (value < TWO_31) {
    writeSmall(sink, value | 0)
    return
  }
  const top = Math.floor(value / NINE_DIGITS)
  writeSmall(sink, top)
  sink.reserve(9)
  putDigits(sink.bytes, sink.length, 9, (value - top * NINE_DIGITS) | 0)
  sink.length += 9
}

/** Below 2^31: whole numbers of this size are divided without becoming floating-point numbers. */
function writeSmall(sink: ByteSink, value: number): void {
  sink.reserve(LONGEST)
  const count = digitsOf(value)
  putDigits(sink.bytes, sink.length, count, value)
  sink.length += count
}

function digitsOf(value: number): number {
  let digits = 1
  for (let power = 10; digits < 10 && power <= value; power *= 10) digits += 1
  return digits
}

/** The last `count` digits of a number below 2^31, with zeroes before it. */
export function putDigits(out: Uint8Array, at: number, count: number, value: number): void {
  let rest = value | 0
  for (let to = at + count - 1; to >= at; to -= 1) {
    const next = (rest / 10) | 0
    out[to] = ZERO + (rest - next * 10)
    rest = next
  }
}

export function writeSigned(sink: ByteSink, value: number): void {
  if (value < 0) sink.byte(MINUS)
  writeUnsigned(sink, Math.abs(value))
}

/** Exact beyond 2^53 too: a JSON number has no width, and the reader of the line decides. */
export function writeUnsigned64(sink: ByteSink, bytes: Uint8Array, at: number): void {
  const high = u32(bytes, at + 4)
  if (high < EXACT_HIGH) writeUnsigned(sink, high * TWO_32 + u32(bytes, at))
  else sink.ascii(String(big(bytes, at)))
}

export function writeSigned64(sink: ByteSink, bytes: Uint8Array, at: number): void {
  if (u32(bytes, at + 4) < EXACT_HIGH) writeUnsigned64(sink, bytes, at)
  else sink.ascii(String(BigInt.asIntN(64, big(bytes, at))))
}

/** JSON has no infinities: they become texts. */
export function writeReal(sink: ByteSink, value: number): void {
  sink.ascii(Number.isFinite(value) ? String(value) : `"${value}"`)
}

/** The shortest digits that name this 32-bit number, and not those of the 64-bit number nearest to it. */
export function writeReal32(sink: ByteSink, value: number): void {
  let digits = 6
  while (digits < 9 && Math.fround(Number(value.toPrecision(digits))) !== value) digits += 1
  writeReal(sink, Number(value.toPrecision(digits)))
}

/** `"0x3e7"`: as Windows writes it and as rules ask for it. */
export function writeHex(sink: ByteSink, low: number, high: number): void {
  sink.reserve(LONGEST_HEX)
  const out = sink.bytes
  let to = sink.length
  out[to++] = QUOTE
  out[to++] = ZERO
  out[to++] = SMALL_X
  if (high !== 0) to = putHex(out, to, high, nibblesOf(high))
  to = putHex(out, to, low, high === 0 ? nibblesOf(low) : 8)
  out[to++] = QUOTE
  sink.length = to
}

function nibblesOf(half: number): number {
  return half === 0 ? 1 : 8 - (Math.clz32(half) >> 2)
}

function putHex(out: Uint8Array, at: number, half: number, count: number): number {
  for (let i = 0; i < count; i += 1) out[at + i] = HEX[(half >>> ((count - 1 - i) * 4)) & 15] ?? 0
  return at + count
}

function big(bytes: Uint8Array, at: number): bigint {
  return (BigInt(u32(bytes, at + 4)) << 32n) | BigInt(u32(bytes, at))
}
