// One rule as SQL a person can read, for the console and for golden tests: a condition over `events` for each route.

import { literal } from '../../store/index.ts'
import { atomSql } from './atom.ts'
import type { Atom } from './atom.ts'
import { compileOnRoute } from './compile.ts'
import { writtenOut } from './expression.ts'
import { KIND_COLUMNS, routesOf } from './logsource.ts'
import type { Logsources, Route, When } from './logsource.ts'
import type { LoadedRule } from './rule.ts'

/** What the rule asks, one condition for each way its log source is met; '' when no log here answers it. */
export function ruleSql(rule: LoadedRule, logsources: Logsources): string {
  return routesOf(rule.logsource, logsources)
    .map((route) => `${routeSql(route)}\n  AND ${conditionSql(rule, route)}`)
    .join('\nOR ')
}

/** The rule's condition alone, each atom written out. */
export function conditionSql(rule: LoadedRule, route: Route): string {
  const atoms: Atom[] = []
  const expression = compileOnRoute(rule, route, (atom) => atoms.push(atom) - 1)
  return writtenOut(expression, (id) => {
    const atom = atoms[id]
    return atom === undefined ? '0' : atomSql(atom)
  })
}

/** Whether a row belongs to the route. */
export function routeSql({ when }: Route): string {
  const parts = when.flatMap(whenSql)
  return parts.length === 0 ? '1' : parts.join(' AND ')
}

function whenSql(when: When): readonly string[] {
  return KIND_COLUMNS.flatMap((column) => {
    const values = when[column]
    if (values === undefined) return []
    const text = `lowerUTF8(toString(${column}))`
    const exact = values.filter((value) => !value.endsWith('*'))
    const begins = values
      .filter((value) => value.endsWith('*'))
      .map((value) => `startsWith(${text}, ${literal(value.slice(0, -1))})`)
    const listed =
      exact.length === 0
        ? []
        : [
            exact.length === 1
              ? `${text} = ${literal(exact[0] ?? '')}`
              : `${text} IN (${exact.map(literal).join(', ')})`,
          ]
    const all = [...listed, ...begins]
    return [all.length === 1 ? (all[0] ?? '1') : `(${all.join(' OR ')})`]
  })
}
