// A function call: its name is on the list, whatever stands around it is read.

import { shown } from './problem.ts'
import type { SqlCursor } from './sql-cursor.ts'

/** `name([DISTINCT] a, b)`, with parameters `name(p)(a)`, FILTER, OVER, and how NULL is taken. */
export function readCall(cursor: SqlCursor): void {
  const token = cursor.take()
  const name = cursor.grammar.functionOf(token.text)
  if (name === undefined) return cursor.fail('sql_function', { name: shown(token.text) }, token)
  cursor.write(name)
  callArguments(cursor)
  if (cursor.isSymbol('(')) callArguments(cursor)
  if (cursor.acceptWords('FILTER')) {
    cursor.inParentheses(() => {
      cursor.expectWords('WHERE')
      cursor.expression()
    })
  }
  if (!cursor.acceptWords('IGNORE', 'NULLS')) cursor.acceptWords('RESPECT', 'NULLS')
  if (cursor.acceptWords('OVER')) readWindow(cursor)
  return undefined
}

function callArguments(cursor: SqlCursor): void {
  cursor.inParentheses(() => {
    if (cursor.isSymbol(')')) return
    cursor.acceptWords('DISTINCT')
    cursor.list(() => cursor.expression())
  })
}

/** A window by name, or written out. */
export function readWindow(cursor: SqlCursor): void {
  if (!cursor.isSymbol('(')) return cursor.writeName(cursor.takeName())
  return cursor.inParentheses(() => {
    if (cursor.acceptWords('PARTITION', 'BY')) cursor.list(() => cursor.expression())
    if (cursor.acceptWords('ORDER', 'BY')) cursor.list(() => readOrder(cursor))
    if (cursor.acceptWords('ROWS') || cursor.acceptWords('RANGE')) readFrame(cursor)
  })
}

export function readOrder(cursor: SqlCursor): void {
  cursor.expression()
  if (!cursor.acceptWords('ASC')) cursor.acceptWords('DESC')
  if (!cursor.acceptWords('NULLS', 'FIRST')) cursor.acceptWords('NULLS', 'LAST')
}

function readFrame(cursor: SqlCursor): void {
  if (!cursor.acceptWords('BETWEEN')) return frameEnd(cursor)
  frameEnd(cursor)
  cursor.expectWords('AND')
  return frameEnd(cursor)
}

function frameEnd(cursor: SqlCursor): void {
  if (cursor.acceptWords('CURRENT', 'ROW')) return
  if (!cursor.acceptWords('UNBOUNDED')) {
    const token = cursor.take()
    if (token.kind !== 'number') cursor.fail('sql_unexpected', { met: token.text }, token)
    cursor.write(token.text)
  }
  if (!cursor.acceptWords('PRECEDING')) cursor.expectWords('FOLLOWING')
}
