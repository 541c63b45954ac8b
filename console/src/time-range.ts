// The time range that all screens share: a span that ends now, two instants, or everything. Lives in the address as
// `last=24h`, `last=all`, or `from=…&to=…`.

export const SPANS = ['15m', '1h', '4h', '24h', '7d', '30d', '90d'] as const
export type Span = (typeof SPANS)[number]

export type TimeRange =
  | { readonly kind: 'last'; readonly span: Span }
  | { readonly kind: 'between'; readonly from: number; readonly to: number }
  | { readonly kind: 'all' }

export type RangeParams = {
  readonly last?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const MINUTE = 60_000
const SPAN_MS: { readonly [S in Span]: number } = {
  '15m': 15 * MINUTE,
  '1h': 60 * MINUTE,
  '4h': 240 * MINUTE,
  '24h': 1440 * MINUTE,
  '7d': 7 * 1440 * MINUTE,
  '30d': 30 * 1440 * MINUTE,
  '90d': 90 * 1440 * MINUTE,
}
const SHORTEST_MS = 1000
const LONGEST_MS = 10 * 365 * 1440 * MINUTE

export const isSpan = (text: string): text is Span => SPANS.some((span) => span === text)

/** Reads the address; anything that is not a range gives `fallback`. */
export function parseRange({ last, from, to }: RangeParams, fallback: TimeRange): TimeRange {
  if (last === 'all') return { kind: 'all' }
  if (last !== undefined && isSpan(last)) return { kind: 'last', span: last }
  const start = instant(from)
  const end = instant(to)
  if (start === null || end === null || end <= start) return fallback
  return { kind: 'between', from: start, to: end }
}

/** ISO 8601, with or without zone (then the browser's), or a day alone. */
export function instant(text: string | undefined): number | null {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}/.test(text)) return null
  const ms = Date.parse(text.replace(' ', 'T'))
  return Number.isNaN(ms) ? null : ms
}

/** All three parameters, so that setting one form clears the other. */
export function rangeParams(range: TimeRange): { [K in keyof RangeParams]-?: string | undefined } {
  if (range.kind === 'last') return { last: range.span, from: undefined, to: undefined }
  if (range.kind === 'all') return { last: 'all', from: undefined, to: undefined }
  return { last: undefined, from: iso(range.from), to: iso(range.to) }
}

/** The instants a range means at `now`; null for everything. */
export function resolveRange(range: TimeRange, now: number): { from: number; to: number } | null {
  if (range.kind === 'all') return null
  if (range.kind === 'between') return { from: range.from, to: range.to }
  return { from: now - SPAN_MS[range.span], to: now }
}

/** Slides the window by half its length; `direction` −1 is earlier. Later never passes now by more than the window. */
export function slideRange(range: TimeRange, direction: -1 | 1, now: number): TimeRange {
  const window = resolveRange(range, now)
  if (window === null) return range
  const step = ((window.to - window.from) / 2) * direction
  return { kind: 'between', from: window.from + step, to: window.to + step }
}

/** Twice as long around the same middle, not past now. */
export function zoomOut(range: TimeRange, now: number): TimeRange {
  const window = resolveRange(range, now)
  if (window === null) return range
  const length = window.to - window.from
  const to = Math.min(Math.max(now, window.to), window.to + length / 2)
  return between(to - Math.min(length * 2, LONGEST_MS), to)
}

/** A range between two instants in either order, at least a second long. */
export function between(a: number, b: number): TimeRange {
  const from = Math.min(a, b)
  return { kind: 'between', from, to: Math.max(a, b, from + SHORTEST_MS) }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
