// One value of a record as JSON, by its type.

import type { ByteSink } from './byte-sink.ts'
import type { ChunkState } from './chunk-state.ts'
import { u32 } from './cursor.ts'
import { writeString, writeUtf16 } from './json-text.ts'
import { ARRAY, TYPE } from './layout.ts'
import { widthOf, writeFixed } from './write-fixed.ts'
import { sidBytes, writeBinary, writeSid } from './write-identifier.ts'
import { writeHex } from './write-number.ts'

/** Bytes [start, end) of a chunk, read as this type. */
export type Value = {
  readonly chunk: ChunkState
  readonly type: number
  readonly start: number
  readonly end: number
}

const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
/** What Windows calls ANSI depends on its locale, which the file does not tell; English and French share this code page. */
const ANSI = new TextDecoder('windows-1252')

/** Writes the value; false, with nothing written, when it is null or too short for its type. */
export function writeValue(sink: ByteSink, value: Value): boolean {
  const { chunk, type, start, end } = value
  if (type === TYPE.utf16) {
    writeUtf16Text(sink, chunk, start, end)
    return true
  }
  const width = widthOf(type)
  if (width > 0) {
    if (end - start < width) return false
    writeFixed(sink, chunk.bytes, type, start)
    return true
  }
  if ((type & ARRAY) !== 0) {
    sink.byte(OPEN_ARRAY)
    writeItems(sink, value)
    sink.byte(CLOSE_ARRAY)
    return true
  }
  return writeSized(sink, value)
}

/** The types whose size is that of the value. */
function writeSized(sink: ByteSink, { chunk, type, start, end }: Value): boolean {
  const { bytes } = chunk
  switch (type) {
    case TYPE.ansi:
      writeAnsi(sink, bytes.subarray(start, end))
      return true
    case TYPE.xml:
      writeUtf16Text(sink, chunk, start, end)
      return true
    case TYPE.sid:
      if (end === start) return false
      writeSid(sink, bytes, start, end)
      return true
    case TYPE.sizeT:
    case TYPE.handle:
      if (end - start < 4) return false
      writeHex(sink, u32(bytes, start), end - start < 8 ? 0 : u32(bytes, start + 4))
      return true
    case TYPE.null:
    case TYPE.binXml:
      return false
    default:
      writeBinary(sink, bytes, start, end)
      return true
  }
}

/** Some writers count the closing NULs; they are no part of the text. Trailing spaces are, and stay. */
function writeUtf16Text(sink: ByteSink, chunk: ChunkState, start: number, end: number): void {
  const { bytes, view } = chunk
  let last = end
  while (last - start >= 2 && bytes[last - 1] === 0 && bytes[last - 2] === 0) last -= 2
  sink.byte(QUOTE)
  writeUtf16(sink, view, start, last)
  sink.byte(QUOTE)
}

function writeAnsi(sink: ByteSink, bytes: Buffer): void {
  sink.byte(QUOTE)
  writeString(sink, ANSI.decode(bytes).replace(/\0+$/, ''))
  sink.byte(QUOTE)
}

/** The items of an array with commas between them, without its brackets. */
export function writeItems(sink: ByteSink, value: Value): void {
  const { chunk } = value
  const type = value.type & ~ARRAY
  let start = value.start
  while (start < value.end) {
    const item = itemAt(value, type, start)
    if (start > value.start) sink.byte(COMMA)
    if (!writeValue(sink, { chunk, type, start, end: item.end })) sink.ascii('null')
    start = item.next
  }
}

/** Texts end with a NUL, security identifiers state their length, other types have one; without any, all is one item. */
function itemAt({ chunk, end }: Value, type: number, start: number): { end: number; next: number } {
  const { bytes } = chunk
  if (type === TYPE.utf16) {
    let at = start
    while (at + 1 < end && (bytes[at] !== 0 || bytes[at + 1] !== 0)) at += 2
    return { end: at, next: at + 2 }
  }
  if (type === TYPE.ansi) {
    const at = bytes.indexOf(0, start)
    return at < 0 || at >= end ? { end, next: end } : { end: at, next: at + 1 }
  }
  const width = type === TYPE.sid ? sidBytes(bytes, start) : widthOf(type) || end - start
  const next = Math.min(end, start + width)
  return { end: next, next }
}
