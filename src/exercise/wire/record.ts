// One line as a device writes it, with where it comes from.

import { ZONE_HOURS } from '../country/calendar.ts'
import type { Log } from '../country/organisation.ts'

export type LogLine = {
  readonly log: Log
  /** When it happened; what the line says may differ where a clock is off. */
  readonly timeMs: number
  /** As a station names the source. */
  readonly source: string
  readonly text: string
}

const two = (value: number) => String(value).padStart(2, '0')

/** Date and time there, as devices write them that know no zone. */
export function localParts(timeMs: number): { readonly date: string; readonly time: string } {
  const there = new Date(timeMs + ZONE_HOURS * 3_600_000).toISOString()
  return { date: there.slice(0, 10), time: there.slice(11, 19) }
}

export const ZONE_TEXT = `${ZONE_HOURS < 0 ? '-' : '+'}${two(Math.abs(ZONE_HOURS))}00`

/** A number from a text, for serials and process ids that should stay the same. */
export function numberOf(text: string, below: number): number {
  let hash = 7
  for (let at = 0; at < text.length; at += 1)
    hash = (Math.imul(hash, 31) + text.charCodeAt(at)) >>> 0
  return hash % below
}
