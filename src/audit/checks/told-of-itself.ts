// What a device says of its own version and times, as checks ask it. Its word about who changed what is never believed; its
// word that it is old or unsaved is no excuse it would invent.

import type { Fact } from '../diff/facts.ts'

/**
 * Whether a version is older than the one named for its train (`7.4.6` against `7.4.7`). A train older than all that are
 * named never got the mend; one that is not named, and not older, is not judged.
 */
export function isOlder(version: string | null, fixed: readonly string[]): boolean {
  const own = numbersOf(version ?? '')
  if (own === undefined) return false
  const named = fixed.map(numbersOf).filter((one) => one !== undefined)
  const same = named.find(([major, minor]) => major === own[0] && minor === own[1])
  if (same !== undefined) return own[2] < same[2]
  return named.every(([major, minor]) => own[0] < major || (own[0] === major && own[1] < minor))
}

type Numbers = readonly [number, number, number]

function numbersOf(text: string): Numbers | undefined {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text) ?? []
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch ?? 0)]
}

/** The change that the device says came after it was saved last; both times are of its own clock. */
export function unsavedChange(facts: readonly Fact[]): Fact | undefined {
  const changed = facts.find(({ fact }) => fact === 'changed')
  const saved = facts.find(({ fact }) => fact === 'saved')
  const [changedMs, savedMs] = [timeOf(changed), timeOf(saved)]
  if (changedMs === undefined || savedMs === undefined) return undefined
  return changedMs > savedMs ? changed : undefined
}

/** `10:00:00 UTC Mon Jan 5 2026`; the zone aside, which is one and the same for both times of a device. */
function timeOf(fact: Fact | undefined): number | undefined {
  const [, clock, day] =
    /(\d{1,2}:\d\d:\d\d)\S* .*?([A-Z][a-z]{2} +\d{1,2} \d{4})/.exec(fact?.says['when'] ?? '') ?? []
  const ms = clock === undefined ? NaN : Date.parse(`${day} ${clock} UTC`)
  return Number.isNaN(ms) ? undefined : ms
}
