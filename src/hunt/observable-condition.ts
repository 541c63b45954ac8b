// `any:value`: an address, name, hash or account wherever a parser saw it.

import { isIP } from 'node:net'
import { EVENT_COLUMNS } from '../model/index.ts'
import { join, name, sql, typed } from '../store/index.ts'
import type { Sql } from '../store/index.ts'
import { addressRange } from './address-range.ts'
import type { FieldNode } from './column-condition.ts'
import { HuntTrouble, huntProblem, placeOf } from './problem.ts'

const ADDRESS_COLUMNS = EVENT_COLUMNS.filter(({ type }) => type === 'IPv6')

/** One value is found by its index; a network is looked for in every column of addresses; a pattern reads every list. */
export function observableCondition(
  { field, comparison, value, at }: FieldNode,
  query: string,
): Sql {
  const { text, like } = value
  if (comparison !== '=')
    throw new HuntTrouble(huntProblem('not_comparable', { field }, placeOf(query, at)))
  if (like !== undefined) return sql`arrayExists(item -> item LIKE lowerUTF8(${like}), observables)`
  const range = isIP(text) === 0 && /[/.]/u.test(text) ? addressRange(text) : undefined
  if (range === undefined) return sql`has(observables, lowerUTF8(${text}))`
  const [low, high] = [typed('IPv6', range.low), typed('IPv6', range.high)]
  const parts = ADDRESS_COLUMNS.map(
    (column) => sql`(${name(column.name)} BETWEEN ${low} AND ${high})`,
  )
  return sql`(${join(parts, ' OR ')})`
}
