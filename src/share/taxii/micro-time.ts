// Times as TAXII says them: RFC 3339, UTC, microseconds. Inside they are whole microseconds.

import { comparableTime, isTimestamp } from '../stix/formats.ts'

export function microText(micros: number): string {
  const ms = Math.floor(micros / 1000)
  const rest = String(micros - ms * 1000).padStart(3, '0')
  return new Date(ms).toISOString().replace('Z', `${rest}Z`)
}

/** Undefined for what is no timestamp. */
export function parseMicros(text: string): number | undefined {
  if (!isTimestamp(text)) return undefined
  const [whole = '', fraction = ''] = comparableTime(text).split('.')
  return Date.parse(`${whole}Z`) * 1000 + Number(fraction.slice(0, 6))
}
