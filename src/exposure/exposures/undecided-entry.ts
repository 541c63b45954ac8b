// What could not be decided by versions, as it is kept.

import type { Severity } from '../../model/index.ts'

export type UndecidedEntry = {
  readonly vulnerability: string
  readonly confidence: number
  readonly reason: string
  readonly severity: Severity
  readonly basis: string
  readonly detectedMs: number
  readonly dueMs: number | null
  readonly workByMs: number | null
  readonly mitigateByMs: number | null
}

/** By vulnerability. */
export type UndecidedList = ReadonlyMap<string, UndecidedEntry>
