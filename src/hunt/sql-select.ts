// A query: SELECTs with their clauses, WITH before them, UNION between them.

import { readOrder, readWindow } from './sql-call.ts'
import type { SqlCursor } from './sql-cursor.ts'
import { isReserved } from './sql-keywords.ts'
import { readTable } from './sql-table.ts'

const SET_OPERATORS = [
  ['UNION', 'ALL'],
  ['UNION', 'DISTINCT'],
  ['INTERSECT', 'DISTINCT'],
  ['INTERSECT'],
  ['EXCEPT', 'DISTINCT'],
  ['EXCEPT'],
]

export function readQuery(cursor: SqlCursor): void {
  cursor.inScope(() => {
    if (cursor.acceptWords('WITH')) cursor.list(() => readNamed(cursor))
    readTerm(cursor)
    while (SET_OPERATORS.some((words) => cursor.acceptWords(...words))) readTerm(cursor)
  })
}

/** `name AS (SELECT …)`, or a value with a name. */
function readNamed(cursor: SqlCursor): void {
  if (!cursor.isWord('AS', 1) || !cursor.isSymbol('(', 2)) return cursor.expression()
  const name = cursor.takeName()
  return cursor.defineQuery(name, (written) => {
    cursor.writeName(written)
    cursor.expectWords('AS')
    cursor.subquery()
  })
}

function readTerm(cursor: SqlCursor): void {
  if (cursor.isSubqueryNext) return cursor.subquery()
  const token = cursor.peek()
  if (token !== undefined && !cursor.isWord('SELECT'))
    cursor.fail('sql_only_select', { met: token.text.slice(0, 40) })
  cursor.expectWords('SELECT')
  return readSelect(cursor)
}

function readSelect(cursor: SqlCursor): void {
  cursor.acceptWords('DISTINCT')
  cursor.list(() => readItem(cursor))
  if (cursor.acceptWords('FROM')) readTables(cursor)
  if (cursor.acceptWords('PREWHERE')) cursor.expression()
  if (cursor.acceptWords('WHERE')) cursor.expression()
  if (cursor.acceptWords('GROUP', 'BY') && !cursor.acceptWords('ALL'))
    cursor.list(() => cursor.expression())
  if (cursor.acceptWords('HAVING')) cursor.expression()
  if (cursor.acceptWords('WINDOW')) cursor.list(() => readNamedWindow(cursor))
  if (cursor.acceptWords('QUALIFY')) cursor.expression()
  if (cursor.acceptWords('ORDER', 'BY') && !cursor.acceptWords('ALL'))
    cursor.list(() => readOrder(cursor))
  while (readLimit(cursor));
}

/** An item of the list, with its name after AS or without AS. */
function readItem(cursor: SqlCursor): void {
  cursor.expression()
  const token = cursor.peek()
  if (token?.kind !== 'name' && (token?.kind !== 'word' || isReserved(token.text))) return
  cursor.write('AS')
  cursor.writeName(cursor.takeName())
}

function readTables(cursor: SqlCursor): void {
  readTable(cursor)
  for (;;) {
    if (cursor.acceptSymbol(',')) readTable(cursor)
    else if (cursor.acceptWords('ARRAY', 'JOIN') || cursor.acceptWords('LEFT', 'ARRAY', 'JOIN')) {
      cursor.list(() => cursor.expression())
    } else if (!readJoin(cursor)) return
  }
}

const JOIN_WORDS = [
  'GLOBAL',
  'ANY',
  'ALL',
  'ASOF',
  'SEMI',
  'ANTI',
  'INNER',
  'LEFT',
  'RIGHT',
  'FULL',
  'CROSS',
  'OUTER',
]

function readJoin(cursor: SqlCursor): boolean {
  let ahead = 0
  while (JOIN_WORDS.some((word) => cursor.isWord(word, ahead))) ahead++
  if (!cursor.isWord('JOIN', ahead)) return false
  while (JOIN_WORDS.some((word) => cursor.acceptWords(word)));
  cursor.expectWords('JOIN')
  readTable(cursor)
  if (cursor.acceptWords('ON')) cursor.expression()
  else if (cursor.acceptWords('USING')) cursor.expression()
  return true
}

function readNamedWindow(cursor: SqlCursor): void {
  cursor.writeName(cursor.takeName())
  cursor.expectWords('AS')
  readWindow(cursor)
}

/** `LIMIT 10`, `LIMIT 5, 10`, `LIMIT 1 BY a, b`, `OFFSET 20` */
function readLimit(cursor: SqlCursor): boolean {
  if (cursor.acceptWords('OFFSET')) {
    wholeNumber(cursor)
    return true
  }
  if (!cursor.acceptWords('LIMIT')) return false
  wholeNumber(cursor)
  if (cursor.acceptSymbol(',') || cursor.acceptWords('OFFSET')) wholeNumber(cursor)
  if (cursor.acceptWords('BY')) cursor.list(() => cursor.expression())
  return true
}

function wholeNumber(cursor: SqlCursor): void {
  const token = cursor.take()
  if (token.kind !== 'number' || !/^\d{1,15}$/u.test(token.text)) {
    cursor.fail('sql_unexpected', { met: token.text }, token)
  }
  cursor.write(token.text)
}
