// Tells whoever waits that a collection has something new. One question a second to the records, however many wait, so that
// it also hears what another process of the hub wrote.

import type { Records } from '../../store/index.ts'
import { HUB_ROOT } from './places.ts'

const EVERY_MS = 500

export class Bell {
  readonly #records: Records
  readonly #waiting = new Map<() => void, number>()
  #timer: NodeJS.Timeout | undefined
  #isAsking = false

  constructor(records: Records) {
    this.#records = records
  }

  /** The newest time of any collection; microseconds. */
  async now(): Promise<number> {
    const { newest } = await this.#records
      .selectFrom('taxii_collections')
      .select((by) => by.fn.max('last_added').as('newest'))
      .where('root', '=', HUB_ROOT)
      .where('can_read', '=', true)
      .executeTakeFirstOrThrow()
    return Number(newest ?? 0)
  }

  /** Resolves when something came after `since`, or when the time is over. */
  wait(since: number, mostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(over)
        this.#waiting.delete(end)
        this.#rest()
        resolve()
      }
      const over = setTimeout(end, mostMs)
      this.#waiting.set(end, since)
      this.#timer ??= setInterval(() => void this.#look(), EVERY_MS)
    })
  }

  get waiting(): number {
    return this.#waiting.size
  }

  close(): void {
    for (const end of this.#waiting.keys()) end()
  }

  #rest(): void {
    if (this.#waiting.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  async #look(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    try {
      const newest = await this.now()
      for (const [end, since] of this.#waiting) if (newest > since) end()
    } catch {
      // Whoever waits is answered when the time is over, and meets the trouble itself.
    } finally {
      this.#isAsking = false
    }
  }
}
