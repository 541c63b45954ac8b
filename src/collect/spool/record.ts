// One line in a spool segment, in the engine's RowBinary, so that a segment is loaded without JavaScript:
// line UInt32, received Int64 (ms), source String, context String, raw String.

import type { Mark } from '../position.ts'

/** The structure as the engine reads it. */
export const RECORD_STRUCTURE =
  'line UInt32, received Int64, source String, context String, raw String'

/** Source of the records that hold a checksum instead of a line; the loader leaves them out. */
export const SEAL_SOURCE = ''

/** Context of the records that hold how far a file was read; their source is empty as well. */
export const MARK_CONTEXT = 'position'

/** Bytes before the source: line and received. */
export const RECORD_HEAD_BYTES = 12

/** Bytes that an unsigned LEB128 of this value takes. */
export function varintBytes(value: number): number {
  let bytes = 1
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) bytes += 1
  return bytes
}

/** Writes an unsigned LEB128 (the engine's string length); returns the offset behind it. */
export function writeVarint(into: Buffer, value: number, offset: number): number {
  let rest = value
  let at = offset
  while (rest > 127) {
    into[at] = (rest & 127) | 128
    rest = Math.floor(rest / 128)
    at += 1
  }
  into[at] = rest
  return at + 1
}

/** Source and context as they stand in every record of an origin. */
export function encodeOrigin(source: string, context: string): Buffer {
  const parts = [source, context].map((text) => {
    const bytes = Buffer.from(text, 'utf8')
    const length = Buffer.alloc(varintBytes(bytes.length))
    writeVarint(length, bytes.length, 0)
    return [length, bytes]
  })
  return Buffer.concat(parts.flat())
}

const MARK_ORIGIN = encodeOrigin(SEAL_SOURCE, MARK_CONTEXT)

/** How far a file was read, among the lines. */
export function encodeMark(mark: Mark): Buffer {
  return encodeRecord(0, 0, MARK_ORIGIN, Buffer.from(JSON.stringify(mark), 'utf8'))
}

/** A whole segment of lines at once, for small inputs such as golden text. `from`: number of its first line. */
export function encodeSegment(
  lines: readonly string[],
  {
    source,
    context,
    receivedMs,
    from = 0,
  }: {
    readonly source: string
    readonly context: string
    readonly receivedMs: number
    readonly from?: number
  },
): Buffer {
  const origin = encodeOrigin(source, context)
  return Buffer.concat(
    lines.map((text, at) => encodeRecord(from + at, receivedMs, origin, Buffer.from(text, 'utf8'))),
  )
}

function encodeRecord(line: number, receivedMs: number, origin: Buffer, raw: Buffer): Buffer {
  const record = Buffer.alloc(
    RECORD_HEAD_BYTES + origin.length + varintBytes(raw.length) + raw.length,
  )
  record.writeUInt32LE(line, 0)
  record.writeBigInt64LE(BigInt(receivedMs), 4)
  origin.copy(record, RECORD_HEAD_BYTES)
  raw.copy(record, writeVarint(record, raw.length, RECORD_HEAD_BYTES + origin.length))
  return record
}
