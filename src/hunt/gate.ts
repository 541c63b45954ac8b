// At most so many questions of people run at once, so that the station's own questions always find a free lane.

export type Gate = <T>(run: () => Promise<T>, signal?: AbortSignal) => Promise<T>

/** First come, first served; one that is no longer wanted leaves the queue without running. */
export function createGate(most: number): Gate {
  let running = 0
  const waiting: (() => void)[] = []

  const enter = (): Promise<void> => {
    if (running < most) {
      running++
      return Promise.resolve()
    }
    return new Promise((resolve) => {
      waiting.push(resolve)
    })
  }
  const leave = (): void => {
    const next = waiting.shift()
    if (next === undefined) running--
    else next()
  }
  return async (run, signal) => {
    await enter()
    try {
      signal?.throwIfAborted()
      return await run()
    } finally {
      leave()
    }
  }
}
