// What stands inside an element: its own content, the templates filled in there, and values that are BinXml themselves.

import { spend } from './chunk-state.ts'
import type { ChunkState } from './chunk-state.ts'
import { Damaged } from './damage.ts'
import { LIMITS, TYPE } from './layout.ts'
import { parseFragment } from './parse.ts'
import type { Content, SlotValues } from './plan.ts'
import { NO_VALUES } from './values.ts'

/** Content with the values its slots are filled from. */
export type Source = { readonly content: Content; readonly values: SlotValues }

/** Whether anything but the content itself stands there. */
export function isDynamic({ instances, slots }: Content, values: SlotValues): boolean {
  if (instances.length > 0) return true
  for (const { index } of slots) if (values.typeOf(index) === TYPE.binXml) return true
  return false
}

export function sourcesOf(chunk: ChunkState, source: Source): Source[] {
  const sources: Source[] = []
  collect(chunk, source, { sources, level: 0 })
  return sources
}

function collect(
  chunk: ChunkState,
  source: Source,
  { sources, level }: { readonly sources: Source[]; readonly level: number },
): void {
  const { content, values } = source
  spend(chunk, 1)
  if (level > LIMITS.depth) throw new Damaged(`more than ${LIMITS.depth} templates in one another`)
  const inside = { sources, level: level + 1 }
  sources.push(source)
  for (const instance of content.instances) collect(chunk, instance, inside)
  for (const { index } of content.slots) {
    const start = values.startOf(index)
    const end = values.endOf(index)
    if (values.typeOf(index) !== TYPE.binXml || end === start) continue
    collect(chunk, { content: parseFragment({ chunk, at: start, end }), values: NO_VALUES }, inside)
  }
}
