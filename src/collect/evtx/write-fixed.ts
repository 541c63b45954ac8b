// Values whose type fixes their size.

import type { ByteSink } from './byte-sink.ts'
import { u16, u32 } from './cursor.ts'
import { TYPE } from './layout.ts'
import { GUID_BYTES, writeGuid } from './write-identifier.ts'
import {
  writeHex,
  writeReal,
  writeReal32,
  writeSigned,
  writeSigned64,
  writeUnsigned,
  writeUnsigned64,
} from './write-number.ts'
import { SYSTEM_TIME_BYTES, writeFileTime, writeSystemTime } from './write-time.ts'

/** Bytes by type; 0 where the type does not fix them. */
const WIDTHS = widths([
  [TYPE.int8, 1],
  [TYPE.uint8, 1],
  [TYPE.int16, 2],
  [TYPE.uint16, 2],
  [TYPE.int32, 4],
  [TYPE.uint32, 4],
  [TYPE.int64, 8],
  [TYPE.uint64, 8],
  [TYPE.real32, 4],
  [TYPE.real64, 8],
  [TYPE.bool, 4],
  [TYPE.guid, GUID_BYTES],
  [TYPE.fileTime, 8],
  [TYPE.systemTime, SYSTEM_TIME_BYTES],
  [TYPE.hex32, 4],
  [TYPE.hex64, 8],
])

export function widthOf(type: number): number {
  return WIDTHS[type] ?? 0
}

/** A value of which all bytes are there; one switch and no table of functions, since this is where the time goes. */
export function writeFixed(sink: ByteSink, bytes: Buffer, type: number, at: number): void {
  switch (type) {
    case TYPE.uint8:
      return writeUnsigned(sink, bytes[at] ?? 0)
    case TYPE.uint16:
      return writeUnsigned(sink, u16(bytes, at))
    case TYPE.uint32:
      return writeUnsigned(sink, u32(bytes, at))
    case TYPE.uint64:
      return writeUnsigned64(sink, bytes, at)
    case TYPE.hex32:
      return writeHex(sink, u32(bytes, at), 0)
    case TYPE.hex64:
      return writeHex(sink, u32(bytes, at), u32(bytes, at + 4))
    case TYPE.fileTime:
      return writeFileTime(sink, u32(bytes, at), u32(bytes, at + 4))
    case TYPE.guid:
      return writeGuid(sink, bytes, at)
    case TYPE.bool:
      return sink.ascii(u32(bytes, at) === 0 ? 'false' : 'true')
    default:
      return writeSeldom(sink, bytes, type, at)
  }
}

function writeSeldom(sink: ByteSink, bytes: Buffer, type: number, at: number): void {
  switch (type) {
    case TYPE.int8:
      return writeSigned(sink, bytes.readInt8(at))
    case TYPE.int16:
      return writeSigned(sink, bytes.readInt16LE(at))
    case TYPE.int32:
      return writeSigned(sink, u32(bytes, at) | 0)
    case TYPE.int64:
      return writeSigned64(sink, bytes, at)
    case TYPE.real32:
      return writeReal32(sink, bytes.readFloatLE(at))
    case TYPE.real64:
      return writeReal(sink, bytes.readDoubleLE(at))
    default:
      return writeSystemTime(sink, bytes, at)
  }
}

function widths(rows: readonly (readonly [type: number, bytes: number])[]): Uint8Array {
  const table = new Uint8Array(0x100)
  for (const [type, bytes] of rows) table[type] = bytes
  return table
}
