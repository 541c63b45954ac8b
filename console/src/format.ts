// Times, amounts and spans as people read them: ISO dates, 24 hours, the zone always at hand.

import { useMemo } from 'react'
import { useLanguage } from './language.ts'
import type { Language } from './preferences.ts'
import { usePreferences } from './preferences.ts'

export type Format = {
  /** `2026-11-23 14:05:09`, without its zone: for columns whose heading gives it. */
  readonly time: (instant: string | number) => string
  /** The same to the millisecond. */
  readonly timeMs: (instant: string | number) => string
  /** `14:05` today's style axis label, or with its date. */
  readonly short: (instant: string | number) => string
  /** `2026-11-23 14:05:09 UTC−5`. */
  readonly full: (instant: string | number) => string
  readonly zone: string
  readonly number: (value: number) => string
  /** `≈ 1,200,000`: no more digits than an estimate is good for. */
  readonly estimate: (value: number) => string
  /** One decimal below ten. */
  readonly rate: (value: number) => string
  readonly percent: (share: number) => string
  readonly bytes: (value: number) => string
  readonly span: (ms: number) => string
}

export function useFormat(): Format {
  const language = useLanguage()
  const { clock } = usePreferences()
  return useMemo(() => makeFormat(language, clock), [language, clock])
}

/** Pure but for the machine's own zone when `clock` is local. */
export function makeFormat(language: Language, clock: 'local' | 'utc'): Format {
  const locale = language === 'fr' ? 'fr-CA' : 'en-CA'
  const parts = (instant: string | number): string => isoParts(new Date(instant), clock)
  const zone = zoneName(new Date(), clock)
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const rough = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 })
  const few = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 })
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 2 })
  const rate = (value: number): string => (value < 10 ? few : whole).format(value)
  return {
    time: (instant) => parts(instant).slice(0, 19),
    timeMs: (instant) => parts(instant),
    short: (instant) => parts(instant).slice(5, 16),
    full: (instant) => `${parts(instant).slice(0, 19)} ${zoneName(new Date(instant), clock)}`,
    zone,
    number: (value) => whole.format(value),
    estimate: (value) => `≈ ${rough.format(value)}`,
    rate,
    percent: (value) => share.format(value),
    bytes: (value) => scaled(value, language === 'fr' ? BYTES_FR : BYTES_EN, rate),
    span: (ms) => spanText(ms, rate, language),
  }
}

/** `YYYY-MM-DD HH:MM:SS.mmm` in the chosen zone. */
function isoParts(date: Date, clock: 'local' | 'utc'): string {
  if (Number.isNaN(date.getTime())) return '–'
  const shift = clock === 'utc' ? 0 : date.getTimezoneOffset() * 60_000
  return new Date(date.getTime() - shift).toISOString().replace('T', ' ').slice(0, 23)
}

function zoneName(date: Date, clock: 'local' | 'utc'): string {
  const minutes = clock === 'utc' ? 0 : -date.getTimezoneOffset()
  if (Number.isNaN(minutes) || minutes === 0) return 'UTC'
  const rest = Math.abs(minutes) % 60
  const hours = Math.trunc(Math.abs(minutes) / 60)
  const tail = rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${tail}`
}

const BYTES_EN = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
const BYTES_FR = ['o', 'ko', 'Mo', 'Go', 'To', 'Po']

function scaled(value: number, units: readonly string[], show: (n: number) => string): string {
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3))
  return `${show(value / 1000 ** step)}\u00a0${units[step] ?? ''}`
}

const SPANS = [
  [86_400_000, 'd', 'j'],
  [3_600_000, 'h', 'h'],
  [60_000, 'min', 'min'],
  [1_000, 's', 's'],
] as const

/** A length of time in its largest unit: `3 h`, `450 ms`. */
function spanText(ms: number, show: (n: number) => string, language: Language): string {
  const unit = SPANS.find(([size]) => ms >= size)
  if (unit === undefined) return `${show(Math.max(0, ms))}\u00a0ms`
  return `${show(ms / unit[0])}\u00a0${language === 'fr' ? unit[2] : unit[1]}`
}
