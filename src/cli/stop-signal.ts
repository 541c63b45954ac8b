// When a program that runs until it is told otherwise is told.

import type { Context } from './context.ts'

/** Resolves at the first SIGINT or SIGTERM; a second one ends the program at once. */
export function stopSignal(process: Context['process'], onFirst: () => void): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      onFirst()
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}
