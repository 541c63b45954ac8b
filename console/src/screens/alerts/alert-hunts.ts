// Hunts that start from an alert.

import type { Alert, EntityDetail } from '../../api-types.ts'
import { quoted } from '../../query-chips.ts'
import type { HuntSearchParams } from '../../search-params.ts'

const HOUR_MS = 3_600_000

/** The entity, from an hour before it was first seen to an hour after the last. */
export function entityHunt(
  { entityKind, firstSeen, lastSeen }: Alert,
  names: readonly string[],
): HuntSearchParams {
  return { q: entityQuery(entityKind, names), ...around(firstSeen, lastSeen) }
}

/** Of 30 days. */
export function eventsOf({ kind, name, alsoNamed, asOf }: EntityDetail): HuntSearchParams {
  const at = Date.parse(asOf)
  return { q: entityQuery(kind, [name, ...alsoNamed]), ...span(at - 30 * 24 * HOUR_MS, at) }
}

/** Everything, from all sources, in the hour around the last event. */
export function aroundHunt({ lastSeen }: Alert): HuntSearchParams {
  const half = HOUR_MS / 2
  const at = Date.parse(lastSeen)
  return span(at - half, at + half)
}

export function valueHunt(alert: Alert, value: string): HuntSearchParams {
  return { q: quoted(value), ...around(alert.firstSeen, alert.lastSeen) }
}

/** `observables` holds addresses, names and accounts in lower case and is indexed: the fastest way to all of a row's parts. */
function entityQuery(kind: Alert['entityKind'], names: readonly string[]): string {
  if (kind === 'device') return `device_name:${anyOf(names)}`
  if (kind === 'source') return `source:${anyOf(names)}`
  return `observables:${anyOf(names.map((name) => name.toLowerCase()))}`
}

/** `"ann"`, or `("ann" OR "ann@town.example")`. */
function anyOf(names: readonly string[]): string {
  const each = [...new Set(names)].map(quoted)
  return each.length === 1 ? each.join('') : `(${each.join(' OR ')})`
}

function around(first: string, last: string): HuntSearchParams {
  return span(Date.parse(first) - HOUR_MS, Date.parse(last) + HOUR_MS)
}

function span(from: number, to: number): HuntSearchParams {
  return { last: undefined, from: new Date(from).toISOString(), to: new Date(to).toISOString() }
}
