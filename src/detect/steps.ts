// Long work in steps: all at once where nothing else waits, or with pauses where a station goes on meanwhile.

import { setImmediate as others } from 'node:timers/promises'

/** Work that may pause at each `yield`. */
export type Steps<T> = Generator<undefined, T, undefined>

export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

/** Longest time that the rest of the process waits. */
const STRETCH_MS = 8

/** Throws what the signal was aborted with. */
export async function gently<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  let sinceMs = performance.now()
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
    if (performance.now() - sinceMs < STRETCH_MS) continue
    await others()
    signal?.throwIfAborted()
    sinceMs = performance.now()
  }
}
