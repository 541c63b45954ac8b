// How often someone may try. A bucket for each address, and one for all together, so that many addresses gain nothing.

import { MINUTE_MS } from '../core/index.ts'
import type { Clock } from '../core/index.ts'

export type RateLimit = {
  /** Seconds to wait, or 0 when this try is taken. */
  readonly take: (address: string) => number
}

type Window = { startedMs: number; tries: number }

const MOST_ADDRESSES = 10_000

export function createRateLimit(
  clock: Clock,
  most: { readonly each: number; readonly all: number },
): RateLimit {
  const windows = new Map<string, Window>()
  let all: Window = { startedMs: 0, tries: 0 }

  const current = (window: Window | undefined, nowMs: number): Window =>
    window === undefined || nowMs - window.startedMs >= MINUTE_MS || nowMs < window.startedMs
      ? { startedMs: nowMs, tries: 0 }
      : window
  return {
    take: (address) => {
      const nowMs = clock.nowMs()
      all = current(all, nowMs)
      const own = current(windows.get(address), nowMs)
      if (windows.size >= MOST_ADDRESSES) windows.clear()
      windows.set(address, own)
      const full = own.tries >= most.each ? own : all.tries >= most.all ? all : undefined
      if (full !== undefined) return Math.ceil((full.startedMs + MINUTE_MS - nowMs) / 1000)
      own.tries++
      all.tries++
      return 0
    },
  }
}
