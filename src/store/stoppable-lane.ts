// A question that nobody waits for any more ends in the engine too, and does not hold up the next one.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineLane } from './event-engine.ts'
import { sql } from './sql.ts'

/** A statement that was on its way when it was first told to stop is told again. */
const AGAIN_MS = 100

/** The same lane, where a SELECT given a signal is stopped in the engine when that fires. `stopper` runs while `lane` is busy. */
export function stoppableLane(lane: EngineLane, stopper: EngineLane): EngineLane {
  return {
    ...lane,
    query: async (statement, options = {}) => {
      const { signal, settings } = options
      if (signal === undefined) return lane.query(statement, options)
      signal.throwIfAborted()
      const mark = randomUUID()
      const ended = new AbortController()
      const stop = async () => {
        while (!ended.signal.aborted) {
          await stopMarked(stopper, mark)
          await sleep(AGAIN_MS)
        }
      }
      const onAbort = () => void stop()
      signal.addEventListener('abort', onAbort, { once: true })
      try {
        return await lane.query(statement, { signal, settings: { ...settings, log_comment: mark } })
      } catch (cause) {
        signal.throwIfAborted()
        throw cause
      } finally {
        ended.abort()
        signal.removeEventListener('abort', onAbort)
      }
    },
  }
}

/** A user of a server may not be allowed to: then the statement ends at its time limit. */
async function stopMarked(stopper: EngineLane, mark: string): Promise<void> {
  try {
    await stopper.command(sql`KILL QUERY WHERE Settings['log_comment'] = ${mark} ASYNC`)
  } catch {
    // It ends at its time limit.
  }
}
