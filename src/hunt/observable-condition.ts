// An address, name, hash or account wherever a parser saw it. An index over numbers of all of them leaves few blocks to
// read; there the columns themselves are compared, which takes a tenth of making the list.

import { isIP } from 'node:net'
import {
  EVENT_COLUMNS,
  HASH_WORDS,
  STORED_COLUMNS,
  observableKeys,
  observedOf,
} from '../model/index.ts'
import { join, name, sql, trusted, typed } from '../store/index.ts'
import type { Sql } from '../store/index.ts'
import { addressRange } from './address-range.ts'
import { HuntTrouble, huntProblem, placeOf } from './problem.ts'
import type { FieldNode } from './query-language.ts'
import { textCondition } from './text-condition.ts'

const ADDRESS_COLUMNS = EVENT_COLUMNS.filter(({ type }) => type === 'IPv6')
const OBSERVED = observedOf(STORED_COLUMNS)
const KEYS = trusted(observableKeys(STORED_COLUMNS))
const HASH = /^[0-9a-f]{32,128}$/u

/** `any:value`: one value is found by its index; a network is looked for in every column of addresses; a pattern reads every list. */
export function observableCondition(
  { field, comparison, value, at }: FieldNode,
  query: string,
): Sql {
  const { text, like } = value
  if (comparison !== '=')
    throw new HuntTrouble(huntProblem('not_comparable', { field }, placeOf(query, at)))
  if (like !== undefined) return sql`arrayExists(item -> item LIKE lowerUTF8(${like}), observables)`
  const range = isIP(text) === 0 && /[/.]/u.test(text) ? addressRange(text) : undefined
  if (range === undefined) return observes(text)
  const [low, high] = [typed('IPv6', range.low), typed('IPv6', range.high)]
  const parts = ADDRESS_COLUMNS.map(
    (column) => sql`(${name(column.name)} BETWEEN ${low} AND ${high})`,
  )
  return sql`(${join(parts, ' OR ')})`
}

/**
 * A condition over `events`: the row has this observable, in whatever case it is asked for. The comparisons stand inside
 * one function, because the engine's choice of blocks gives up on conditions of more than 32 parts.
 */
export function observes(value: string): Sql {
  const text = value.toLowerCase()
  const isAddress = isIP(text) !== 0
  const parts = [
    ...OBSERVED.texts.map((column) => textCondition(name(column.name), text, undefined)),
    ...(isAddress ? addressParts(text) : []),
    sql`has(other_observables, ${text})`,
    sql`arrayExists(item -> ${textCondition(trusted('item'), text, undefined)}, dns_answers)`,
  ]
  const keys = [sql`cityHash64(${text})`]
  if (isAddress)
    keys.push(sql`cityHash64(${typed('IPv6', text)})`, sql`cityHash64(${shortest(text)})`)
  if (HASH.test(text)) parts.push(sql`has(${trusted(HASH_WORDS)}, ${text})`)
  return sql`(${mayHold(keys)} AND if(${join(parts, ' OR ')}, 1, 0))`
}

function addressParts(text: string): readonly Sql[] {
  const address = typed('IPv6', text)
  const own = OBSERVED.addresses.map((column) => sql`${name(column.name)} = ${address}`)
  return isIP(text) === 6 ? [...own, sql`has(other_observables, ${shortest(text)})`] : own
}

/** An address of version 6 in the one form that lists keep, whichever it was asked for in. */
function shortest(text: string): Sql {
  return isIP(text) === 6 ? sql`toString(${typed('IPv6', text)})` : sql`${text}`
}

/** The same of one column that is observed, which then needs no search of its own through every block. */
export function mayHoldText(text: string): Sql {
  return mayHold([sql`cityHash64(${text.toLowerCase()})`])
}

export function mayHoldAddress(address: string): Sql {
  return mayHold([sql`cityHash64(${typed('IPv6', address)})`])
}

/** True of every row, and tells the engine which blocks can hold one of the keys. */
function mayHold(keys: readonly Sql[]): Sql {
  return sql`indexHint(hasAny(${KEYS}, [${join(keys, ', ')}]))`
}
