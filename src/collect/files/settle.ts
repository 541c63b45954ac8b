// After each chunk: what was handed on is counted and noted, and the intake is waited for where it asked for that.

import { reasonOf } from '../../core/index.ts'
import type { Intake } from '../intake.ts'
import type { LineWriter } from './line-writer.ts'
import { IntakeFailed } from './reading.ts'
import type { Reading } from './reading.ts'

/**
 * Called in one go with the writing, before anything is waited for. `offset` is how far the file's own bytes were read,
 * 0 where no offset means anything. Throws IntakeFailed, which passes through everything that catches a file's trouble.
 */
export async function settle(reading: Reading, writer: LineWriter, offset: number): Promise<void> {
  const { lines, bytes } = writer.takeCounts()
  reading.count(lines, bytes)
  // Lines of an earlier attempt are not counted back to where they were.
  if (reading.skip.left === 0) reading.checkpoint?.(offset)
  if (!writer.isWilling()) await roomIn(reading.intake)
}

async function roomIn(intake: Intake): Promise<void> {
  try {
    await intake.drained()
  } catch (thrown) {
    throw new IntakeFailed(reasonOf(thrown), { cause: thrown })
  }
}
