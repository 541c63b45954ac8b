// SQL that a person typed in a hunt. The embedded engine has no users, so this is the wall: one SELECT over `events` and
// `findings`, calling functions from a list. The text is read whole and written anew; what is not understood is refused.

import { huntProblem, reading } from './problem.ts'
import type { HuntResult } from './problem.ts'
import { SqlCursor } from './sql-cursor.ts'
import type { SqlGrammar } from './sql-cursor.ts'
import { readExpression, readUnnamed } from './sql-expression.ts'
import { allowedFunction } from './sql-functions.ts'
import { readQuery } from './sql-select.ts'
import { HUNT_TABLES } from './sql-table.ts'
import { sqlTokens } from './sql-tokens.ts'

const MOST_CHARACTERS = 50_000
const GRAMMAR: SqlGrammar = {
  query: readQuery,
  expression: readExpression,
  unnamed: readUnnamed,
  tables: HUNT_TABLES,
  functionOf: allowedFunction,
}

/** What a text may read and call beyond what a hunt may. */
export type SqlReach = {
  readonly tables: readonly string[]
  readonly functions: readonly string[]
}
const NO_FURTHER: SqlReach = { tables: [], functions: [] }

/** The checked SELECT, written by us, or why it is refused and where. Never throws. */
export function guardSql(sql: string, further: SqlReach = NO_FURTHER): HuntResult<string> {
  if (sql.length > MOST_CHARACTERS) return { ok: false, problem: huntProblem('sql_too_large', {}) }
  return reading(() => {
    const cursor = new SqlCursor(sql, sqlTokens(sql), grammarOf(further))
    readQuery(cursor)
    if (!cursor.isAtEnd) cursor.refuse()
    return cursor.written
  })
}

function grammarOf({ tables, functions }: SqlReach): SqlGrammar {
  const more = new Set(functions)
  return {
    ...GRAMMAR,
    tables: new Set([...HUNT_TABLES, ...tables]),
    functionOf: (name) => (more.has(name) ? name : allowedFunction(name)),
  }
}
