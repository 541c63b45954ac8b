// A condition on one typed column: text, number, address, time, list.

import type { EventColumn } from '../model/index.ts'
import { name, sql, trusted, typed } from '../store/index.ts'
import type { Sql, Typed } from '../store/index.ts'
import { addressRange } from './address-range.ts'
import { columnShown } from './column-shown.ts'
import { mayHoldAddress, mayHoldText, observes } from './observable-condition.ts'
import { HuntTrouble, huntProblem, placeOf, shown } from './problem.ts'
import type { HuntProblem } from './problem.ts'
import type { FieldNode } from './query-language.ts'
import { textCondition } from './text-condition.ts'
import { timeSpan } from './time-span.ts'

/** Throws HuntTrouble when the value cannot be one of this column. */
export function columnCondition(column: EventColumn, node: FieldNode, query: string): Sql {
  const { type } = column
  const refuse = (problem: HuntProblem): never => {
    throw new HuntTrouble({ ...problem, at: placeOf(query, node.at) })
  }
  const { text, like } = node.value
  const details = { field: node.field, met: shown(text) }
  if (text === '' && node.comparison === '=') return sql`NOT ${existsCondition(column)}`
  if (type === 'IPv6') {
    return addressCondition(column, node) ?? refuse(huntProblem('not_an_address', details))
  }
  if (type.startsWith('UInt'))
    return numberCondition(column, node) ?? refuse(huntProblem('not_a_number', details))
  if (type.startsWith('DateTime'))
    return timeCondition(column, node) ?? refuse(huntProblem('not_a_time', details))
  if (node.comparison !== '=') return refuse(huntProblem('not_comparable', { field: node.field }))
  if (type.startsWith('Array')) return listCondition(column, text, like)
  const condition = textCondition(
    type.startsWith('Enum') ? sql`toString(${name(column.name)})` : name(column.name),
    text,
    like,
  )
  return column.isObserved === true && like === undefined
    ? sql`(${mayHoldText(text)} AND ${condition})`
    : condition
}

export function existsCondition(column: EventColumn): Sql {
  return sql`(${trusted(columnShown(column))} != '')`
}

function listCondition({ name: column }: EventColumn, text: string, like: string | undefined): Sql {
  if (column === 'observables' && like === undefined) return observes(text)
  return sql`arrayExists(item -> ${textCondition(trusted('item'), text, like)}, ${name(column)})`
}

function numberCondition(column: EventColumn, { comparison, value }: FieldNode): Sql | undefined {
  const { text, like } = value
  const subject = name(column.name)
  if (like !== undefined)
    return comparison === '=' ? sql`toString(${subject}) LIKE ${like}` : undefined
  const range = comparison === '=' ? /^(\d{1,20})\.\.(\d{1,20})$/u.exec(text) : null
  if (range !== null) return sql`(${subject} BETWEEN ${number(range[1])} AND ${number(range[2])})`
  if (!/^\d{1,20}$/u.test(text)) return undefined
  return sql`${subject} ${trusted(comparison)} ${number(text)}`
}

function number(digits: string | undefined): Typed {
  return typed('UInt128', digits ?? '0')
}

function addressCondition(column: EventColumn, { comparison, value }: FieldNode): Sql | undefined {
  const subject = name(column.name)
  if (value.like !== undefined) {
    return comparison === '=' ? sql`${trusted(columnShown(column))} ILIKE ${value.like}` : undefined
  }
  const range = addressRange(value.text)
  if (range === undefined) return undefined
  const [low, high] = [typed('IPv6', range.low), typed('IPv6', range.high)]
  if (comparison === '=') {
    return range.low === range.high
      ? sql`(${mayHoldAddress(range.low)} AND ${subject} = ${low})`
      : sql`(${subject} BETWEEN ${low} AND ${high})`
  }
  return sql`${subject} ${trusted(comparison)} ${comparison === '>' || comparison === '<=' ? high : low}`
}

/** `time:2026-11-23` is the whole day; `time:>2026-11-23` is after it. */
function timeCondition(column: EventColumn, { comparison, value }: FieldNode): Sql | undefined {
  const [first, last] = comparison === '=' ? value.text.split('..') : [value.text]
  const from = timeSpan(first ?? '')
  const to = timeSpan(last ?? first ?? '')
  if (value.like !== undefined || from === undefined || to === undefined) return undefined
  const subject = name(column.name)
  if (comparison === '=')
    return sql`(${subject} >= ${instant(from.fromMs)} AND ${subject} < ${instant(to.toMs)})`
  if (comparison === '>' || comparison === '>=') {
    return sql`${subject} >= ${instant(comparison === '>' ? from.toMs : from.fromMs)}`
  }
  return sql`${subject} < ${instant(comparison === '<' ? from.fromMs : from.toMs)}`
}

/** UTC milliseconds as a constant that the engine compares with its sorted hours. */
export function instant(ms: number): Sql {
  return sql`fromUnixTimestamp64Milli(${ms}, 'UTC')`
}
