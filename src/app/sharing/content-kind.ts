// What the three kinds of content have in common, for a desk that knows none of them.

import type { ContentDesk, Sightings, UsedContent } from '../../share/index.ts'
import { sql } from '../../store/index.ts'
import type { Core } from '../core.ts'

export type ContentKindDesk = {
  /** Puts these in place, and takes out all others. */
  readonly put: (used: readonly UsedContent[]) => Promise<void>
  readonly look: ContentDesk['look']
  readonly looked: ContentDesk['looked']
  /** By object. */
  readonly met: (used: readonly UsedContent[]) => Promise<ReadonlyMap<string, Sightings>>
}

/** Of each what is made of it; one that cannot be made is told, and stops no other. */
export function madeOf<T>(
  used: readonly UsedContent[],
  make: (one: UsedContent) => T,
  onTrouble: (cause: unknown) => void,
): readonly T[] {
  return used.flatMap((one) => {
    try {
      return [make(one)]
    } catch (cause) {
      onTrouble(cause)
      return []
    }
  })
}

/** What was found by rules or analytics, by their ids. */
export async function foundBy(
  { store }: Pick<Core, 'store'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Sightings>> {
  if (ids.length === 0) return new Map()
  const { rows } = await store.events.ask.query<{
    rule: string
    n: string
    first: string
    last: string
  }>(
    sql`SELECT toString(rule) AS rule, toString(count()) AS n, toString(toUnixTimestamp64Milli(min(time))) AS first,
      toString(toUnixTimestamp64Milli(max(time))) AS last FROM findings WHERE rule IN ${ids} GROUP BY rule`,
  )
  return new Map(
    rows.map(({ rule, n, first, last }) => [
      rule,
      { count: Number(n), firstMs: Number(first), lastMs: Number(last) },
    ]),
  )
}

/** From when to when events are stored; undefined without any. */
export async function storedSpan({ store }: Pick<Core, 'store'>) {
  const { rows } = await store.events.ask.query<{ n: string; first: string; last: string }>(
    sql`SELECT toString(count()) AS n, toString(toUnixTimestamp64Milli(min(time))) AS first, toString(toUnixTimestamp64Milli(max(time))) AS last FROM events`,
  )
  const [row] = rows
  return row === undefined || Number(row.n) === 0
    ? undefined
    : { fromMs: Number(row.first), toMs: Number(row.last) }
}

export function sumOf(all: readonly Sightings[]): Sightings | undefined {
  if (all.length === 0) return undefined
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    firstMs: Math.min(...all.map(({ firstMs }) => firstMs)),
    lastMs: Math.max(...all.map(({ lastMs }) => lastMs)),
  }
}
