// How fast one visitor may ask: so many a second, with some to spare. Kept small however many come.

import type { Clock } from '../../core/index.ts'

export type PaceLimit = { readonly aSecond: number; readonly atOnce: number }

const MOST_VISITORS = 10_000

export class Pace {
  readonly #clock: Clock
  readonly #limit: PaceLimit
  readonly #left = new Map<string, { tokens: number; atMs: number }>()

  constructor(clock: Clock, limit: PaceLimit) {
    this.#clock = clock
    this.#limit = limit
  }

  /** Seconds to wait; 0 = go on. `cost`: how many plain requests it counts for. */
  take(visitor: string, cost = 1): number {
    const { aSecond, atOnce } = this.#limit
    const nowMs = this.#clock.nowMs()
    const before = this.#left.get(visitor) ?? { tokens: atOnce, atMs: nowMs }
    const grown = before.tokens + (Math.max(0, nowMs - before.atMs) / 1000) * aSecond
    const tokens = Math.min(atOnce, grown)
    this.#left.delete(visitor)
    this.#left.set(visitor, { tokens: tokens < cost ? tokens : tokens - cost, atMs: nowMs })
    if (this.#left.size > MOST_VISITORS) {
      const [oldest] = this.#left.keys()
      if (oldest !== undefined) this.#left.delete(oldest)
    }
    return tokens < cost ? Math.ceil((cost - tokens) / aSecond) : 0
  }
}
