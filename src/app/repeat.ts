// Work that a station does again and again.

import { setTimeout as sleep } from 'node:timers/promises'

export type Repeated = {
  /** Does it now; where it is being done, once more right after. */
  readonly wake: () => void
  /** Ends when what is being done has ended. */
  readonly close: () => Promise<void>
}

type Repeating = {
  /** Between the end of one time and the next. */
  readonly everyMs: number
  readonly onTrouble: (cause: unknown) => void
}

/** At once, and then until closed. The signal says that it is to end soon. */
export function repeat(
  work: (signal: AbortSignal) => Promise<unknown>,
  { everyMs, onTrouble }: Repeating,
): Repeated {
  const stop = new AbortController()
  let wake = new AbortController()
  const run = async () => {
    while (!stop.signal.aborted) {
      await work(stop.signal).catch(onTrouble)
      const signal = AbortSignal.any([stop.signal, wake.signal])
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => {})
      wake = new AbortController()
    }
  }
  const ended = run()
  return {
    wake: () => wake.abort(),
    close: async () => {
      stop.abort()
      await ended
    },
  }
}
