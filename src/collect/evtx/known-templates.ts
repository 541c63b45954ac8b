// Templates compiled in earlier chunks. Windows writes the same definitions into every chunk; only the offsets of names differ.
// A definition is known when its bytes and the names they refer to are the same, so nothing of another log can slip in.

import { viewOf } from './byte-sink.ts'
import { spend } from './chunk-state.ts'
import type { ChunkState } from './chunk-state.ts'
import { u16, u32 } from './cursor.ts'
import type { NameUse } from './cursor.ts'
import type { Template } from './plan.ts'

export type Definition = {
  readonly chunk: ChunkState
  readonly id: number
  readonly from: number
  readonly end: number
}

type Known = {
  /** The bytes of the definition, copied. */
  readonly view: DataView
  readonly names: readonly NameUse[]
  readonly template: Template
  readonly work: number
}

/** What a thread keeps at most; compiled, a definition takes some twenty times its bytes. */
const KEPT_BYTES = 512 * 1024
/** Counted for each beside its bytes, so that many of no length come to an end too. */
const EACH_BYTES = 256
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
  if (end - from > LONGEST_KEPT) return
  if (keptBytes + EACH_BYTES + end - from > KEPT_BYTES) {
    known.clear()
    keptBytes = 0
  }
  const ofId = known.get(id) ?? []
  known.set(id, ofId)
  if (ofId.length >= KEPT_OF_ONE_ID) keptBytes -= costOf(ofId.shift())
  const one = { view: viewOf(Uint8Array.from(chunk.bytes.subarray(from, end))), ...compiled }
  ofId.push(one)
  keptBytes += costOf(one)
}

function costOf(one: Known | undefined): number {
  return one === undefined ? 0 : EACH_BYTES + one.view.byteLength
}

function isSame({ chunk, from, end }: Definition, { view, names }: Known): boolean {
  if (end - from !== view.byteLength) return false
  let at = 0
  for (const use of names) {
    if (!areEqual(chunk.view, from, view, at, use.at)) return false
    const place = from + use.at
    const offset = u32(chunk.bytes, place)
    at = use.at + OFFSET_BYTES
    if ((offset === place + OFFSET_BYTES) !== use.isInline) return false
    if (use.isInline) at += OFFSET_BYTES
    else if (!isName(chunk.bytes, offset, use.name)) return false
  }
  return areEqual(chunk.view, from, view, at, view.byteLength)
}

/** Whether [at, end) of a definition is as it lies in the chunk, where the definition begins at `from`. */
function areEqual(chunk: DataView, from: number, view: DataView, at: number, end: number): boolean {
  let i = at
  for (; i + 4 <= end; i += 4) if (chunk.getInt32(from + i) !== view.getInt32(i)) return false
  for (; i < end; i += 1) if (chunk.getUint8(from + i) !== view.getUint8(i)) return false
  return true
}

function isName(chunk: Uint8Array, offset: number, name: string): boolean {
  const at = offset + NAME_HEADER_BYTES
  if (at + name.length * 2 > chunk.length || u16(chunk, offset + 6) !== name.length) return false
  for (let i = 0; i < name.length; i += 1)
    if (u16(chunk, at + i * 2) !== name.charCodeAt(i)) return false
  return true
}
