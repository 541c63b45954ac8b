// A span of time cut into slices of bounded work, newest first. Pure: counts come in, slices go out.

import { sql } from '../../store/index.ts'
import type { Sql } from '../../store/index.ts'

/** `toMs` is not part of it. */
export type Span = { readonly fromMs: number; readonly toMs: number }

/** A stretch of the span and how many events it holds. */
export type Stretch = Span & { readonly events: number }

/** Part of the events of a time: all of them where `parts` is 1. */
export type Slice = Span & { readonly part: number; readonly parts: number }

export type Taken = { readonly slice: Slice; readonly left: readonly Stretch[] }

/** More than the wanted number of events in one stretch is cut by time, in the belief that they are spread evenly. */
const TOLERANCE = 1.5

/** The newest slice of about `target` events; undefined when nothing is left. Stretches are newest first. */
export function takeSlice(stretches: readonly Stretch[], target: number): Taken | undefined {
  const [first] = stretches
  if (first === undefined) return undefined
  if (first.events > target * TOLERANCE && first.toMs - first.fromMs > 1)
    return cut(first, stretches.slice(1), target)
  let events = first.events
  let last = 1
  for (const stretch of stretches.slice(1)) {
    if (events + stretch.events > target) break
    events += stretch.events
    last += 1
  }
  const fromMs = stretches[last - 1]?.fromMs ?? first.fromMs
  return { slice: whole({ fromMs, toMs: first.toMs }), left: stretches.slice(last) }
}

function cut(first: Stretch, others: readonly Stretch[], target: number): Taken {
  const width = Math.max(1, Math.floor(((first.toMs - first.fromMs) * target) / first.events))
  const atMs = first.toMs - width
  const rest = { fromMs: first.fromMs, toMs: atMs, events: Math.max(1, first.events - target) }
  return { slice: whole({ fromMs: atMs, toMs: first.toMs }), left: [rest, ...others] }
}

function whole(span: Span): Slice {
  return { ...span, part: 0, parts: 1 }
}

/** A millisecond that needs more parts than this holds something that no halving mends. */
const MOST_PARTS = 4096

/** Both halves, the newer one last; empty when the slice cannot be halved any more. */
export function halves({ fromMs, toMs, part, parts }: Slice): readonly Slice[] {
  if (toMs - fromMs > 1) {
    const middle = Math.floor((fromMs + toMs) / 2)
    return [
      { fromMs, toMs: middle, part, parts },
      { fromMs: middle, toMs, part, parts },
    ]
  }
  if (parts >= MOST_PARTS) return []
  return [
    { fromMs, toMs, part: part + parts, parts: parts * 2 },
    { fromMs, toMs, part, parts: parts * 2 },
  ]
}

/** Events of a slice, as a condition. */
export function inSlice({ fromMs, toMs, part, parts }: Slice): Sql {
  const span = inSpan({ fromMs, toMs })
  return parts === 1 ? span : sql`${span} AND cityHash64(batch, line) % ${parts} = ${part}`
}

export function inSpan({ fromMs, toMs }: Span): Sql {
  return sql`time >= fromUnixTimestamp64Milli(${fromMs}, 'UTC') AND time < fromUnixTimestamp64Milli(${toMs}, 'UTC')`
}

/** From where on everything newer is judged, given the halves that still wait. */
export function reachedBy(done: Slice, waiting: readonly Slice[]): number {
  return waiting.length === 0 ? done.fromMs : Math.max(...waiting.map(({ toMs }) => toMs))
}
