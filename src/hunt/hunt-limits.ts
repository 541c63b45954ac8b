// What one question may use. Detection and intake go first; a question that needs more is told so.

import type { EngineSettings } from '../store/index.ts'
import type { SampleSize } from './sample-size.ts'

export type HuntLimits = {
  /** Seconds that one question may take in all. */
  readonly seconds: number
  /** Memory of one statement. */
  readonly memoryMib: number
  /** When the values of a column are estimated in place of counted. */
  readonly columnSample: SampleSize
  /** The same where the value, or a condition, is read from the line itself. */
  readonly lineSample: SampleSize
}

export const DEFAULT_LIMITS: HuntLimits = {
  seconds: 15,
  memoryMib: 400,
  columnSample: { upTo: 10_000_000, inBlocks: 5_000_000, oneIn: 1 },
  lineSample: { upTo: 200_000, inBlocks: 2_000_000, oneIn: 10 },
}

/** Most bytes of an answer: lines are up to 1 MiB each, and the answer passes through this process. */
const ANSWER_BYTES = 64 * 1024 * 1024
/** Lower than detection, which runs at the engine's default and so before these. */
const PRIORITY = 5

/** Settings of one statement. Past the time or the memory the engine stops it with an error that `askEngine` reads. */
export function huntSettings(
  { memoryMib }: HuntLimits,
  { seconds, rows }: { seconds: number; rows: number },
): EngineSettings {
  const memory = memoryMib * 1024 * 1024
  return {
    max_execution_time: seconds,
    timeout_overflow_mode: 'throw',
    // Without an estimate the engine would stop a slow query before its time is over.
    timeout_before_checking_execution_speed: 0,
    max_memory_usage: memory,
    max_bytes_before_external_group_by: Math.round(memory / 2),
    max_bytes_before_external_sort: Math.round(memory / 2),
    max_result_rows: rows,
    max_result_bytes: ANSWER_BYTES,
    result_overflow_mode: 'break',
    priority: PRIORITY,
    prefer_column_name_to_alias: 1,
  }
}
