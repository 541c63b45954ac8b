// What every reader of a queue is given, and what it may meet.

import type { Intake, OriginHandle } from '../intake.ts'
import type { Position } from '../position.ts'

export type QueueTrouble =
  | { readonly code: 'unreachable'; readonly reason: string }
  /** The server answers, and it is not what was asked for: a wrong password, a key of another kind, no such topic. */
  | { readonly code: 'refused'; readonly reason: string }
  | { readonly code: 'too_large'; readonly limitBytes: number }

export class QueueFailure extends Error {
  readonly trouble: QueueTrouble

  constructor(trouble: QueueTrouble, options?: { readonly cause?: unknown }) {
    super(trouble.code, options)
    this.trouble = trouble
  }
}

export type Reading = {
  readonly intake: Intake
  readonly origin: OriginHandle
  /** `queue/NAME` */
  readonly source: string
  readonly positionOf: (path: string) => Promise<Position | null>
  readonly signal: AbortSignal
  /** The server answers as it should. */
  readonly onWell: () => void
  /** Said without an end to the reading. */
  readonly onTrouble: (trouble: QueueTrouble) => void
}

/** Events that are asked for at once. */
export const EVENTS_AT_ONCE = 500
/** Bytes of one answer; what is larger is not held in memory. */
export const MOST_ANSWER_BYTES = 32 * 1024 * 1024

/** Writes an event as one line; false when the caller should wait for `drained`. Line ends behind it are no part of it. */
export function writeEvent({ intake, origin }: Reading, event: Buffer): boolean {
  let end = event.length
  while (end > 0 && (event[end - 1] === 0x0a || event[end - 1] === 0x0d)) end -= 1
  return end === 0 || intake.write(origin, event, 0, end)
}
