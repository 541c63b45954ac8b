// A seeded generator (mulberry32). Each part of the simulation draws from a stream of its own, named by what it is for: what
// is added in one place does not change what happens in another.

export type Random = {
  /** 0 ≤ n < 1. */
  readonly next: () => number
  /** Whole numbers 0 ≤ n < `below`. */
  readonly int: (below: number) => number
  /** Whole numbers `least` ≤ n ≤ `most`. */
  readonly between: (least: number, most: number) => number
  readonly pick: <T>(from: readonly [T, ...T[]]) => T
  readonly chance: (share: number) => boolean
  /** Of any list; undefined of an empty one. */
  readonly one: <T>(from: readonly T[]) => T | undefined
  readonly hex: (digits: number) => string
}

/** The same seed and names give the same stream, on every machine. */
export function randomOf(seed: number, ...names: readonly (string | number)[]): Random {
  let state = hashOf([seed, ...names].join('\u0001'))
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (below: number) => Math.floor(next() * below)
  return {
    next,
    int,
    between: (least, most) => least + int(most - least + 1),
    pick: (from) => from[int(from.length)] ?? from[0],
    chance: (share) => next() < share,
    one: (from) => from[int(from.length)],
    hex: (digits) => Array.from({ length: digits }, () => int(16).toString(16)).join(''),
  }
}

/** FNV-1a, then mixed: neighbouring names begin far apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
