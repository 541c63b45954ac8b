// One operand: a value, a column, a call, a list, a subquery, CASE, CAST or INTERVAL.

import { readCall } from './sql-call.ts'
import type { SqlCursor } from './sql-cursor.ts'
import { sqlString } from './sql-literal.ts'
import { readCast } from './sql-type.ts'

const CONSTANTS = ['NULL', 'TRUE', 'FALSE', 'INF', 'NAN']
const UNITS = ['MILLISECOND', 'SECOND', 'MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR']

export function readOperand(cursor: SqlCursor): void {
  const token = cursor.peek()
  if (token === undefined) return cursor.refuse()
  if (token.kind === 'string') {
    cursor.take()
    return cursor.write(sqlString(token.text))
  }
  if (token.kind === 'number') {
    cursor.take()
    return cursor.write(token.text)
  }
  if (token.kind === 'symbol') return symbolOperand(cursor)
  if (token.kind === 'word' && wordOperand(cursor)) return undefined
  if (cursor.isSymbol('(', 1)) return readCall(cursor)
  return columnPath(cursor)
}

function symbolOperand(cursor: SqlCursor): void {
  if (cursor.isSubqueryNext) return cursor.subquery()
  if (cursor.isSymbol('('))
    return cursor.inParentheses(() => cursor.list(() => cursor.expression()))
  if (cursor.acceptSymbol('[')) {
    if (cursor.acceptSymbol(']')) return undefined
    cursor.list(() => cursor.expression())
    return cursor.expectSymbol(']')
  }
  if (!cursor.acceptSymbol('*')) return cursor.refuse()
  return starOptions(cursor)
}

/** `* EXCEPT (a, b)`; a bare EXCEPT would join two queries. */
function starOptions(cursor: SqlCursor): void {
  if (!cursor.isWord('EXCEPT') || !cursor.isSymbol('(', 1) || cursor.isWord('SELECT', 2)) return
  cursor.expectWords('EXCEPT')
  cursor.inParentheses(() => cursor.list(() => cursor.writeName(cursor.takeName())))
}

/** Words that begin an operand of their own; false when the word is a name. */
function wordOperand(cursor: SqlCursor): boolean {
  if (cursor.isWord('CAST') && cursor.isSymbol('(', 1)) {
    readCast(cursor)
    return true
  }
  if (cursor.acceptWords('CASE')) {
    readCase(cursor)
    return true
  }
  if (cursor.isWord('INTERVAL') && !cursor.isSymbol('(', 1)) {
    readInterval(cursor)
    return true
  }
  if (cursor.isWord('EXISTS') && cursor.isSymbol('(', 1)) {
    cursor.expectWords('EXISTS')
    cursor.subquery()
    return true
  }
  return !cursor.isSymbol('(', 1) && CONSTANTS.some((constant) => cursor.acceptWords(constant))
}

function readCase(cursor: SqlCursor): void {
  if (!cursor.isWord('WHEN')) cursor.expression()
  cursor.expectWords('WHEN')
  do {
    cursor.expression()
    cursor.expectWords('THEN')
    cursor.expression()
  } while (cursor.acceptWords('WHEN'))
  if (cursor.acceptWords('ELSE')) cursor.expression()
  cursor.expectWords('END')
}

/** `INTERVAL 2 HOUR` */
function readInterval(cursor: SqlCursor): void {
  cursor.expectWords('INTERVAL')
  const amount = cursor.take()
  if (amount.kind !== 'number') cursor.fail('sql_unexpected', { met: amount.text }, amount)
  cursor.write(amount.text)
  const unit = UNITS.find((name) => cursor.isWord(name) || cursor.isWord(`${name}S`))
  if (unit === undefined) cursor.refuse()
  cursor.take()
  cursor.write(unit)
}

/** A column; what follows a point is read as a postfix. `table.*` is the columns of one table. */
function columnPath(cursor: SqlCursor): void {
  cursor.writeName(cursor.takeName())
  if (cursor.isSymbol('.') && cursor.isSymbol('*', 1)) {
    cursor.acceptSymbol('.')
    cursor.acceptSymbol('*')
  }
}
