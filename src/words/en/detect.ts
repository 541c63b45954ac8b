// What an alert says of itself.

import type { EntityKind, Reason } from '../../model/index.ts'
import { excerpt } from '../excerpt.ts'

const KINDS: Readonly<Record<EntityKind, string>> = {
  account: 'Account',
  address: 'Address',
  device: 'Device',
  source: 'Source',
}

export const detect = {
  entityKind: (kind: EntityKind): string => KINDS[kind],
  /** One sentence: on what, what was met, and the value that says so. */
  why: (kind: EntityKind, entity: string, title: string, reasons: readonly Reason[]): string => {
    const [first, ...others] = reasons
    const met = first === undefined ? '' : `: ${metBy(first)}`
    const more =
      others.length === 0
        ? ''
        : `, and ${others.length === 1 ? 'one more sign' : `${others.length} more signs`}`
    return `${KINDS[kind]} ${entity}: ${title}${met}${more}.`
  },
  unknownEntity: 'not named in the line',
  rareHour: {
    title: 'An hour rarer than usual',
    why: ({ kind, entity, titles, beside, of }: RareHour): string => {
      const met = `${KINDS[kind]} ${entity}: ${together(titles)}`
      const near = beside.length === 0 ? '' : `, and ${together(beside)} within three hours of it`
      return of === null
        ? `${met}: dangerous by itself, told whatever the budget is.`
        : `${met}, within one hour${near}; at most one hour in ${of.toLocaleString('en-CA')} weighs as much.`
    },
  },
}

/** Why an hour is told. */
type RareHour = {
  readonly kind: EntityKind
  readonly entity: string
  readonly titles: readonly string[]
  /** What was found on the same entity close to it. */
  readonly beside: readonly string[]
  /** It is as rare as one hour in so many; null for what is told however rare it is. */
  readonly of: number | null
}

const SHOWN_TITLES = 3

function together(titles: readonly string[]): string {
  const shown = titles.slice(0, SHOWN_TITLES).map((title) => `“${title}”`)
  const left = titles.length - shown.length
  return left === 0 ? shown.join(', ') : `${shown.join(', ')} and ${left} more`
}

function metBy(reason: Reason): string {
  const { field, value, pattern, timespan } = reason
  if (timespan !== undefined) return metWithin(reason, timespan)
  const shown = excerpt(value, pattern)
  return field === 'keywords' ? `the line says “${shown}”` : `${field} is “${shown}”`
}

const UNITS: Readonly<Record<string, string>> = {
  s: 's',
  m: 'min',
  h: 'h',
  d: 'd',
  w: 'weeks',
  M: 'months',
  y: 'years',
}

/** Of a correlation: `selection` is its type. */
function metWithin({ selection, field, value, pattern }: Reason, timespan: string): string {
  const within = `within ${timespan.slice(0, -1)} ${UNITS[timespan.slice(-1)] ?? ''}`
  const wanted = pattern === '' ? '' : ` (${pattern})`
  switch (selection) {
    case 'event_count':
      return `${value} events ${within}${wanted}`
    case 'value_count':
      return `${value} different values of ${field} ${within}${wanted}`
    case 'value_sum':
      return `${field} adds up to ${value} ${within}${wanted}`
    case 'value_avg':
      return `${field} is ${value} on average ${within}${wanted}`
    case 'value_percentile':
    case 'value_median':
      return `${field} comes to ${value} ${within}${wanted}`
    case 'temporal_ordered':
      return `${value} rules met in their order ${within}${wanted}`
    default:
      return `${value} rules met ${within}${wanted}`
  }
}
