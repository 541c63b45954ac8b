// Templates compiled in earlier chunks. Windows writes the same definitions into every chunk; only the offsets of names differ.
// A definition is known when its bytes and the names they refer to are the same, so nothing of another log can slip in.

import { spend } from './chunk-state.ts'
import type { ChunkState } from './chunk-state.ts'
import { u16, u32 } from './cursor.ts'
import type { Template } from './plan.ts'

/** Where a definition refers to a name, and to which. */
export type NameUse = {
  /** Byte within the definition where the offset of the name stands. */
  readonly at: number
  /** The name itself follows, so that its characters are bytes of the definition. */
  readonly isInline: boolean
  readonly name: string
}

export type Definition = {
  readonly chunk: ChunkState
  readonly id: number
  readonly from: number
  readonly end: number
}

type Known = {
  readonly bytes: Uint8Array
  readonly names: readonly NameUse[]
  readonly template: Template
  readonly work: number
}

/** What all threads of a kind keep at most; compiled, a definition takes some twenty times its bytes. */
const KEPT_BYTES = 512 * 1024
const LONGEST_KEPT = 16 * 1024
const KEPT_OF_ONE_ID = 8
/** The offset of a name; behind it, where the name is inline, the offset of the next name in its table. */
const OFFSET_BYTES = 4
/** Next name u32, hash u16, count of characters u16; the characters follow. */
const NAME_HEADER_BYTES = 8

const known = new Map<number, Known[]>()
let keptBytes = 0

export function knownTemplate(definition: Definition): Template | undefined {
  for (const one of known.get(definition.id) ?? []) {
    if (!isSame(definition, one)) continue
    spend(definition.chunk, one.work)
    return one.template
  }
  return undefined
}

/** To be called of what was compiled without damage and holds no other template. `work` is what reading it cost. */
export function keepTemplate(
  { chunk, id, from, end }: Definition,
  compiled: {
    readonly template: Template
    readonly names: readonly NameUse[]
    readonly work: number
  },
): void {
  const sizeBytes = end - from
  if (sizeBytes > LONGEST_KEPT) return
  if (keptBytes + sizeBytes > KEPT_BYTES) {
    known.clear()
    keptBytes = 0
  }
  const ofId = known.get(id) ?? []
  if (ofId.length >= KEPT_OF_ONE_ID) return
  keptBytes += sizeBytes
  known.set(id, [...ofId, { bytes: Uint8Array.from(chunk.bytes.subarray(from, end)), ...compiled }])
}

function isSame({ chunk, from, end }: Definition, { bytes, names }: Known): boolean {
  if (end - from !== bytes.length) return false
  let at = 0
  for (const use of names) {
    if (!areEqual(chunk.bytes, from, bytes, at, use.at)) return false
    const place = from + use.at
    const offset = u32(chunk.bytes, place)
    at = use.at + OFFSET_BYTES
    if ((offset === place + OFFSET_BYTES) !== use.isInline) return false
    if (use.isInline) at += OFFSET_BYTES
    else if (!isName(chunk.bytes, offset, use.name)) return false
  }
  return areEqual(chunk.bytes, from, bytes, at, bytes.length)
}

/** Whether [at, end) of a definition is as it lies in the chunk, where the definition begins at `from`. */
function areEqual(
  chunk: Uint8Array,
  from: number,
  bytes: Uint8Array,
  at: number,
  end: number,
): boolean {
  for (let i = at; i < end; i += 1) if (chunk[from + i] !== bytes[i]) return false
  return true
}

function isName(chunk: Uint8Array, offset: number, name: string): boolean {
  const at = offset + NAME_HEADER_BYTES
  if (at + name.length * 2 > chunk.length || u16(chunk, offset + 6) !== name.length) return false
  for (let i = 0; i < name.length; i += 1)
    if (u16(chunk, at + i * 2) !== name.charCodeAt(i)) return false
  return true
}
