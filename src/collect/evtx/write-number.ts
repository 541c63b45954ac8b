// Numbers as JSON numbers, and the hexadecimal integers as the texts Windows writes.

import type { ByteSink } from './byte-sink.ts'
import { u32 } from './cursor.ts'

const ZERO = 0x30
const MINUS = 0x2d
const TWO_32 = 2 ** 32
/** High halves below it leave a number of at most 53 bits. */
const EXACT_HIGH = 2 ** 21
const LONGEST = 20

/** A whole number from 0 to 2^53. */
export function writeUnsigned(sink: ByteSink, value: number): void {
  sink.reserve(LONGEST)
  const out = sink.bytes
  let digits = 1
  for (let power = 10; power <= value; power *= 10) digits += 1
  let rest = value
  for (let to = sink.length + digits - 1; to >= sink.length; to -= 1) {
    const next = Math.floor(rest / 10)
    out[to] = ZERO + (rest - next * 10)
    rest = next
  }
  sink.length += digits
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
  if (high === 0) sink.ascii(`"0x${low.toString(16)}"`)
  else sink.ascii(`"0x${high.toString(16)}${low.toString(16).padStart(8, '0')}"`)
}

function big(bytes: Uint8Array, at: number): bigint {
  return (BigInt(u32(bytes, at + 4)) << 32n) | BigInt(u32(bytes, at))
}
