// The published beacon score (RITA v5) reckoned slowly and plainly, for one pair at a time: what the analytic's SQL is held against. From the description
// in words, section by section; times in whole seconds, sizes in bytes.

export type Connection = { readonly second: number; readonly bytes: number }
export type BeaconScore = {
  readonly time: number
  readonly size: number
  readonly histogram: number
  readonly duration: number
  readonly score: number
}

const BINS = 24

/** Undefined for what is not scored: fewer than four different seconds or three gaps. */
export function beaconScore(
  connections: readonly Connection[],
  window: { readonly start: number; readonly end: number },
): BeaconScore | undefined {
  const flooredStart = Math.floor(window.start / 3600) * 3600
  const inside = connections.filter(({ second }) => second >= flooredStart && second <= window.end)
  const seconds = inside.map(({ second }) => second).toSorted(ascending)
  const gaps = seconds.slice(1).map((second, at) => second - (seconds[at] ?? 0))
  const waits = gaps.filter((gap) => gap > 0)
  if (new Set(seconds).size < 4 || waits.length < 3) return undefined
  const time = evenness(waits, 1)
  const size = evenness(
    inside.map(({ bytes }) => bytes),
    0,
  )
  const bars = barsOf(seconds, window)
  const histogram = rounded(histogramScore(bars))
  const duration = durationScore(bars, seconds, window)
  return {
    time,
    size,
    histogram,
    duration,
    score: rounded((time + size + histogram + duration) / 4),
  }
}

/** The mean of what is symmetric about the middle and what lies close to it; `whenSmall` for a median under one. */
function evenness(values: readonly number[], whenSmall: number): number {
  const sorted = values.toSorted(ascending)
  const half = Math.floor(sorted.length / 2)
  const q1 = median(sorted.slice(0, half))
  const q2 = median(sorted)
  const q3 = median(sorted.slice(sorted.length - half))
  const isFlat = q3 - q1 < 10 || q2 === q1 || q2 === q3
  const skew = isFlat ? 0 : (q3 + q1 - 2 * q2) / (q3 - q1)
  const spread = median(sorted.map((value) => Math.abs(value - q2)).toSorted(ascending))
  const close = q2 < 1 ? whenSmall : Math.max(0, (q2 - spread) / q2)
  return rounded((1 - Math.abs(skew) + close) / 2)
}

function barsOf(
  seconds: readonly number[],
  { start, end }: { readonly start: number; readonly end: number },
): readonly number[] {
  const bars = Array.from({ length: BINS }, () => 0)
  for (const second of seconds) {
    const place = Math.floor((BINS * (second - start)) / Math.max(1, end - start))
    const bin = Math.min(BINS - 1, Math.max(0, place))
    bars[bin] = (bars[bin] ?? 0) + 1
  }
  return bars
}

function histogramScore(bars: readonly number[]): number {
  const mean = bars.reduce((sum, bar) => sum + bar, 0) / BINS
  const deviation = Math.sqrt(bars.reduce((sum, bar) => sum + (bar - mean) ** 2, 0) / BINS)
  const even = deviation > mean ? 0 : 1 - deviation / mean
  const filled = bars.filter((bar) => bar > 0)
  if (filled.length < 11) return even
  const wide = Math.ceil(Math.max(...bars) * 0.05)
  const heights = [...Map.groupBy(filled, (bar) => Math.floor(bar / wide)).values()]
    .map(({ length }) => length)
    .toSorted((a, b) => b - a)
  const two = (heights[0] ?? 0) + (heights[1] ?? 0)
  return Math.max(even, Math.min(1, two / (filled.length - 1)))
}

function durationScore(
  bars: readonly number[],
  seconds: readonly number[],
  { start, end }: { readonly start: number; readonly end: number },
): number {
  if (bars.filter((bar) => bar > 0).length < 6) return 0
  const lasted = ((seconds.at(-1) ?? 0) - (seconds[0] ?? 0)) / (end - start)
  let run = 0
  let longest = 0
  for (const bar of [...bars, ...bars]) {
    run = bar > 0 ? run + 1 : 0
    longest = Math.max(longest, Math.min(BINS, run))
  }
  const up = (value: number) => Math.ceil(1000 * value) / 1000
  return Math.min(1, Math.max(up(lasted), up(longest / 12)))
}

function median(sorted: readonly number[]): number {
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0
  if (sorted.length % 2 === 1) return upper
  return (upper + (sorted[sorted.length / 2 - 1] ?? 0)) / 2
}

const ascending = (a: number, b: number) => a - b
const rounded = (value: number) => Math.round(1000 * value) / 1000
