// One thing that was seen, as it arrives: where, what, how often, and when.

import { createHash } from 'node:crypto'
import type { NoticeClass } from '../../model/index.ts'
import type { Seen } from './match.ts'

export type Happening = {
  readonly seen: Seen
  /** Set where it is known without matching whom it is about. */
  readonly organisation?: string | undefined
  /** A person decides whether it may be told at all. */
  readonly isBound?: boolean | undefined
  readonly class: NoticeClass
  readonly what: string
  readonly about: string
  readonly detail: string
  readonly count: number
  readonly firstMs: number
  readonly lastMs: number
  readonly source: string
}

export type Entry = { readonly id: string; readonly happening: Happening }

/** One entry for each id: a statement may touch a row once. */
export function merge(entries: readonly Entry[], addsUp: boolean): readonly Entry[] {
  const merged = new Map<string, Entry>()
  for (const entry of entries) {
    const { happening: next } = entry
    const before = merged.get(entry.id)?.happening
    merged.set(entry.id, {
      id: entry.id,
      happening:
        before === undefined
          ? next
          : {
              ...next,
              count: addsUp ? before.count + next.count : Math.max(before.count, next.count),
              firstMs: Math.min(before.firstMs, next.firstMs),
              lastMs: Math.max(before.lastMs, next.lastMs),
            },
    })
  }
  return [...merged.values()]
}

export function idOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 40)
}

export function columnsOf({ what, about, detail, count, firstMs, lastMs, source }: Happening) {
  return {
    what,
    about,
    detail,
    count,
    first_seen: new Date(firstMs),
    last_seen: new Date(lastMs),
    source,
  }
}
