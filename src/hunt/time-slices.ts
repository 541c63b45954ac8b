// Newest-first without sorting everything: the range is walked in slices from one end, each wider than the one before.

import { MINUTE_MS } from '../core/index.ts'
import type { Span } from './hunt-plan.ts'

export type Direction = 'newest' | 'oldest'

const FIRST_MS = 15 * MINUTE_MS
/** At most so much wider than the slice before. */
const GROWTH = 8
/** The same where planning the statement was most of its time: 18 months take five empty slices. */
const QUICK_GROWTH = 32
const QUICK_MS = 150
/** A slice as wide as the rows found so far promise, and some: they do not come evenly. */
const SPARE = 1.25
const STEADY_MS = 1000
const SLOW_MS = 4000

/** A rest of this part of a slice is not worth a statement of its own. */
const REST = 0.25

/** The next slice of what is left, or undefined at the end. */
export function nextSlice(left: Span, direction: Direction, width: number): Span | undefined {
  if (left.fromMs >= left.toMs) return undefined
  if (left.toMs - left.fromMs <= width * (1 + REST)) return left
  return direction === 'newest'
    ? { fromMs: left.toMs - width, toMs: left.toMs }
    : { fromMs: left.fromMs, toMs: left.fromMs + width }
}

export function afterSlice(left: Span, slice: Span, direction: Direction): Span {
  return direction === 'newest'
    ? { fromMs: left.fromMs, toMs: slice.fromMs }
    : { fromMs: slice.toMs, toMs: left.toMs }
}

/** Events that a first slice reads at about no cost. */
const FIRST_EVENTS = 300_000

/** `perMs` events fall into a millisecond; 0 where each of them costs time, or nobody knows. */
export function firstWidth(perMs: number): number {
  return perMs > 0 ? Math.max(FIRST_MS, Math.round(FIRST_EVENTS / perMs)) : FIRST_MS
}

export type SliceFound = {
  readonly rows: number
  /** Rows that the page still lacks. */
  readonly missing: number
  readonly tookMs: number
}

/**
 * Grows while slices are cheap, as far as the page still lacks rows; holds, then shrinks, when they cost time, so that a
 * slow search still gives what it found.
 */
export function widen(width: number, { rows, missing, tookMs }: SliceFound): number {
  if (tookMs > SLOW_MS) return Math.max(FIRST_MS, Math.round(width / 2))
  if (tookMs > STEADY_MS) return width
  const wanted = rows === 0 ? Number.POSITIVE_INFINITY : (width * missing * SPARE) / rows
  const growth = tookMs < QUICK_MS ? QUICK_GROWTH : GROWTH
  return Math.min(width * growth, Math.max(width, Math.round(wanted)))
}
