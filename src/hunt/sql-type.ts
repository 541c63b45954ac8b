// Types that a value may be cast to. States of aggregates are none of them: the engine reads such a state without distrust.

import { SqlCursor } from './sql-cursor.ts'
import { sqlString } from './sql-literal.ts'
import { sqlTokens } from './sql-tokens.ts'

const TYPES: ReadonlyMap<string, string> = new Map(
  `Array Bool Date Date32 DateTime DateTime64 Decimal Decimal32 Decimal64 Decimal128 Enum8 Enum16 FixedString Float32 Float64
Int8 Int16 Int32 Int64 Int128 Int256 IPv4 IPv6 LowCardinality Map Nullable String Tuple UInt8 UInt16 UInt32 UInt64 UInt128 UInt256 UUID`
    .split(/\s+/u)
    .map((name) => [name.toLowerCase(), name]),
)

/** `CAST(x AS Type)` and `CAST(x, 'Type')`. */
export function readCast(cursor: SqlCursor): void {
  cursor.expectWords('CAST')
  cursor.inParentheses(() => {
    cursor.operand()
    if (cursor.acceptWords('AS')) return readType(cursor)
    cursor.expectSymbol(',')
    const token = cursor.take()
    if (token.kind !== 'string') return cursor.fail('sql_unexpected', { met: token.text }, token)
    return cursor.write(sqlString(typeText(cursor, token.text)))
  })
}

/** A type inside a string is checked as one outside is. */
function typeText(cursor: SqlCursor, text: string): string {
  const inner = new SqlCursor(text, sqlTokens(text), cursor.grammar)
  readType(inner)
  if (!inner.isAtEnd) inner.refuse()
  return inner.written
}

/** `Array(Nullable(DateTime64(3, 'UTC')))`, checked and written. */
export function readType(cursor: SqlCursor): void {
  cursor.deeper(() => {
    const token = cursor.peek()
    const name = token?.kind === 'word' ? TYPES.get(token.text.toLowerCase()) : undefined
    if (token === undefined || name === undefined)
      return cursor.fail('sql_type', { name: token?.text ?? '' })
    cursor.take()
    cursor.write(name)
    if (cursor.acceptSymbol('(')) {
      cursor.list(() => typeArgument(cursor, name))
      cursor.expectSymbol(')')
    }
    return undefined
  })
}

function typeArgument(cursor: SqlCursor, type: string): void {
  const token = cursor.peek()
  if (token?.kind === 'number' && /^\d+$/u.test(token.text)) {
    cursor.take()
    cursor.write(token.text)
  } else if (token?.kind === 'string') {
    cursor.take()
    cursor.write(sqlString(token.text))
    if (type.startsWith('Enum') && cursor.acceptSymbol('=')) enumNumber(cursor)
  } else {
    // A named element of a tuple.
    if (type === 'Tuple' && (cursor.peek(1)?.kind === 'word' || cursor.peek(1)?.kind === 'name')) {
      cursor.writeName(cursor.takeName())
    }
    readType(cursor)
  }
}

function enumNumber(cursor: SqlCursor): void {
  cursor.acceptSymbol('-')
  const token = cursor.take()
  if (token.kind !== 'number') cursor.fail('sql_unexpected', { met: token.text }, token)
  cursor.write(token.text)
}
