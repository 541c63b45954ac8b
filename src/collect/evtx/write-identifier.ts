// Identifiers and bare bytes as JSON texts.

import type { ByteSink } from './byte-sink.ts'
import { u32 } from './cursor.ts'
import { writeUnsigned } from './write-number.ts'

export const GUID_BYTES = 16
const QUOTE = 0x22
const MINUS = 0x2d
const DIGITS = Buffer.from('0123456789ABCDEF', 'latin1')

/** The first three groups are little-endian. */
const GUID_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] as const
const GUID_TEXT_BYTES = 38

/** Revision, count of sub-authorities, authority of six bytes; then the sub-authorities, [MS-DTYP] section 2.4.2.2. */
const SID_HEADER_BYTES = 8

/** `"54849625-5478-4994-A5BA-3E3B0328C30D"`, without braces as evtx_dump has it (Windows: braces and lower case). */
export function writeGuid(sink: ByteSink, bytes: Uint8Array, at: number): void {
  sink.reserve(GUID_TEXT_BYTES)
  const out = sink.bytes
  let to = sink.length
  out[to++] = QUOTE
  for (let i = 0; i < GUID_BYTES; i += 1) {
    if (i === 4 || i === 6 || i === 8 || i === 10) out[to++] = MINUS
    const byte = bytes[at + (GUID_ORDER[i] ?? 0)] ?? 0
    out[to++] = DIGITS[byte >> 4] ?? 0
    out[to++] = DIGITS[byte & 15] ?? 0
  }
  out[to++] = QUOTE
  sink.length = to
}

/** Upper-case hexadecimal digits, as Windows writes `<Binary>`. */
export function writeBinary(sink: ByteSink, bytes: Uint8Array, start: number, end: number): void {
  sink.reserve((end - start) * 2 + 2)
  const out = sink.bytes
  let to = sink.length
  out[to++] = QUOTE
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0
    out[to++] = DIGITS[byte >> 4] ?? 0
    out[to++] = DIGITS[byte & 15] ?? 0
  }
  out[to++] = QUOTE
  sink.length = to
}

/** Length of the security identifier that begins at `at`, as it states itself. */
export function sidBytes(bytes: Uint8Array, at: number): number {
  return SID_HEADER_BYTES + 4 * (bytes[at + 1] ?? 0)
}

/** `"S-1-5-18"`. One that is cut short is told byte by byte rather than made up. */
export function writeSid(sink: ByteSink, bytes: Uint8Array, start: number, end: number): void {
  if (end - start < SID_HEADER_BYTES || sidBytes(bytes, start) > end - start) {
    writeBinary(sink, bytes, start, end)
    return
  }
  sink.ascii('"S-')
  writeUnsigned(sink, bytes[start] ?? 0)
  sink.byte(MINUS)
  writeUnsigned(sink, authority(bytes, start + 2))
  const last = start + sidBytes(bytes, start)
  for (let at = start + SID_HEADER_BYTES; at < last; at += 4) {
    sink.byte(MINUS)
    writeUnsigned(sink, u32(bytes, at))
  }
  sink.byte(QUOTE)
}

/** Six bytes, the highest first. */
function authority(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let i = 0; i < 6; i += 1) value = value * 256 + (bytes[at + i] ?? 0)
  return value
}
