// A seeded generator (mulberry32), so that every run measures the same input.

export type Random = {
  readonly int: (below: number) => number
  readonly pick: <T>(from: readonly [T, ...T[]]) => T
  /** Small numbers often, large ones seldom: as ports, users and hosts are in real logs. */
  readonly skewed: (below: number) => number
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (below: number) => Math.floor(next() * below)
  return {
    int,
    pick: (from) => from[int(from.length)] ?? from[0],
    skewed: (below) => Math.floor(next() ** 3 * below),
  }
}
