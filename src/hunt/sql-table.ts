// What may stand where a table is expected: the event tables, a subquery, or a named subquery.

import { shown } from './problem.ts'
import type { SqlCursor } from './sql-cursor.ts'
import { isReserved } from './sql-keywords.ts'

/** The tables of a hunt. Names of tables are told apart by case. */
export const HUNT_TABLES: ReadonlySet<string> = new Set(['events', 'findings'])

export function readTable(cursor: SqlCursor): void {
  if (cursor.isSymbol('(')) {
    if (!cursor.isSubqueryNext) return cursor.refuse()
    cursor.subquery()
    return alias(cursor, undefined)
  }
  const token = cursor.peek()
  const name = cursor.takeName()
  if (cursor.isSymbol('(')) return cursor.fail('sql_table_function', { name: shown(name) }, token)
  if (cursor.isSymbol('.')) {
    const rest = cursor.peek(1)?.text ?? ''
    return cursor.fail('sql_table', { name: shown(`${name}.${rest}`) }, token)
  }
  writeTable(cursor, name)
  return alias(cursor, name)
}

/** Writes the table or named subquery that `name` means; refuses any other. */
export function writeTable(cursor: SqlCursor, name: string): void {
  const query = cursor.findQuery(name)
  if (query === undefined && !cursor.grammar.tables.has(name))
    cursor.fail('sql_table', { name: shown(name) })
  cursor.countReadings(query?.readings ?? 1)
  cursor.writeName(query?.written ?? name)
}

/** Every table is written with a name, so that `name.column` goes on meaning what it meant. */
function alias(cursor: SqlCursor, ownName: string | undefined): void {
  if (cursor.acceptWords('AS')) return cursor.writeName(cursor.takeName())
  const token = cursor.peek()
  const isNamed = token?.kind === 'name' || (token?.kind === 'word' && !isReserved(token.text))
  const name = isNamed ? cursor.takeName() : ownName
  if (name === undefined) return undefined
  cursor.write('AS')
  return cursor.writeName(name)
}
