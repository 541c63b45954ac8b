// Versions of an object (STIX 2.1 section 3.6): what may follow what, and what is an alarm.

import { canonicalJson } from '../../core/index.ts'
import { comparableTime } from './formats.ts'
import type { JsonObject } from './problem.ts'

export type Arrival =
  | 'new'
  /** The same, word for word. */
  | 'known'
  /** Older than what is here; kept as history. */
  | 'older'
  /** Nothing follows a revocation. */
  | 'after revocation'
  /** Only who made an object may change it. */
  | 'other creator'
  /** One state with two texts: somebody forged one of them. */
  | 'two texts'

/** What an arriving object is beside the versions that are here. An object of section 6 has no versions: any text is that of its id. */
export function arrivalOf(object: JsonObject, here: readonly JsonObject[]): Arrival {
  const same = here.find((one) => versionOf(one) === versionOf(object))
  if (same !== undefined)
    return canonicalJson(same) === canonicalJson(object) ? 'known' : 'two texts'
  const newest = newestOf(here)
  if (newest === undefined) return 'new'
  if (creatorOf(newest) !== creatorOf(object)) return 'other creator'
  if (comparableTime(versionOf(object)) < comparableTime(versionOf(newest))) return 'older'
  return newest['revoked'] === true ? 'after revocation' : 'new'
}

/** `modified`, else `created`, else '' for what has neither. */
export function versionOf({ modified, created }: JsonObject): string {
  if (typeof modified === 'string') return modified
  return typeof created === 'string' ? created : ''
}

export function newestOf(versions: readonly JsonObject[]): JsonObject | undefined {
  return versions.toSorted((one, other) =>
    comparableTime(versionOf(one)) < comparableTime(versionOf(other)) ? 1 : -1,
  )[0]
}

function creatorOf(object: JsonObject): unknown {
  return object['created_by_ref'] ?? ''
}

/** The next version of one's own object. `nowMs` is moved where the clock stands behind what it follows. */
export function nextVersion(object: JsonObject, change: JsonObject, nowMs: number): JsonObject {
  const before = Date.parse(versionOf(object))
  const modified = new Date(Math.max(nowMs, before + 1)).toISOString()
  return { ...object, ...change, modified }
}

export function revoke(object: JsonObject, nowMs: number): JsonObject {
  return nextVersion(object, { revoked: true }, nowMs)
}
