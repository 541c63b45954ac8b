// A field by the vendor's own name, such as `cfgpath:system.admin`. It is read again from the line, which is slow, so lines
// that cannot hold the value are passed over first.

import { sql, trusted } from '../store/index.ts'
import type { Sql } from '../store/index.ts'
import { HuntTrouble, huntProblem, placeOf } from './problem.ts'
import type { FieldNode } from './query-language.ts'
import { textCondition } from './text-condition.ts'

export function vendorCondition({ field, comparison, value, at }: FieldNode, query: string): Sql {
  const { text, like } = value
  const subject = sql`fields[${field}]`
  if (comparison === '=') {
    const range = /^(-?\d{1,18})\.\.(-?\d{1,18})$/u.exec(text)
    if (range !== null)
      return sql`(toInt64OrNull(${subject}) BETWEEN ${Number(range[1])} AND ${Number(range[2])})`
    if (text === '') return sql`${subject} = ''`
    return sql`(${lineMayHold(text, like)} AND ${textCondition(subject, text, like)})`
  }
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number)) {
    throw new HuntTrouble(huntProblem('not_comparable', { field }, placeOf(query, at)))
  }
  return sql`ifNull(toFloat64OrNull(${subject}) ${trusted(comparison)} ${number}, 0)`
}

/**
 * The longest run of plain letters and digits stands in the line as it is: formats escape and quote other characters, never
 * these (JSON's \\u0041 for a plain letter is legal, but no logger writes it).
 */
function lineMayHold(text: string, like: string | undefined): Sql {
  const runs =
    (like === undefined ? text : text.replaceAll(/[*?]/gu, ' ')).match(/[A-Za-z0-9]+/gu) ?? []
  const longest = runs.toSorted((a, b) => b.length - a.length)[0] ?? ''
  return longest.length < 3 ? trusted('1') : sql`positionCaseInsensitive(raw, ${longest}) > 0`
}
