// Knowledge that cannot be what it says it is: taken all the same, it would end what is known, or keep out what comes later.

import { DAY_MS } from '../../core/index.ts'
import { refuse } from '../imports/limits.ts'
import type { Loaded } from './knowledge.ts'

/** Clocks differ, and a source may be a day ahead: more than that is wrong. */
const AHEAD_MS = 2 * DAY_MS
/** A list shorter than this may change by half: tests of a mirror, a small supplier. */
const SMALL_LIST = 20

/** By itself. Throws EXPOSURE_FILE_REFUSED. */
export function refuseUnusable(file: string, loaded: Loaded): void {
  const { isWhole, kind, refused, said, problems } = loaded
  const usable = loaded.told.length + loaded.support.length
  const figures = `${usable} / ${usable + refused}`
  // An advisory that fails the standard's tests says so itself, test by test.
  if (kind === 'csaf' || kind === 'vex') return
  if (usable === 0 && (refused > 0 || isWhole)) {
    const first = problems[0]?.detail
    refuse(
      file,
      refused > 0 ? 'nothing_usable' : 'empty',
      first === undefined ? figures : `${figures}; ${first}`,
    )
  }
  if (isWhole && refused > usable) refuse(file, 'mostly_unusable', figures)
  if (said !== undefined && usable + refused < said)
    refuse(file, 'fewer_than_said', `${usable + refused} / ${said}`)
}

/** Beside what is known. Throws EXPOSURE_FILE_REFUSED. */
export function refuseImplausible(
  { name, kind, dated, told }: Loaded,
  known: { readonly nowMs: number; readonly listed: number },
): void {
  // A single record says when it changed; one of many does not date them all.
  if (kind !== 'cve' && Date.parse(dated) > known.nowMs + AHEAD_MS)
    refuse(name, 'from_the_future', `${dated} > ${new Date(known.nowMs).toISOString()}`)
  if (kind === 'kev' && known.listed >= SMALL_LIST && told.length * 2 < known.listed)
    refuse(name, 'fewer_than_known', `${told.length} / ${known.listed}`)
}

/** A record that says it changes in the future would never be changed by a true one. */
export function isAhead(dated: string | undefined, nowMs: number): boolean {
  return dated !== undefined && Date.parse(dated) > nowMs + AHEAD_MS
}
