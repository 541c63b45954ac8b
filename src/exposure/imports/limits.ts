// What a report may cost, and the refusal of one that costs more or cannot be read.

import { VigieError } from '../../core/index.ts'
import type { ExposureFileProblem } from '../../core/index.ts'

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
export function refuse(
  file: string,
  problem: ExposureFileProblem,
  met = '',
  known: readonly string[] = [],
): never {
  const details = { file: shown(file), problem, met: shown(met), known }
  throw new VigieError('EXPOSURE_FILE_REFUSED', details)
}

/** A refusal passes through readers that turn what a library throws into one. */
export function isRefusal(cause: unknown): boolean {
  return cause instanceof VigieError && cause.code === 'EXPOSURE_FILE_REFUSED'
}

/** What a file begins with, or the names of what stands in it, short enough to be read. */
export function beginningOf(start: string): string {
  const first = start.split(/\r?\n/).find((line) => line.trim() !== '') ?? ''
  return shown(first.trim())
}

const MOST_SHOWN = 160

/** Without signs that turn the direction of text or cannot be seen. */
function shown(text: string): string {
  const safe = text.replaceAll(
    // oxlint-disable-next-line no-control-regex
    /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g,
    ' ',
  )
  return safe.length > MOST_SHOWN ? `${safe.slice(0, MOST_SHOWN)}…` : safe
}
