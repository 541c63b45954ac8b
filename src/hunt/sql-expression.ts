// Expressions of a SELECT. Precedence does not matter here: what matters is that every token has a known part to play.

import type { SqlCursor } from './sql-cursor.ts'
import { readIn } from './sql-in.ts'
import { readOperand } from './sql-operand.ts'
import { readType } from './sql-type.ts'

/** `a + f(b) AS c`: operands with what joins them, and a name given in passing. */
export function readExpression(cursor: SqlCursor): void {
  readUnnamed(cursor)
  if (cursor.acceptWords('AS')) cursor.writeName(cursor.takeName())
}

/** An expression before an AS that means something else. */
export function readUnnamed(cursor: SqlCursor): void {
  cursor.deeper(() => {
    operandWithPrefix(cursor)
    while (joined(cursor));
  })
}

function operandWithPrefix(cursor: SqlCursor): void {
  while (cursor.acceptWords('NOT') || cursor.acceptSymbol('-') || cursor.acceptSymbol('+'));
  readOperand(cursor)
  while (postfix(cursor));
}

const SYMBOLS = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '=',
  '==',
  '!=',
  '<>',
  '<=>',
  '<',
  '>',
  '<=',
  '>=',
  '||',
  '->',
]
const WORDS = [
  ['AND'],
  ['OR'],
  ['XOR'],
  ['DIV'],
  ['MOD'],
  ['REGEXP'],
  ['LIKE'],
  ['ILIKE'],
  ['BETWEEN'],
  ['NOT', 'LIKE'],
  ['NOT', 'ILIKE'],
  ['NOT', 'BETWEEN'],
  ['NOT', 'REGEXP'],
  ['IS', 'DISTINCT', 'FROM'],
  ['IS', 'NOT', 'DISTINCT', 'FROM'],
]
const IN_FORMS = [['IN'], ['NOT', 'IN'], ['GLOBAL', 'IN'], ['GLOBAL', 'NOT', 'IN']]

/** One operator and its right side; false when the expression ends here. */
function joined(cursor: SqlCursor): boolean {
  if (IN_FORMS.some((words) => cursor.acceptWords(...words))) {
    readIn(cursor)
    return true
  }
  const isOperator =
    SYMBOLS.some((symbol) => cursor.acceptSymbol(symbol)) ||
    WORDS.some((words) => cursor.acceptWords(...words))
  if (isOperator) operandWithPrefix(cursor)
  return isOperator
}

/** `[1]`, `.name`, `.1`, `::Type`, `IS NULL` */
function postfix(cursor: SqlCursor): boolean {
  if (cursor.acceptWords('IS', 'NULL') || cursor.acceptWords('IS', 'NOT', 'NULL')) return true
  if (cursor.acceptSymbol('[')) {
    cursor.expression()
    cursor.expectSymbol(']')
    return true
  }
  if (cursor.acceptSymbol('::')) {
    readType(cursor)
    return true
  }
  if (!cursor.acceptSymbol('.')) return false
  const token = cursor.peek()
  if (token?.kind === 'number' && /^\d{1,4}$/u.test(token.text)) {
    cursor.take()
    cursor.write(token.text)
  } else cursor.writeName(cursor.takeName())
  return true
}
