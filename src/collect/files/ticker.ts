// Calls one task again and again, never twice at a time: at an interval, and sooner when something happened.

export type Ticker = {
  /** Asks for a run soon; one that is under way is followed by another. */
  readonly nudge: () => void
  /** No run begins any more; resolves when the one under way is over. */
  readonly stop: () => Promise<void>
}

export type TickerOptions = {
  readonly everyMs: number
  /** What a run threw. The next one comes all the same. */
  readonly onTrouble: (thrown: unknown) => void
}

export function startTicker(
  task: () => Promise<void>,
  { everyMs, onTrouble }: TickerOptions,
): Ticker {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | null = null
  let isStopped = false
  let isAsked = false

  const run = (): void => {
    clearTimeout(timer)
    isAsked = false
    running = task()
      .catch(onTrouble)
      .then(() => {
        running = null
        if (!isStopped) timer = setTimeout(run, isAsked ? 0 : everyMs)
      })
  }
  timer = setTimeout(run, 0)
  return {
    nudge: () => {
      if (isStopped || isAsked) return
      isAsked = true
      if (running !== null) return
      clearTimeout(timer)
      timer = setTimeout(run, 0)
    },
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
