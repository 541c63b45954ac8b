// What connections share when the intake has no room: all of one way wait, not only the one that was told. With hundreds of
// them each would bring one more chunk, and what waits in memory would grow with their number.

import type { Intake, OriginHandle } from '../intake.ts'

export type Waiter = { readonly pause: () => void; readonly resume: () => void }

export class Gate {
  readonly #intake: Intake
  /** By way, those that were read longest ago first: they are also the first to be read again. */
  readonly #ways = new Map<string, Set<Waiter>>()
  readonly #closed = new Set<string>()

  constructor(intake: Intake) {
    this.#intake = intake
  }

  /** Joins those that wait together; gives what leaves them. */
  join({ queue = '' }: OriginHandle, waiter: Waiter): () => void {
    const way = this.#ways.get(queue) ?? new Set()
    this.#ways.set(queue, way)
    way.add(waiter)
    if (this.#closed.has(queue)) waiter.pause()
    return () => way.delete(waiter)
  }

  /** Told after each chunk. */
  wasRead({ queue = '' }: OriginHandle, waiter: Waiter): void {
    const way = this.#ways.get(queue)
    if (way?.delete(waiter) === true) way.add(waiter)
  }

  /** The intake has no room: asked at once, so that it knows which way is meant. */
  close({ queue = '' }: OriginHandle): void {
    if (this.#closed.has(queue)) return
    this.#closed.add(queue)
    for (const { pause } of this.#ways.get(queue) ?? []) pause()
    const open = () => {
      this.#closed.delete(queue)
      for (const { resume } of this.#ways.get(queue) ?? []) resume()
    }
    // A refusing disk is reported by the intake itself; here it only means that the wait is over.
    this.#intake.drained().then(open, open)
  }
}
