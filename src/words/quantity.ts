// Sizes and spans as people write them in each language.

import type { Language } from './language.ts'

const UNITS: Readonly<Record<Language, readonly string[]>> = {
  en: ['B', 'kB', 'MB', 'GB', 'TB'],
  fr: ['o', 'ko', 'Mo', 'Go', 'To'],
}

/** `609.9 kB`, `609,9 ko`: thousands of bytes, not 1,024. */
export function sizeText(language: Language, bytes: number): string {
  const units = UNITS[language]
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${decimal(language, bytes / 1000 ** step, step === 0 ? 0 : 1)} ${units[step] ?? ''}`
}

/** `4.2 s`, `14 s`, `4 min 10 s`. */
export function spanText(language: Language, seconds: number): string {
  if (seconds < 60) return `${decimal(language, seconds, seconds < 10 ? 1 : 0)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

/** `1,234.5`, `1 234,5`. */
export function decimal(language: Language, value: number, digits = 1): string {
  return value.toLocaleString(`${language}-CA`, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}
