// Conditions, with what is known without asking: never and always.

import { join, sql, trusted } from '../../store/index.ts'
import type { Sql } from '../../store/index.ts'

export type Condition = Sql | 'never' | 'always'

/** What of a pattern cannot be asked of events, by name, and why. */
export class Refused extends Error {
  readonly what: string
  constructor(what: string, why: string) {
    super(why)
    this.what = what
  }
}

export function allOf(parts: readonly Condition[]): Condition {
  if (parts.includes('never')) return 'never'
  return joined(parts, ' AND ', 'always')
}

export function anyOf(parts: readonly Condition[]): Condition {
  if (parts.includes('always')) return 'always'
  return joined(parts, ' OR ', 'never')
}

function joined(parts: readonly Condition[], word: string, ofNone: 'never' | 'always'): Condition {
  const open = parts.filter((part) => typeof part !== 'string')
  const [only] = open
  if (only === undefined) return ofNone
  return open.length === 1 ? only : sql`(${join(open, word)})`
}

export function not(condition: Condition): Condition {
  if (condition === 'never') return 'always'
  return condition === 'always' ? 'never' : sql`NOT (${condition})`
}

export function presentAnd(present: string, condition: Condition): Condition {
  return allOf([condition, condition === 'never' ? 'never' : trusted(present)])
}

/** As SQL that can stand in a WHERE. */
export function asked(condition: Condition): Sql {
  if (condition === 'never') return trusted('false')
  return condition === 'always' ? trusted('true') : condition
}
