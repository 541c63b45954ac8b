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

  /** Seconds to wait; 0 = go on. */
  take(visitor: string): number {
    const { aSecond, atOnce } = this.#limit
    const nowMs = this.#clock.nowMs()
    const before = this.#left.get(visitor) ?? { tokens: atOnce, atMs: nowMs }
    const grown = before.tokens + (Math.max(0, nowMs - before.atMs) / 1000) * aSecond
    const tokens = Math.min(atOnce, grown)
    this.#left.delete(visitor)
    this.#left.set(visitor, { tokens: tokens < 1 ? tokens : tokens - 1, atMs: nowMs })
    if (this.#left.size > MOST_VISITORS) {
      const [oldest] = this.#left.keys()
      if (oldest !== undefined) this.#left.delete(oldest)
    }
    return tokens < 1 ? Math.ceil((1 - tokens) / aSecond) : 0
  }
}
