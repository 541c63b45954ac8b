// What an address belongs to, asked like a field: `src_network_kind:hosting`. The ranges that fit are read once for a question, and
// each event's address is looked for among them by halves.

import { positionSql } from '../model/index.ts'
import { name, sql, trusted } from '../store/index.ts'
import type { Sql } from '../store/index.ts'
import { HuntTrouble, huntProblem, placeOf, shown } from './problem.ts'
import type { FieldNode } from './query-language.ts'
import { textCondition } from './text-condition.ts'

export type NetworkField = {
  /** Column of the address. */
  readonly address: string
  /** Column of the table of networks. */
  readonly column: 'asn' | 'organisation' | 'kind' | 'country'
}

const COLUMNS = { asn: 'asn', name: 'organisation', kind: 'kind', country: 'country' } as const
const PARTS = ['asn', 'name', 'kind', 'country'] as const

/** `src_network_asn`, `dst_network_kind`… */
export const NETWORK_FIELDS: ReadonlyMap<string, NetworkField> = new Map(
  (['src', 'dst'] as const).flatMap((side) =>
    PARTS.map((part) => [
      `${side}_network_${part}`,
      { address: `${side}_ip`, column: COLUMNS[part] },
    ]),
  ),
)

/** Throws HuntTrouble for a number that is none. */
export function networkCondition(field: NetworkField, node: FieldNode, query: string): Sql {
  const { text, like } = node.value
  const refuse = (kind: 'not_a_number' | 'not_comparable'): never => {
    const details = { field: node.field, met: shown(text) }
    throw new HuntTrouble({ ...huntProblem(kind, details), at: placeOf(query, node.at) })
  }
  if (node.comparison !== '=') return refuse('not_comparable')
  if (text === '' && like === undefined) return sql`NOT ${networkExists(field)}`
  if (field.column !== 'asn') return among(field, textCondition(name(field.column), text, like))
  const number = /^(?:AS)?(\d{1,10})$/iu.exec(text)?.[1]
  if (number === undefined || like !== undefined) return refuse('not_a_number')
  return among(field, sql`asn = ${Number(number)}`)
}

export function networkExists(field: NetworkField): Sql {
  return among(field, trusted(field.column === 'asn' ? 'asn != 0' : `${field.column} != ''`))
}

/** The row's address lies in a range that fits. A range from 0 to 0, where no address is, keeps the lists from being empty. */
function among({ address }: NetworkField, fits: Sql): Sql {
  const position = trusted(positionSql(address))
  const ranges = sql`(SELECT toUInt64(0) AS first, toUInt64(0) AS last UNION ALL SELECT first, last FROM networks WHERE ${fits})`
  const firsts = sql`(SELECT arraySort(groupArray(first)) FROM ${ranges})`
  const lasts = sql`(SELECT arrayMap(range -> range.2, arraySort(groupArray((first, last)))) FROM ${ranges})`
  return sql`(${position} > 0 AND ${position} <= transform(roundDown(${position}, ${firsts}), ${firsts}, ${lasts}, toUInt64(0)))`
}
