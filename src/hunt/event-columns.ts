// Which columns a search shows, as SQL that gives text under safe names.

import { EVENT_COLUMNS } from '../model/index.ts'
import type { EventColumn, EventRow } from '../model/index.ts'
import { join, sql, trusted } from '../store/index.ts'
import type { Sql } from '../store/index.ts'
import { columnShown } from './column-shown.ts'
import { huntProblem, shown } from './problem.ts'
import type { HuntResult } from './problem.ts'

/** A column asked for: one of the table, or the vendor's own name of a field of the line. */
export type ShownColumn = { readonly name: string; readonly column: EventColumn | undefined }

/** Without these a row cannot be placed or opened. */
const ALWAYS = ['time', 'batch', 'line']
const BY_NAME: ReadonlyMap<string, EventColumn> = new Map(
  EVENT_COLUMNS.map((column) => [column.name, column]),
)
const LEAD = EVENT_COLUMNS.filter(({ use }) => use === 'lead').map(({ name }) => name)
const FIELD_NAME = /^[\p{L}\p{N}_@][\p{L}\p{N}_.@/ -]{0,99}$/u

/** Names asked for, or the ones people read first. */
export function shownColumns(
  asked: readonly string[] | undefined,
): HuntResult<readonly ShownColumn[]> {
  const names = [...new Set([...(asked ?? LEAD), ...ALWAYS])]
  const wrong = names.find((name) => !FIELD_NAME.test(name))
  if (wrong !== undefined)
    return { ok: false, problem: huntProblem('unknown_field', { name: shown(wrong) }) }
  return { ok: true, value: names.map((name) => ({ name, column: BY_NAME.get(name) })) }
}

export function isEventColumn(name: string): boolean {
  return BY_NAME.has(name)
}

export function eventColumn(name: string): EventColumn | undefined {
  return BY_NAME.get(name)
}

/** What the inner select must carry for `shownAs`: columns as they are stored, and `fields` where a vendor's name is asked. */
export function carried(columns: readonly ShownColumn[]): Sql {
  const names = columns.flatMap(({ column }) => (column === undefined ? [] : [column.name]))
  const vendor = columns.some(({ column }) => column === undefined) ? ['fields'] : []
  return trusted([...names, ...vendor].join(', '))
}

/** `c0, c1, …` in the order asked. */
export function shownAs(columns: readonly ShownColumn[]): Sql {
  const parts = columns.map(({ name, column }, at) => {
    const value = column === undefined ? sql`fields[${name}]` : trusted(columnShown(column))
    return sql`${value} AS ${trusted(`c${at}`)}`
  })
  return join(parts, ', ')
}

/** An answer of `shownAs` as rows people see: absent values are left out. */
export function readRow(
  columns: readonly ShownColumn[],
  row: Readonly<Record<string, unknown>>,
): EventRow {
  const read: Record<string, string> = {}
  columns.forEach(({ name }, at) => {
    const value = row[`c${at}`]
    if (typeof value === 'string' && value !== '') read[name] = value
  })
  return {
    ...read,
    line: read['line'] ?? '0',
    batch: read['batch'] ?? '',
    time: read['time'] ?? '',
  }
}
