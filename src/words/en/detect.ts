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
}

function metBy({ field, value, pattern }: Reason): string {
  const shown = excerpt(value, pattern)
  return field === 'keywords' ? `the line says “${shown}”` : `${field} is “${shown}”`
}
