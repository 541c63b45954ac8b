// What a report may cost, and the refusal of one that costs more or cannot be read.

import { VigieError } from '../../core/index.ts'

export const LIMITS = {
  /** A JSON document is parsed whole. */
  jsonBytes: 512 * 1024 * 1024,
  xmlBytes: 2 * 1024 * 1024 * 1024,
  depth: 100,
  /** Characters of one element with everything in it. */
  element: 32 * 1024 * 1024,
  findings: 2_000_000,
  fieldBytes: 4 * 1024 * 1024,
} as const

/** Throws what a person reads: nothing of the file was taken. */
export function refuse(file: string, reason: string): never {
  throw new VigieError('CONTENT_INVALID', { file, reason })
}
