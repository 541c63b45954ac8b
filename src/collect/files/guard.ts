// Where one part's trouble ends: what is thrown while reading it becomes a problem of that part.

import { reasonOf } from '../../core/index.ts'
import { IntakeFailed, StopReading, report } from './reading.ts'
import type { Reading } from './reading.ts'
import { TruncatedError } from './unpack.ts'

/** Throws only what the intake throws. */
export async function guard(
  reading: Reading,
  { file, format }: { readonly file: string; readonly format: string },
  read: () => Promise<void>,
): Promise<void> {
  try {
    await read()
  } catch (thrown) {
    if (thrown instanceof IntakeFailed) throw thrown
    if (thrown instanceof StopReading) report(reading, thrown.problem)
    else if (thrown instanceof TruncatedError)
      report(reading, { file, code: 'truncated', details: { format } })
    else if (isSystemError(thrown))
      report(reading, { file, code: 'unreadable', details: { reason: reasonOf(thrown) } })
    else report(reading, { file, code: 'damaged', details: { format, reason: reasonOf(thrown) } })
  }
}

function isSystemError(thrown: unknown): boolean {
  return thrown instanceof Error && 'syscall' in thrown
}
