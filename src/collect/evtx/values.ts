// The values of a template instance: a table of (size u16, type u8, pad u8), then the values one after another.

import { advance, takeU32, u16 } from './cursor.ts'
import type { Cursor } from './cursor.ts'
import { Damaged } from './damage.ts'
import { TYPE } from './layout.ts'
import type { SlotValues } from './plan.ts'

const ENTRY_BYTES = 4

/** Types and places of values, to be filled again for the next record where speed asks for it. */
export class Values implements SlotValues {
  #count = 0
  #types: Uint8Array
  /** Where each value begins; one more entry says where the last one ends. */
  #starts: Int32Array

  constructor(room = 0) {
    this.#types = new Uint8Array(room)
    this.#starts = new Int32Array(room + 1)
  }

  /** Reads the table and moves behind the values. */
  take(cursor: Cursor): this {
    const count = takeU32(cursor)
    const table = advance(cursor, count * ENTRY_BYTES)
    if (count > this.#types.length) {
      this.#types = new Uint8Array(count)
      this.#starts = new Int32Array(count + 1)
    }
    const { bytes } = cursor.chunk
    let at = cursor.at
    for (let index = 0; index < count; index += 1) {
      const entry = table + index * ENTRY_BYTES
      this.#types[index] = bytes[entry + 2] ?? 0
      this.#starts[index] = at
      at += u16(bytes, entry)
    }
    this.#starts[count] = at
    this.#count = count
    if (at > cursor.end) throw new Damaged('the values run out of their record')
    cursor.at = at
    return this
  }

  /** Null where the record has no such value. */
  typeOf(index: number): number {
    return index < this.#count ? (this.#types[index] ?? 0) : TYPE.null
  }

  /** Of a value that is there. */
  startOf(index: number): number {
    return this.#starts[index] ?? 0
  }

  endOf(index: number): number {
    return this.#starts[index + 1] ?? 0
  }
}

export const NO_VALUES = new Values()
