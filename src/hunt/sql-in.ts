// The right side of IN. The engine takes a name there, also in parentheses, for a table: so a name must be one of ours.

import type { SqlCursor } from './sql-cursor.ts'
import { writeTable } from './sql-table.ts'

export function readIn(cursor: SqlCursor): void {
  if (cursor.isSubqueryNext) return cursor.subquery()
  if (cursor.isSymbol('[')) return cursor.operand()
  if (!cursor.isSymbol('(')) return writeTable(cursor, cursor.takeName())
  const mark = cursor.mark
  cursor.inParentheses(() => cursor.list(() => cursor.operand()))
  // `((name))` and `(a.b)` mean a table to the engine; a list of values holds more than names and parentheses.
  const isName = cursor.writtenSince(mark).every((piece) => /^(?:[().]|`.*`)$/su.test(piece))
  return isName ? cursor.fail('sql_unexpected', { met: 'IN (name)' }) : undefined
}
