// The values of a template instance: a table of (size u16, type u8, pad u8), then the values one after another.

import { advance, takeU32, u16 } from './cursor.ts'
import type { Cursor } from './cursor.ts'
import { Damaged } from './damage.ts'

export type Values = {
  readonly types: readonly number[]
  /** Where each value begins; one more entry says where the last one ends. */
  readonly starts: readonly number[]
}

export const NO_VALUES: Values = { types: [], starts: [] }

const ENTRY_BYTES = 4

export function takeValues(cursor: Cursor): Values {
  const count = takeU32(cursor)
  const table = advance(cursor, count * ENTRY_BYTES)
  const { bytes } = cursor.chunk
  const types: number[] = []
  const starts: number[] = []
  let at = cursor.at
  for (let index = 0; index < count; index += 1) {
    const entry = table + index * ENTRY_BYTES
    types.push(bytes[entry + 2] ?? 0)
    starts.push(at)
    at += u16(bytes, entry)
  }
  starts.push(at)
  if (at > cursor.end) throw new Damaged('the values run out of their record')
  cursor.at = at
  return { types, starts }
}
