// Whether a version lies in a published range. What cannot be decided is said, never coerced.

import { compareVersions } from './schemes.ts'
import type { VersionScheme } from './schemes.ts'

export type VersionRange = {
  readonly startIncluding?: string | undefined
  readonly startExcluding?: string | undefined
  readonly endIncluding?: string | undefined
  readonly endExcluding?: string | undefined
}

export type InRange = 'inside' | 'outside' | 'cannot-compare'

/** How the two ends stand to one another, before any version is asked about. */
export type RangeShape = 'ordered' | 'open' | 'fixed-in' | 'branch' | 'malformed' | 'cannot-compare'

export function isInRange(scheme: VersionScheme, range: VersionRange, version: string): InRange {
  const shape = rangeShape(scheme, range)
  if (shape === 'malformed') return 'cannot-compare'
  const { startIncluding, startExcluding, endIncluding, endExcluding } = widened(range, shape)
  const sides = [
    startIncluding === undefined ? true : holds(scheme, version, startIncluding, [0, 1]),
    startExcluding === undefined ? true : holds(scheme, version, startExcluding, [1]),
    endIncluding === undefined ? true : holds(scheme, version, endIncluding, [-1, 0]),
    endExcluding === undefined ? true : holds(scheme, version, endExcluding, [-1]),
  ]
  // One side that is surely missed decides, whatever the other is.
  if (sides.includes(false)) return 'outside'
  return sides.includes(undefined) ? 'cannot-compare' : 'inside'
}

/**
 * `fixed-in`: both ends are one version, the end excluded, which vendors write for “fixed in this version”. `branch`: the end names a
 * branch (`6.4.*`) or everything (`*`). `malformed`: the end lies before the start.
 */
export function rangeShape(scheme: VersionScheme, range: VersionRange): RangeShape {
  const start = range.startIncluding ?? range.startExcluding
  const end = range.endExcluding ?? range.endIncluding
  if (end !== undefined && end.trim().endsWith('*')) return 'branch'
  if (isNothing(start) || isNothing(end)) return 'open'
  const order = compareVersions(scheme, start ?? '', end ?? '')
  if (order === 'cannot-compare') return order
  if (order === 1) return 'malformed'
  return order === 0 && range.endExcluding !== undefined ? 'fixed-in' : 'ordered'
}

function isNothing(bound: string | undefined): boolean {
  return bound === undefined || /^(?:0|\*|-|n\/a|unspecified)?$/i.test(bound.trim())
}

function widened(range: VersionRange, shape: RangeShape): VersionRange {
  const start = (bound: string | undefined) => (isNothing(bound) ? undefined : bound)
  const { startIncluding, startExcluding, ...end } = range
  const starts = { startIncluding: start(startIncluding), startExcluding: start(startExcluding) }
  if (shape === 'fixed-in') return end
  if (shape !== 'branch') return { ...starts, ...end }
  const branch = (end.endExcluding ?? end.endIncluding ?? '').trim().replace(/\.?\*$/, '')
  return branch === '' ? starts : { ...starts, endExcluding: afterBranch(branch) }
}

/** The first version behind a branch: `6.4.*` ends before 6.5. */
function afterBranch(branch: string): string {
  return branch.replace(/\d+(?=\D*$)/, (digits) => String(Number(digits) + 1))
}

function holds(
  scheme: VersionScheme,
  version: string,
  bound: string,
  wanted: readonly number[],
): boolean | undefined {
  const order = compareVersions(scheme, version, bound)
  return order === 'cannot-compare' ? undefined : wanted.includes(order)
}
