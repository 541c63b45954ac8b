// How work over stored events asks the engine, and how its trouble is told.

import { availableParallelism } from 'node:os'
import { VigieError, isVigieError } from '../../core/index.ts'
import type { EngineSettings } from '../../store/index.ts'
import { describeError } from '../../words/index.ts'

/** In both languages, as JSON. */
export function toldOf(cause: unknown): string {
  const known = isVigieError(cause) ? cause : unreachable(cause)
  return JSON.stringify({ en: describeError(known, 'en'), fr: describeError(known, 'fr') })
}

function unreachable(cause: unknown): VigieError {
  const reason = cause instanceof Error ? cause.message.slice(0, 500) : String(cause)
  return new VigieError('ENGINE_UNREACHABLE', { engine: 'ClickHouse', reason }, { cause })
}

const MEMORY_BYTES = 400 * 1024 * 1024
const STATEMENT_SECONDS = 60
/** Behind people's hunts, which stand behind detection. */
const PRIORITY = 6

/** Half of the processors, so that new lines keep the other half. */
export function historySettings(): EngineSettings {
  return {
    max_threads: Math.max(1, Math.floor(availableParallelism() / 2)),
    max_execution_time: STATEMENT_SECONDS,
    timeout_overflow_mode: 'throw',
    timeout_before_checking_execution_speed: 0,
    max_memory_usage: MEMORY_BYTES,
    priority: PRIORITY,
  }
}
