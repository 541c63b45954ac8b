// After each chunk: what was handed on is counted, and the intake is waited for where it asked for that.

import { reasonOf } from '../../core/index.ts'
import type { Intake } from '../intake.ts'
import type { LineWriter } from './line-writer.ts'
import { IntakeFailed } from './reading.ts'
import type { Reading } from './reading.ts'

/** Throws IntakeFailed, which passes through everything that catches a file's trouble. */
export async function settle(reading: Reading, writer: LineWriter): Promise<void> {
  const { lines, bytes } = writer.takeCounts()
  reading.count(lines, bytes)
  if (!writer.isWilling()) await roomIn(reading.intake)
}

/** Tells how far reading got; its trouble is the intake's as well. */
export async function checkpoint(reading: Reading, offset: number): Promise<void> {
  await passing(reading.checkpoint?.(offset))
}

function roomIn(intake: Intake): Promise<void> {
  return passing(intake.drained())
}

async function passing(promise: Promise<void> | undefined): Promise<void> {
  try {
    await promise
  } catch (thrown) {
    throw new IntakeFailed(reasonOf(thrown), { cause: thrown })
  }
}
