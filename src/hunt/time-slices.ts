// Newest-first without sorting everything: the range is walked in slices from one end, each wider than the one before.

import { MINUTE_MS } from '../core/index.ts'
import type { Span } from './hunt-plan.ts'

export type Direction = 'newest' | 'oldest'

const FIRST_MS = 15 * MINUTE_MS
/** Wider after a slice that gave rows, and more so after an empty one: 18 months take nine empty slices. */
const GROWTH = 4
const GROWTH_WHEN_EMPTY = 8
const STEADY_MS = 1000
const SLOW_MS = 4000

/** The next slice of what is left, or undefined at the end. `width` is that of the slice before. */
export function nextSlice(left: Span, direction: Direction, width: number): Span | undefined {
  if (left.fromMs >= left.toMs) return undefined
  return direction === 'newest'
    ? { fromMs: Math.max(left.fromMs, left.toMs - width), toMs: left.toMs }
    : { fromMs: left.fromMs, toMs: Math.min(left.toMs, left.fromMs + width) }
}

export function afterSlice(left: Span, slice: Span, direction: Direction): Span {
  return direction === 'newest'
    ? { fromMs: left.fromMs, toMs: slice.fromMs }
    : { fromMs: slice.toMs, toMs: left.toMs }
}

export function firstWidth(): number {
  return FIRST_MS
}

/** Grows while slices are cheap; holds, then shrinks, when they cost time, so that a slow search still gives what it found. */
export function widen(width: number, rowsFound: number, tookMs: number): number {
  if (tookMs > SLOW_MS) return Math.max(FIRST_MS, width / 2)
  if (tookMs > STEADY_MS) return width
  return width * (rowsFound === 0 ? GROWTH_WHEN_EMPTY : GROWTH)
}
