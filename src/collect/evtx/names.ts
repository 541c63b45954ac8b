// Names of elements and attributes: written where first used, referred to by their offset in the chunk later.

import { spend } from './chunk-state.ts'
import type { ChunkState } from './chunk-state.ts'
import { advance, takeU32, u16 } from './cursor.ts'
import type { Cursor } from './cursor.ts'
import { Damaged } from './damage.ts'
import { LIMITS } from './layout.ts'

/** Next name u32, hash u16, count of characters u16; the characters and a closing NUL follow. */
const HEADER_BYTES = 8

export function takeName(cursor: Cursor): string {
  const { at, footing } = cursor
  const offset = takeU32(cursor)
  const name = nameAt(cursor.chunk, offset)
  const isInline = offset === cursor.at
  footing?.names.push({ at, isInline, name })
  if (isInline) advance(cursor, HEADER_BYTES + name.length * 2 + 2)
  spend(cursor.chunk, 1 + name.length)
  return name
}

/** The string table of the chunk is not asked: it may lack entries, and the offset already says where the name is. */
function nameAt(chunk: ChunkState, offset: number): string {
  const known = chunk.names.get(offset)
  if (known !== undefined) return known
  if (offset + HEADER_BYTES > chunk.bytes.length) throw new Damaged('a name lies outside the chunk')
  const count = u16(chunk.bytes, offset + 6)
  const from = offset + HEADER_BYTES
  if (count > LIMITS.nameUnits) throw new Damaged(`a name of ${count} characters`)
  if (from + count * 2 > chunk.bytes.length) throw new Damaged('a name runs out of the chunk')
  const name = chunk.bytes.toString('utf16le', from, from + count * 2)
  chunk.names.set(offset, name)
  return name
}
