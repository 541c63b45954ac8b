// A field of a rule as SQL over rows, whichever log the row came from.

import { EVENT_COLUMNS, columnText } from '../../model/index.ts'
import { routesOf } from './logsource.ts'
import type { Logsources, Route } from './logsource.ts'
import { resolveField } from './resolve-field.ts'
import { routeSql } from './rule-sql.ts'
import type { LoadedRule } from './rule.ts'

const COLUMNS = new Map(EVENT_COLUMNS.map((column) => [column.name, columnText(column)]))

/**
 * SQL of type String, '' where a row does not have the field. Where the product has none of that name, the event's column
 * of that name is read: rules of several products are brought together by it without aliases.
 */
export function fieldSql(field: string, rule: LoadedRule, logsources: Logsources): string {
  const ways = routesOf(rule.logsource, logsources).map((route) => ({
    value: valueOf(field, route),
    isTaken: routeSql(route),
  }))
  const values = new Set(ways.map(({ value }) => value))
  const [only] = values
  if (only !== undefined && values.size === 1) return `toString(${only})`
  const choices = ways.flatMap(({ value, isTaken }) => [
    `(${isTaken}) AND toString(${value}) != ''`,
    `toString(${value})`,
  ])
  return choices.length === 0 ? "''" : `multiIf(${choices.join(', ')}, '')`
}

function valueOf(field: string, route: Route): string {
  const { value } = resolveField(field, route)
  const column = route.fields.has(field) ? undefined : COLUMNS.get(field)
  return column === undefined ? value : `if(${value} != '', ${value}, toString(${column}))`
}
