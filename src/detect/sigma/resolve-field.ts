// From a Sigma field name to SQL over the event's columns: its text, and whether it is there at all.

import { EVENT_COLUMNS, columnText } from '../../model/index.ts'
import { literal } from '../../store/index.ts'
import { jsonValues, nestedTexts } from './json-values.ts'
import type { FieldPlace, KindColumn, Route } from './logsource.ts'
import { KIND_COLUMNS } from './logsource.ts'

export type Source = {
  /** Same key, same SQL. */
  readonly key: string
  /** SQL of type String, '' where absent. */
  readonly value: string
  /** SQL that is true when the event has the field, even if empty. */
  readonly present: string
  /** SQL of type Array(String) when the value may hold several: any of them matches. */
  readonly values?: string
  /** The field's name, where the values stand in JSON text. */
  readonly json?: string
  /** The source is one of the columns a batch is sorted by before anything is scanned. */
  readonly kindColumn?: KindColumn
}

const COLUMN_TEXTS = new Map(EVENT_COLUMNS.map((column) => [column.name, columnText(column)]))

/** The place of a field on a route: as mapped, else the vendor's field of that name. */
export function resolveField(field: string, route: Route): Source {
  if (field === '') return keywordSource(route)
  const place: FieldPlace = route.fields.get(field) ?? { field }
  if (place.column !== undefined) return columnSource(place.column, place)
  const name = place.field ?? field
  return route.lane.json ? jsonSource(name) : fieldSource(name)
}

function keywordSource({ lane }: Route): Source {
  const value =
    lane.keywords === 'raw'
      ? 'raw'
      : String.raw`concat(raw, '\n', arrayStringConcat(mapValues(fields), '\n'))`
  return { key: `keywords:${lane.keywords}`, value, present: 'notEmpty(raw)' }
}

function columnSource(column: string, { field, part }: FieldPlace): Source {
  const value = partOf(COLUMN_TEXTS.get(column) ?? column, part)
  const kind = KIND_COLUMNS.find((name) => name === column)
  return {
    key: `column:${column}:${part ?? ''}:${field ?? ''}`,
    value,
    present: field === undefined ? `notEmpty(${value})` : `mapContains(fields, ${literal(field)})`,
    ...(kind === undefined ? {} : { kindColumn: kind }),
  }
}

function partOf(value: string, part: FieldPlace['part']): string {
  if (part === undefined) return value
  const path = `cutFragment(cutQueryString(${value}))`
  return part === 'path' ? path : `extract(${path}, '[.]([A-Za-z0-9]{1,16})$')`
}

function fieldSource(name: string): Source {
  const key = literal(name)
  return { key: `field:${name}`, value: `fields[${key}]`, present: `mapContains(fields, ${key})` }
}

/** The literal name first, then the path into JSON text (Sigma leaves arrays unwritten; any element matching is universal). */
function jsonSource(name: string): Source {
  const key = literal(name)
  const whole = `fields[${key}]`
  const nested = nestedTexts(name)
  const present = `mapContains(fields, ${key})`
  const values = jsonValues(`if(${present}, [${whole}], ${nested ?? '[]'})`)
  const common = { key: `json:${name}`, values, json: name }
  if (nested === undefined) return { ...common, value: whole, present }
  return {
    ...common,
    value: `if(${present}, ${whole}, arrayStringConcat(${jsonValues(nested)}, ', '))`,
    present: `(${present} OR notEmpty(${nested}))`,
  }
}
