// What a listener or a file reader hands its lines to. The spool implements it; tests may record instead.

import type { SOURCE_KINDS } from '../model/index.ts'
import type { Position } from './position.ts'

export type Origin = {
  readonly kind: (typeof SOURCE_KINDS)[number]
  /** Name of the source as people see it: `syslog/192.0.2.10`, `inbox/fw1.log`, `http/agent-7`. */
  readonly source: string
  /** What a line needs from elsewhere in its file to be understood (a header row); '' where nothing. */
  readonly context: string
}

/** An origin prepared once, so that each line costs one copy. */
export type OriginHandle = {
  readonly origin: Origin
  readonly encoded: Buffer
  /** Where an intake has several ways through it: origins of one way are asked to wait together. */
  readonly queue?: string
}

export type Intake = {
  readonly open: (origin: Origin) => OriginHandle
  /**
   * Copies `bytes[start, end)` as one line received now. Returns false when the caller should stop reading
   * until `drained()`; the line was taken all the same.
   */
  readonly write: (from: OriginHandle, bytes: Buffer, start: number, end: number) => boolean
  /**
   * How far a file is read: every line before it is written, none behind it. Called in one go with the writing, without
   * waiting between, so that lines and position reach the disk together.
   */
  readonly note: (path: string, position: Position) => void
  readonly drained: () => Promise<void>
  /** Resolves when every line written and position noted before the call survives a crash (fsync). Rejects when the disk refuses. */
  readonly synced: () => Promise<void>
}

/** Longest line kept whole. A longer one is cut into pieces of this size, each a line of its own, and counted. */
export const MAX_LINE_BYTES = 1024 * 1024
