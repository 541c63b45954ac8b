// A check that another station wrote brings regular expressions of theirs, and these can be made to run for ever. Such a check is
// run against a clock that stops it, and is then stopped for good; the station's own checks run as they are.

import { createContext, runInContext } from 'node:vm'
import type { Check } from './check.ts'

/** Of one check over one configuration: the station's own take a few milliseconds. */
const MOST_MS = 500

/** Undefined where the check is stopped, or stops now. */
export function withinBounds<T>({ breaker }: Check, work: () => T): T | undefined {
  if (breaker === undefined) return work()
  if (breaker.isOpen()) return undefined
  let done: { readonly value: T } | undefined
  const run = () => {
    done = { value: work() }
  }
  try {
    // The engine looks at the clock also while it matches; nothing of the check is run as code.
    runInContext('run()', createContext({ run }), { timeout: MOST_MS })
  } catch (thrown) {
    if (!isTimeout(thrown)) throw thrown
    breaker.open(`one of its patterns took more than ${MOST_MS} ms over one configuration`)
  }
  return done?.value
}

/** What the clock throws is an error of whichever world the engine was in. */
function isTimeout(thrown: unknown): boolean {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'code' in thrown &&
    thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  )
}
