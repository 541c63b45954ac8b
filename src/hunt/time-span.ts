// A date, a minute or an instant as written, as the span it means in UTC.

import { DAY_MS, MINUTE_MS, SECOND_MS } from '../core/index.ts'

export type TimeSpan = { readonly fromMs: number; readonly toMs: number }

const WRITTEN =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d\d:\d\d)?)?$/u

/** `2026-11-23` is a day, `2026-11-23T14:05` a minute, `…:09` a second, `….123` a millisecond. UTC unless a zone is written. */
export function timeSpan(text: string): TimeSpan | undefined {
  const [, day, minute, second, fraction, zone = 'Z'] = WRITTEN.exec(text) ?? []
  if (day === undefined) return undefined
  const written = `${day}T${minute ?? '00:00'}:${second ?? '00'}.${(fraction ?? '0').padEnd(3, '0')}${zone}`
  const fromMs = Date.parse(written)
  if (Number.isNaN(fromMs)) return undefined
  return { fromMs, toMs: fromMs + width(minute, second, fraction) }
}

function width(minute?: string, second?: string, fraction?: string): number {
  if (minute === undefined) return DAY_MS
  if (second === undefined) return MINUTE_MS
  return fraction === undefined ? SECOND_MS : 1
}
