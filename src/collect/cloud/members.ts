// Members of an answer by their path.

import { CloudFailure } from './trouble.ts'

/** undefined where nothing stands there. A name with dots of its own is found whole first. */
export function at(value: unknown, path: string): unknown {
  if (path === '') return value
  const own = memberOf(value, path)
  if (own !== undefined) return own
  let met = value
  for (const name of path.split('.')) met = memberOf(met, name)
  return met
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}

/** Throws CloudFailure where there is no array. Nothing at all is an empty one: providers leave it out. */
export function arrayAt(value: unknown, path: string): readonly unknown[] {
  const met = at(value, path)
  if (Array.isArray(met)) return met
  if (path !== '' && (met === undefined || met === null) && typeof value === 'object') return []
  throw new CloudFailure({ code: 'unreadable', reason: `no array at “${path}”` })
}

/** Milliseconds since 1970, of ISO 8601 (UTC where it names no zone) or of seconds or milliseconds. */
export function timeOf(item: unknown, path: string | undefined): number | undefined {
  const met = path === undefined ? undefined : at(item, path)
  const ms = typeof met === 'number' ? epochMs(met) : isoMs(met)
  return ms === undefined || Number.isNaN(ms) ? undefined : ms
}

/** Seconds reach this number in the year 5138; milliseconds passed it in 1973. */
const SMALLEST_MS = 1e11

function epochMs(count: number): number {
  return count < SMALLEST_MS ? count * 1000 : count
}

function isoMs(met: unknown): number | undefined {
  if (typeof met !== 'string') return undefined
  if (/^\d{9,17}(?:\.\d+)?$/.test(met)) return epochMs(Number(met))
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(met) ? met : `${met}Z`)
}
