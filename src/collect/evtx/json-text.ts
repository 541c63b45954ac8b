// Text of the file as the inside of a JSON text (RFC 8259 section 7): escaped, UTF-8, never a line break.

import type { ByteSink } from './byte-sink.ts'

const BACKSLASH = 0x5c
const HEX = Buffer.from('0123456789abcdef', 'latin1')
const UNICODE_ESCAPE = Buffer.from('u0000', 'latin1')
const REPLACEMENT = 0xfffd
const BYTES_A_UNIT = 6

/** For each ASCII character: 0 it stays, 1 it becomes `\u00XX`, else the letter behind a backslash. */
const ESCAPES = escapes()

/** UTF-16LE in `source[start, end)`. A lone surrogate becomes U+FFFD, since it has no UTF-8 form. */
export function writeUtf16(sink: ByteSink, source: Uint8Array, start: number, end: number): void {
  sink.reserve((end - start) * (BYTES_A_UNIT / 2))
  const out = sink.bytes
  let to = sink.length
  for (let at = start; at + 1 < end; at += 2) {
    const low = source[at] ?? 0
    const high = source[at + 1] ?? 0
    if (high === 0 && low < 0x80) {
      const escape = ESCAPES[low] ?? 0
      if (escape === 0) out[to++] = low
      else to = putEscape(out, to, low, escape)
    } else {
      const point = codePoint(source, at, end)
      if (point > 0xffff) at += 2
      to = putUtf8(out, to, point)
    }
  }
  sink.length = to
}

/** A text of our own making or decoded from another code page. */
export function writeString(sink: ByteSink, text: string): void {
  const units = Buffer.from(text, 'utf16le')
  writeUtf16(sink, units, 0, units.length)
}

function codePoint(source: Uint8Array, at: number, end: number): number {
  const unit = (source[at] ?? 0) | ((source[at + 1] ?? 0) << 8)
  if (unit < 0xd800 || unit > 0xdfff) return unit
  if (unit > 0xdbff || at + 3 >= end) return REPLACEMENT
  const next = (source[at + 2] ?? 0) | ((source[at + 3] ?? 0) << 8)
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
