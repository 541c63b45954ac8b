// From a parser to SQL: the statement that reads its lines.

import { EVENT_COLUMNS, FIELDS_COLUMN, NO_OBSERVABLES, PARSER_COLUMNS } from '../../model/index.ts'
import type { EventColumn, VerbatimOf } from '../../model/index.ts'
import { literal, trusted } from '../../store/index.ts'
import type { Sql } from '../../store/index.ts'
import type { Parser } from './parser-content.ts'
import { replaceIdentifier } from './replace-identifier.ts'
import { ROUTE_TEXT } from './route-sql.ts'

/** Columns of the table that a batch is parsed into: the event's, and `fields` as values. */
export const ROW_COLUMNS: readonly Pick<EventColumn, 'name' | 'type' | 'alias'>[] = [
  ...EVENT_COLUMNS,
  FIELDS_COLUMN,
]

/** Columns every parser leaves to the loader. */
const LOADER_COLUMNS = ['received', 'source', 'batch', 'line', 'context', 'raw'] as const

export type ReadRequest = {
  readonly parser: Parser
  readonly from: string
  readonly into: string
  /** Zone assumed for times written without one. */
  readonly zone: string
  readonly batch: string
  /** Which lines of `from` are read, as a condition. */
  readonly where: string
}

/** `INSERT INTO <into> … SELECT … FROM <from> WHERE …`. */
export function readStatement(request: ReadRequest): Sql {
  const { parser, from, into, zone, where } = request
  const columns = parserColumns(parser)
  const names = [...LOADER_COLUMNS, ...columns.map(({ name }) => name)]
  const texts = columns.map(({ text }) => replaceIdentifier(text, 'zone', literal(zone)))
  const stage = `(SELECT line, received, source, context, raw FROM ${from} WHERE ${where})`
  const set = Object.entries(parser.columns).map(
    ([column, text]) => `(${replaceIdentifier(text, 'zone', literal(zone))}) AS ${said(column)}`,
  )
  return trusted(`INSERT INTO ${into} (${names.join(', ')})
SELECT received, source, ${literal(request.batch)}, line, context, raw,
  ${texts.join(',\n  ')}
FROM (SELECT *, ${set.join(',\n  ')}
FROM ${layered(parser, stage, zone)})`)
}

/** What the parser says of a column, before it is cast; named apart, because a column may be made of another of its name. */
function said(column: string): string {
  return `said_${column}`
}

/**
 * The named expressions as columns of nested queries, one level for each step of dependence. As aliases of one query
 * the engine would copy an expression to every place of use before it plans, which grows with every level.
 */
function layered(parser: Parser, from: string, zone: string): string {
  const levels = new Map<string, number>()
  const texts = Object.entries(parser.with).map(([key, text]) => {
    const uses = [...levels].filter(([known]) => replaceIdentifier(text, known, '') !== text)
    const level = 1 + Math.max(0, ...uses.map(([, depth]) => depth))
    levels.set(key, level)
    return { key, level, text: replaceIdentifier(text, 'zone', literal(zone)) }
  })
  const deepest = Math.max(0, ...levels.values())
  let query = from
  for (let level = 1; level <= deepest; level += 1) {
    const named = texts
      .filter((part) => part.level === level)
      .map(({ key, text }) => `(${text}) AS ${key}`)
    query = `(SELECT *, ${named.join(',\n  ')}\nFROM ${query})`
  }
  return query
}

type ColumnText = { readonly name: string; readonly text: string }

function parserColumns(parser: Parser): readonly ColumnText[] {
  const { columns } = parser
  const set = PARSER_COLUMNS.filter(
    ({ name }) => !DERIVED.has(name) && columns[name] !== undefined,
  ).map(({ name, type }) => ({ name, text: toColumn(said(name), type) }))
  const time = columns['time']
  const whole = wholeText(parser)
  return [
    ...set,
    ...timeColumns(time !== undefined, columns['time_basis'] !== undefined),
    {
      name: 'vendor',
      text: columns['vendor'] === undefined ? literal(parser.vendor) : said('vendor'),
    },
    {
      name: 'product',
      text: columns['product'] === undefined ? literal(parser.product) : said('product'),
    },
    { name: 'parser', text: literal(parser.name) },
    { name: 'parse_status', text: statusText(parser, whole) },
    ...otherObservables(parser, whole),
    { name: FIELDS_COLUMN.name, text: `CAST(${parser.fields}, '${FIELDS_COLUMN.type}')` },
  ]
}

const DERIVED = new Set(['time', 'time_basis', 'vendor', 'product'])

/** Without a time of its own a line happened when it was received, and says so. */
function timeColumns(hasTime: boolean, hasBasis: boolean): readonly ColumnText[] {
  if (!hasTime) {
    return [
      { name: 'time', text: 'received' },
      { name: 'time_basis', text: "'received'" },
    ]
  }
  return [
    { name: 'time', text: `ifNull(${said('time')}, received)` },
    {
      name: 'time_basis',
      text: `if(isNull(${said('time')}), 'received', ${hasBasis ? said('time_basis') : "'event'"})`,
    },
  ]
}

function statusText({ status }: Parser, whole: string | undefined): string {
  if (status !== undefined) return literal(status)
  return whole === undefined ? "'ok'" : `if(${whole}, 'ok', 'partial')`
}

/** Whether a line was read whole; undefined where it always is. */
function wholeText({ columns, complete }: Parser): string | undefined {
  const conditions = [
    columns['time'] === undefined ? '' : `isNotNull(${said('time')})`,
    complete === undefined ? '' : `(${complete})`,
  ].filter((condition) => condition !== '')
  return conditions.length === 0 ? undefined : conditions.join(' AND ')
}

/** Values from outside that do not fit a column become its empty value, never an error. */
function toColumn(text: string, type: string): string {
  if (type === 'IPv6') return `toIPv6OrDefault(${text})`
  if (type.startsWith('UInt')) return `accurateCastOrDefault(${text}, '${type}')`
  return text
}

/**
 * What the parser finds beside its columns, as the table keeps it; of a line that was not read whole, what its text shows
 * as well.
 */
function otherObservables(parser: Parser, whole: string | undefined): readonly ColumnText[] {
  const unread = parser.status === undefined ? whole && `if(${whole}, '', raw)` : 'raw'
  const found = [parser.observables, unread && `v_observables_in(${unread})`].filter(Boolean)
  if (found.length === 0) return []
  const nothing = NO_OBSERVABLES.map(literal).join(', ')
  return [
    {
      name: 'other_observables',
      text: `arrayDistinct(arrayFilter(o -> o NOT IN (${nothing}), arrayMap(o -> v_observable(o), arrayConcat(${found.join(', ')}))))`,
    },
  ]
}

/** A map without keys; `map()` has no type to be cast from. */
export const EMPTY_MAP = 'mapFromArrays(emptyArrayString(), emptyArrayString())'

/** `fields` of stored events: each parser's expression over `raw`, chosen by the row's parser and the form of the line. */
export function fieldsExpression(parsers: readonly Parser[]): string {
  const branches = parsers.map((parser) => {
    const text = inlined(parser)
    // Forms that read their fields alike need not be told apart.
    const hasForms = parsers.some((other) => other.name === parser.name && inlined(other) !== text)
    const form = hasForms ? ` AND multiMatchAny(${ROUTE_TEXT}, [${patternsOf(parser)}])` : ''
    return `parser = ${literal(parser.name)}${form}, CAST(${text}, '${FIELDS_COLUMN.type}')`
  })
  const none = `CAST(${EMPTY_MAP}, '${FIELDS_COLUMN.type}')`
  return branches.length === 0 ? none : `multiIf(${[...new Set(branches)].join(',\n  ')}, ${none})`
}

function patternsOf({ recognise }: Pick<Parser, 'recognise'>): string {
  return recognise.map(literal).join(', ')
}

/** `fieldsExpression` of parsers by name, each choice made once. */
export function fieldsOf(parsers: readonly Parser[]): (names: Iterable<string>) => string {
  const made = new Map<string, string>()
  return (names) => {
    const asked = new Set(names)
    const some = parsers.filter(({ name }) => asked.has(name))
    const key = some.map(({ name }) => name).join(' ')
    const text = made.get(key) ?? fieldsExpression(some)
    made.set(key, text)
    return text
  }
}

/** What parsers say of their lines (`verbatim`), as one condition over `events`. */
export function verbatimOf(parsers: readonly Parser[]): VerbatimOf {
  const promises = new Map(parsers.map(({ name, verbatim }) => [name, verbatim]))
  return (names) => {
    const conditions = names.toSorted().flatMap((name) => {
      const condition = promises.get(name)
      return condition === undefined ? [] : [`(parser = ${literal(name)} AND (${condition}))`]
    })
    return conditions.length === 0 ? '0' : `(${conditions.join(' OR ')})`
  }
}

/**
 * A parser's `fields` with the named expressions it uses, standing alone. Each is bound once, as the parameter of a
 * function of one value: put in place of its name, the text would double with every use.
 */
export function inlined(parser: Parser): string {
  let text = parser.fields
  for (const [key, expression] of Object.entries(parser.with).toReversed()) {
    if (replaceIdentifier(text, key, '') !== text)
      text = `arrayMap(${key} -> ${text}, [${expression}])[1]`
  }
  return text
}
