// A place in a chunk that moves forward and never leaves its bounds.

import type { ChunkState } from './chunk-state.ts'
import { Damaged } from './damage.ts'

/** Where a definition refers to a name, and to which. */
export type NameUse = {
  /** Byte within the definition where the offset of the name stands. */
  readonly at: number
  /** The name itself follows, so that its characters are bytes of the definition. */
  readonly isInline: boolean
  readonly name: string
}

/** What a definition rests on outside its own bytes. */
export type Footing = {
  readonly names: NameUse[]
  /** It holds another template, which lies elsewhere. */
  holdsTemplate: boolean
}

export type Cursor = {
  readonly chunk: ChunkState
  at: number
  /** First byte that is no longer ours. */
  readonly end: number
  /** Given where a template is read that may be kept for other chunks. */
  readonly footing?: Footing
}

export function takeU8(cursor: Cursor): number {
  return cursor.chunk.bytes[advance(cursor, 1)] ?? 0
}

export function takeU16(cursor: Cursor): number {
  return u16(cursor.chunk.bytes, advance(cursor, 2))
}

export function takeU32(cursor: Cursor): number {
  return u32(cursor.chunk.bytes, advance(cursor, 4))
}

/** Moves over `count` bytes and returns where they began. */
export function advance(cursor: Cursor, count: number): number {
  const at = cursor.at
  if (count > cursor.end - at) {
    throw new Damaged(`${count} bytes expected, ${cursor.end - at} are left`)
  }
  cursor.at = at + count
  return at
}

/** Of bytes the caller knows to be there. */
export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
}

export function u32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0
}
