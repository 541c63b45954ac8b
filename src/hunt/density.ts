// How many events the store has for a millisecond, about: how wide a stretch of time is worth a statement.

import type { Clock } from '../core/index.ts'
import { MINUTE_MS } from '../core/index.ts'
import { trusted } from '../store/index.ts'
import type { EngineLane } from '../store/index.ts'

export type Density = () => Promise<number>

/** The engine knows it without reading rows; asked once a minute at most. */
export function createDensity(lane: EngineLane, clock: Clock): Density {
  let asked: Promise<number> = Promise.resolve(0)
  let untilMs = Number.NEGATIVE_INFINITY
  return () => {
    if (clock.nowMs() >= untilMs) {
      untilMs = clock.nowMs() + MINUTE_MS
      asked = ask(lane).catch(() => 0)
    }
    return asked
  }
}

async function ask(lane: EngineLane): Promise<number> {
  const { rows } = await lane.query<{ perMs: number }>(
    trusted(
      'SELECT count() / greatest(1, toUnixTimestamp64Milli(max(received)) - toUnixTimestamp64Milli(min(received))) AS perMs FROM events',
    ),
  )
  return rows[0]?.perMs ?? 0
}
