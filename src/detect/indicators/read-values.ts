// A plain list or MISP file as values, for whoever gives them on instead of matching them.

import type { IndicatorKind, Marking } from '../../model/index.ts'
import type { Unusable } from './entry.ts'
import { normalise } from './normalise.ts'
import { readList } from './read-list.ts'

export type ReadValues = {
  readonly values: readonly {
    readonly kind: IndicatorKind
    readonly key: string
    readonly label: string
    readonly confidence: number | undefined
    readonly marking: Marking | undefined
    readonly untilMs: number | undefined
  }[]
  readonly refused: readonly Unusable[]
  readonly marking: Marking | undefined
}

/** At most so many; what comes after is not read. */
export async function readValues(
  bytes: AsyncIterable<Uint8Array>,
  most: number,
): Promise<ReadValues> {
  const values: ReadValues['values'][number][] = []
  const refused: Unusable[] = []
  let ofFile: Marking | undefined
  for await (const { entries } of readList(bytes)) {
    for (const read of entries) {
      if (read.kind === 'marking') ofFile = read.marking
      else if (read.kind === 'unusable') refused.push(read.unusable)
      else {
        const { value, line, kind, label = '', confidence, marking, untilMs } = read.entry
        const normal = normalise(value, kind)
        // What its author took back is not given on in their name.
        if (read.entry.revoked === true)
          refused.push({ value: value.slice(0, 200), line, reason: 'withdrawn' })
        else if (normal.ok)
          values.push({ kind: normal.kind, key: normal.key, label, confidence, marking, untilMs })
        else refused.push({ value: value.slice(0, 200), line, reason: normal.reason })
      }
    }
    if (values.length > most || refused.length > most) break
  }
  return { values, refused: refused.slice(0, 1000), marking: ofFile }
}
