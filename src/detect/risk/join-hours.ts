// Hours of one account or device under several names, as hours of one.

import type { Spellings } from '../entity/spellings.ts'
import type { FoundHour } from './entity-hours.ts'

export function joinHours(hours: readonly FoundHour[], spellings: Spellings): readonly FoundHour[] {
  const groups = Map.groupBy(
    hours,
    (one) => `${one.hour} ${one.entityKind} ${spellings.keyOf(spelled(one))}`,
  )
  return [...groups.values()].flatMap((some) => {
    const [first] = some
    if (first === undefined) return []
    const name = spellings.nameOf(spelled(first))
    return {
      entity: `${first.entityKind} ${name}`,
      entityKind: first.entityKind,
      name,
      hour: first.hour,
      rules: [...new Set(some.flatMap(({ rules }) => rules))],
      last:
        some
          .map(({ last }) => last)
          .toSorted()
          .at(-1) ?? first.last,
      findings: some.reduce((sum, { findings }) => sum + findings, 0),
    }
  })
}

function spelled({ entityKind, name }: FoundHour) {
  return { kind: entityKind, name }
}
