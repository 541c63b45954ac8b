// What was met is said to the station: the first time of a value and source at once, more of the same together. Kept in
// memory alone, since the lines themselves are on disk and go first too.

import type { Sighting } from '../../model/index.ts'

export type SightingsOptions = {
  readonly send: (sightings: readonly Sighting[]) => Promise<void>
}

const SOON_MS = 20
const AGAIN_MS = 5000
const MOST_AT_ONCE = 50
/** Different ones that wait at most; others are only in their lines. */
const MOST_WAITING = 1000

export class Sightings {
  readonly #options: SightingsOptions
  readonly #waiting = new Map<string, Sighting>()
  #timer: NodeJS.Timeout | undefined
  #sending: Promise<void> = Promise.resolve()
  #isStopped = false
  #lastMs = Number.NEGATIVE_INFINITY

  constructor(options: SightingsOptions) {
    this.#options = options
  }

  readonly add = (sighting: Sighting): void => {
    const key = `${sighting.value}\n${sighting.source}`
    const before = this.#waiting.get(key)
    if (before === undefined && this.#waiting.size >= MOST_WAITING) return
    this.#waiting.set(key, before === undefined ? sighting : added(before, sighting))
    const sinceMs = performance.now() - this.#lastMs
    if (!this.#isStopped) this.#later(sinceMs > AGAIN_MS ? SOON_MS : AGAIN_MS - sinceMs)
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#sending
  }

  #later(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#sending = this.#send()
    }, ms)
  }

  async #send(): Promise<void> {
    this.#lastMs = performance.now()
    const keys = [...this.#waiting.keys()].slice(0, MOST_AT_ONCE)
    const some = keys.flatMap((key) => this.#waiting.get(key) ?? [])
    for (const key of keys) this.#waiting.delete(key)
    try {
      if (some.length > 0) await this.#options.send(some)
    } catch {
      // The link is watched elsewhere; these go with the next.
      for (const sighting of some) {
        const key = `${sighting.value}\n${sighting.source}`
        const newer = this.#waiting.get(key)
        this.#waiting.set(key, newer === undefined ? sighting : added(sighting, newer))
      }
    }
    if (this.#waiting.size > 0 && !this.#isStopped) this.#later(AGAIN_MS)
  }
}

function added(before: Sighting, { count, lastMs }: Sighting): Sighting {
  return { ...before, count: before.count + count, lastMs }
}
