// Text of the file as the inside of a JSON text (RFC 8259 section 7): escaped, UTF-8, never a line break.

import { viewOf } from './byte-sink.ts'
import type { ByteSink } from './byte-sink.ts'

const BACKSLASH = 0x5c
const HEX = Buffer.from('0123456789abcdef', 'latin1')
const UNICODE_ESCAPE = Buffer.from('u0000', 'latin1')
const REPLACEMENT = 0xfffd
const BYTES_A_UNIT = 6
/** Set in two units read at once where one of them is not ASCII. */
const BEYOND_ASCII = 0xff80ff80 | 0

/** For each ASCII character: 0 it stays, 1 it becomes `\u00XX`, else the letter behind a backslash. */
const ESCAPES = escapes()

/** UTF-16LE in `source[start, end)`. A lone surrogate becomes U+FFFD, since it has no UTF-8 form. */
export function writeUtf16(sink: ByteSink, source: DataView, start: number, end: number): void {
  sink.reserve((end - start) * (BYTES_A_UNIT / 2))
  const { bytes, view } = sink
  const lastPair = end - 4
  let to = sink.length
  let at = start
  while (at + 1 < end) {
    // Most text is ASCII that needs no escape: two units at a time.
    while (at <= lastPair) {
      const two = source.getInt32(at, true)
      if ((two & BEYOND_ASCII) !== 0) break
      const first = two & 0x7f
      const second = two >> 16
      if (((ESCAPES[first] ?? 0) | (ESCAPES[second] ?? 0)) !== 0) break
      view.setInt16(to, first | (second << 8), true)
      to += 2
      at += 4
    }
    if (at + 1 >= end) break
    const unit = source.getUint16(at, true)
    if (unit < 0x80) {
      const escape = ESCAPES[unit] ?? 0
      if (escape === 0) bytes[to++] = unit
      else to = putEscape(bytes, to, unit, escape)
    } else {
      const point = codePoint(source, unit, at, end)
      if (point > 0xffff) at += 2
      to = putUtf8(bytes, to, point)
    }
    at += 2
  }
  sink.length = to
}

/** A text of our own making or decoded from another code page. */
export function writeString(sink: ByteSink, text: string): void {
  const units = Buffer.from(text, 'utf16le')
  writeUtf16(sink, viewOf(units), 0, units.length)
}

function codePoint(source: DataView, unit: number, at: number, end: number): number {
  if (unit < 0xd800 || unit > 0xdfff) return unit
  if (unit > 0xdbff || at + 3 >= end) return REPLACEMENT
  const next = source.getUint16(at + 2, true)
  if (next < 0xdc00 || next > 0xdfff) return REPLACEMENT
  return 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00)
}

function putUtf8(out: Uint8Array, to: number, point: number): number {
  if (point < 0x800) out[to++] = 0xc0 | (point >> 6)
  else {
    if (point < 0x10000) out[to++] = 0xe0 | (point >> 12)
    else {
      out[to++] = 0xf0 | (point >> 18)
      out[to++] = 0x80 | ((point >> 12) & 0x3f)
    }
    out[to++] = 0x80 | ((point >> 6) & 0x3f)
  }
  out[to++] = 0x80 | (point & 0x3f)
  return to
}

function putEscape(out: Uint8Array, to: number, unit: number, escape: number): number {
  out[to++] = BACKSLASH
  if (escape !== 1) {
    out[to++] = escape
    return to
  }
  out.set(UNICODE_ESCAPE, to)
  out[to + 3] = HEX[unit >> 4] ?? 0
  out[to + 4] = HEX[unit & 15] ?? 0
  return to + 5
}

function escapes(): Uint8Array {
  const table = new Uint8Array(0x80)
  table.fill(1, 0, 0x20)
  for (const [character, letter] of ['\nn', '\rr', '\tt', '\bb', '\ff', '""', '\\\\']) {
    table[(character ?? '').charCodeAt(0)] = (letter ?? '').charCodeAt(0)
  }
  return table
}
