// Fields of one row of an export, read with the place where a wrong one stands.

import { ExportRefused, plain, shown } from './row.ts'
import type { Json } from './row.ts'

type Source = { readonly [key: string]: Json | undefined }

/** Throws ExportRefused when it is missing or no plain value. */
export function idOf(source: Source, keys: readonly string[], place: string): string {
  for (const key of keys) {
    const value = source[key]
    if (typeof value === 'number') return String(value)
    if (typeof value === 'string' && value.trim() !== '') {
      if (value.length > MOST_ID)
        throw new ExportRefused(place, 'bad_value', `${key} (${value.length} letters)`)
      return value.trim()
    }
    if (value !== undefined && value !== null && value !== '')
      throw new ExportRefused(place, 'bad_value', `${key} = ${shown(value)}`)
  }
  throw new ExportRefused(place, 'missing_field', keys.join(' / '))
}

const MOST_ID = 1024
const MOST_TEXT = 4096

export function text(source: Source, key: string, place: string): string | undefined {
  const value = source[key]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string')
    throw new ExportRefused(place, 'bad_value', `${key} = ${shown(value)}`)
  return value.slice(0, MOST_TEXT).replaceAll('\0', '\uFFFD')
}

const YES = new Set(['true', 'vrai', 'yes', 'oui', '1', 'y', 'o', 'enabled', 'activé'])
const NO = new Set(['false', 'faux', 'no', 'non', '0', 'n', 'disabled', 'désactivé'])

/** Booleans, and the words that spreadsheets write for them in English and French. */
export function flag(source: Source, key: string, place: string): boolean | undefined {
  const value = source[key]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'boolean') return value
  const said = plain(value).trim().toLowerCase()
  if (YES.has(said)) return true
  if (NO.has(said)) return false
  throw new ExportRefused(place, 'bad_value', `${key} = ${shown(value)}`)
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/u

/** ISO 8601 only: 03/04/2026 is March in one office and April in the next. A time without zone is UTC. */
export function instant(source: Source, key: string, place: string): string | undefined {
  const value = source[key]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string' && ISO.test(value.trim())) {
    const said = value.trim().replace(' ', 'T')
    const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/u.test(said) || !said.includes('T') ? said : `${said}Z`
    return fromMs(Date.parse(zoned), value, place)
  }
  throw new ExportRefused(place, 'bad_date', shown(value))
}

/** Unix seconds; 0, -1 and absent mean never or not known. */
export function unixSeconds(value: Json | undefined, place: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const seconds = Number(value)
  if (!Number.isFinite(seconds)) throw new ExportRefused(place, 'bad_date', shown(value))
  return seconds <= 0 ? undefined : fromMs(seconds * 1000, value, place)
}

const FILETIME_EPOCH_MS = 11_644_473_600_000
const NEVER = 0x7fff_ffff_ffff_ffffn

/** Ticks of 100 ns since 1601 (MS-DTYP 2.3.3); 0 and the largest number mean never. */
export function fileTime(value: Json | undefined, place: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const said = plain(value).trim()
  if (ISO.test(said)) return instant({ said }, 'said', place)
  if (!/^-?\d{1,19}$/u.test(said)) throw new ExportRefused(place, 'bad_date', shown(value))
  const ticks = BigInt(said)
  if (ticks <= 0n || ticks >= NEVER) return undefined
  return fromMs(Number(ticks / 10_000n) - FILETIME_EPOCH_MS, value, place)
}

/** `20260331120000.0Z` (RFC 4517 section 3.3.13). */
export function generalizedTime(value: Json | undefined, place: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const said = plain(value).trim()
  if (ISO.test(said)) return instant({ said }, 'said', place)
  const found = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:[.,]\d+)?Z$/u.exec(said)
  if (found === null) throw new ExportRefused(place, 'bad_date', shown(value))
  const [, year, month, day, hour, minute, second] = found
  return fromMs(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`), value, place)
}

const EARLIEST_MS = Date.parse('1601-01-01T00:00:00Z')
const LATEST_MS = Date.parse('9999-12-31T23:59:59.999Z')

function fromMs(ms: number, value: Json, place: string): string {
  if (Number.isNaN(ms) || ms < EARLIEST_MS || ms > LATEST_MS)
    throw new ExportRefused(place, 'bad_date', shown(value))
  return new Date(ms).toISOString()
}
