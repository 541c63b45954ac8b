// The text of an element or attribute: one value keeps its type, several pieces become one text.

import type { ByteSink } from './byte-sink.ts'
import type { ChunkState } from './chunk-state.ts'
import { writeString } from './json-text.ts'
import { ARRAY, TYPE } from './layout.ts'
import type { Program, Slot, SlotValues, Text } from './plan.ts'
import type { Values } from './values.ts'
import { writeValue } from './write-value.ts'

const QUOTE = 0x22

/** Where JSON goes, and the chunk that it comes from. */
export type Rendering = {
  readonly chunk: ChunkState
  readonly sink: ByteSink
  depth: number
  /** Of the template of a record, and of the one in a value of it: filled again for each record. */
  readonly values: Values
  readonly nestedValues: Values
  /** The program that waits for its place in the element that is being written. */
  nested: Program | undefined
}

/** Writes a JSON value; false, with nothing written, when there is no text or only a null. */
export function renderText(to: Rendering, texts: readonly Text[], values: SlotValues): boolean {
  const [first] = texts
  if (first === undefined) return false
  if (texts.length === 1 && first.kind === 'slot') return renderSlot(to, first.index, values)
  to.sink.byte(QUOTE)
  renderInside(to, texts, values)
  to.sink.byte(QUOTE)
  return true
}

/** The pieces one after another, without quotes around them. */
export function renderInside(to: Rendering, texts: readonly Text[], values: SlotValues): void {
  for (const text of texts) {
    if (text.kind === 'literal') to.sink.append(text.json)
    else renderSlotInside(to, text, values)
  }
}

/** The same of one value alone. */
export function renderSlot({ chunk, sink }: Rendering, index: number, values: SlotValues): boolean {
  const type = values.typeOf(index)
  if (type === TYPE.null) return false
  return writeValue(sink, { chunk, type, start: values.startOf(index), end: values.endOf(index) })
}

function renderSlotInside(to: Rendering, slot: Slot, values: SlotValues): void {
  const { sink } = to
  const at = sink.length
  if (!renderSlot(to, slot.index, values)) return
  if ((values.typeOf(slot.index) & ARRAY) !== 0) {
    const json = sink.bytes.toString('utf8', at, sink.length)
    sink.length = at
    writeString(sink, json)
  } else if (sink.bytes[at] === QUOTE) {
    sink.remove(at, 1)
    sink.length -= 1
  }
}
