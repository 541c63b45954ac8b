// A condition on text: exact but for case, or a pattern.

import { sql } from '../store/index.ts'
import type { Sql } from '../store/index.ts'

/**
 * Exact but for case. A value without letters is compared as it stands, so that the table's own order and indexes answer.
 */
export function textCondition(subject: Sql, text: string, like: string | undefined): Sql {
  if (like !== undefined) return sql`${subject} ILIKE ${like}`
  if (text.toLowerCase() === text.toUpperCase()) return sql`${subject} = ${text}`
  return /^\p{ASCII}*$/u.test(text)
    ? sql`lower(${subject}) = ${text.toLowerCase()}`
    : sql`lowerUTF8(${subject}) = lowerUTF8(${text})`
}
