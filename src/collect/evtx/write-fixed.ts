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

type Write = (sink: ByteSink, bytes: Buffer, at: number) => void

export type FixedType = { readonly width: number; readonly write: Write }

/** By type; other types have no entry. */
export const FIXED_TYPES: readonly (FixedType | undefined)[] = table([
  [TYPE.int8, 1, (sink, bytes, at) => writeSigned(sink, bytes.readInt8(at))],
  [TYPE.uint8, 1, (sink, bytes, at) => writeUnsigned(sink, bytes[at] ?? 0)],
  [TYPE.int16, 2, (sink, bytes, at) => writeSigned(sink, bytes.readInt16LE(at))],
  [TYPE.uint16, 2, (sink, bytes, at) => writeUnsigned(sink, u16(bytes, at))],
  [TYPE.int32, 4, (sink, bytes, at) => writeSigned(sink, u32(bytes, at) | 0)],
  [TYPE.uint32, 4, (sink, bytes, at) => writeUnsigned(sink, u32(bytes, at))],
  [TYPE.int64, 8, writeSigned64],
  [TYPE.uint64, 8, writeUnsigned64],
  [TYPE.real32, 4, (sink, bytes, at) => writeReal32(sink, bytes.readFloatLE(at))],
  [TYPE.real64, 8, (sink, bytes, at) => writeReal(sink, bytes.readDoubleLE(at))],
  [TYPE.bool, 4, (sink, bytes, at) => sink.ascii(u32(bytes, at) === 0 ? 'false' : 'true')],
  [TYPE.guid, GUID_BYTES, writeGuid],
  [TYPE.fileTime, 8, (sink, bytes, at) => writeFileTime(sink, u32(bytes, at), u32(bytes, at + 4))],
  [TYPE.systemTime, SYSTEM_TIME_BYTES, writeSystemTime],
  [TYPE.hex32, 4, (sink, bytes, at) => writeHex(sink, u32(bytes, at), 0)],
  [TYPE.hex64, 8, (sink, bytes, at) => writeHex(sink, u32(bytes, at), u32(bytes, at + 4))],
])

function table(rows: readonly (readonly [number, number, Write])[]): (FixedType | undefined)[] {
  const types: (FixedType | undefined)[] = []
  for (const [type, width, write] of rows) types[type] = { width, write }
  return types
}
