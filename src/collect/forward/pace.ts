// How fast a sensor may send. What goes first takes its share at once; the rest waits while it does.

import { setTimeout as sleep } from 'node:timers/promises'
import type { SensorQueue } from '../../model/index.ts'

/** What may be sent at once after a pause, in seconds of the rate. */
const BURST_SECONDS = 0.25
const YIELD_MS = 50

export class Pace {
  readonly #bytesPerMs: number
  /** When all that was taken will have been sent. */
  #freeAtMs = 0
  #first = 0

  constructor(kibPerSecond: number) {
    this.#bytesPerMs = (kibPerSecond * 1024) / 1000
  }

  /** Runs while the other queue waits. */
  async first<Result>(run: () => Promise<Result>): Promise<Result> {
    this.#first += 1
    try {
      return await run()
    } finally {
      this.#first -= 1
    }
  }

  /** Resolves when these bytes may be sent. */
  async take(bytes: number, queue: SensorQueue): Promise<void> {
    if (queue === 'normal') await this.#aside()
    const nowMs = performance.now()
    const startMs = Math.max(this.#freeAtMs, nowMs - BURST_SECONDS * 1000)
    this.#freeAtMs = startMs + bytes / this.#bytesPerMs
    if (this.#freeAtMs > nowMs) await sleep(this.#freeAtMs - nowMs)
  }

  async #aside(): Promise<void> {
    while (this.#first > 0) await sleep(YIELD_MS)
  }
}
