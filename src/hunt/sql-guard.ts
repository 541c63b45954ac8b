// SQL that a person typed in a hunt. The embedded engine has no users, so this is the wall: one SELECT over `events` and
// `findings`, calling functions from a list. The text is read whole and written anew; what is not understood is refused.

import { huntProblem, reading } from './problem.ts'
import type { HuntResult } from './problem.ts'
import { SqlCursor } from './sql-cursor.ts'
import { readExpression, readUnnamed } from './sql-expression.ts'
import { readQuery } from './sql-select.ts'
import { sqlTokens } from './sql-tokens.ts'

const MOST_CHARACTERS = 50_000
const GRAMMAR = { query: readQuery, expression: readExpression, unnamed: readUnnamed }

/** The checked SELECT, written by us, or why it is refused and where. Never throws. */
export function guardSql(sql: string): HuntResult<string> {
  if (sql.length > MOST_CHARACTERS) return { ok: false, problem: huntProblem('sql_too_large', {}) }
  return reading(() => {
    const cursor = new SqlCursor(sql, sqlTokens(sql), GRAMMAR)
    readQuery(cursor)
    if (!cursor.isAtEnd) cursor.refuse()
    return cursor.written
  })
}
