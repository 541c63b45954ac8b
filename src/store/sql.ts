// SQL text with bound values. Whatever comes from outside goes in as a value; only code and checked content become text.

import { literal } from './literal.ts'

export type SqlValue = string | number | boolean | readonly string[] | readonly number[]

/** A value with the engine type it is to be read as, such as `IPv6` or `DateTime64(3)`. */
export type Typed = { readonly typed: string; readonly value: SqlValue }

/** Text and values in their order. Values stay values until a lane hands the statement to its engine. */
export type Sql = { readonly pieces: readonly (string | Typed)[] }

export function typed(type: string, value: SqlValue): Typed {
  return { typed: type, value }
}

/** SQL that stands in the source or in checked content. Never call it with anything that came from outside. */
export function trusted(text: string): Sql {
  return { pieces: [text] }
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** A table or column name, checked to be a plain identifier. */
export function name(identifier: string): Sql {
  if (!NAME.test(identifier)) throw new TypeError(`not a plain identifier: ${identifier}`)
  return trusted(identifier)
}

/** Tagged template: `sql\`SELECT * FROM events WHERE src_ip = ${typed('IPv6', ip)}\``. Parts of type Sql are put in, all else is bound. */
export function sql(
  strings: TemplateStringsArray,
  ...parts: readonly (Sql | Typed | SqlValue)[]
): Sql {
  const pieces = strings.flatMap((text, at) => {
    const part = parts[at]
    return part === undefined ? [text] : [text, ...piecesOf(part)]
  })
  return { pieces }
}

/** Several pieces of SQL as one. */
export function join(parts: readonly Sql[], separator: string): Sql {
  return { pieces: parts.flatMap(({ pieces }, at) => (at === 0 ? pieces : [separator, ...pieces])) }
}

/** The text alone, `?` where a value stands: to look at, never to run. */
export function textOf({ pieces }: Sql): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : '?')).join('')
}

/** Text with `{p0:Type}` for each value, and the values by those names: what a server binds itself. */
export function withPlaceholders({ pieces }: Sql): {
  readonly text: string
  readonly values: Readonly<Record<string, SqlValue>>
} {
  const values: Record<string, SqlValue> = {}
  const texts = pieces.map((piece, at) => {
    if (typeof piece === 'string') return piece
    values[`p${at}`] = piece.value
    return `{p${at}:${piece.typed}}`
  })
  return { text: texts.join(''), values }
}

/**
 * One text with each value as a literal of its type, for an engine that has no way to bind values in several statements
 * at a time. Throws TypeError for a number that has no exact literal.
 */
export function withLiterals({ pieces }: Sql): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : valueLiteral(piece))).join('')
}

function valueLiteral({ typed: type, value }: Typed): string {
  if (type === 'String' && typeof value === 'string') return literal(value)
  return `CAST(${plainLiteral(value)}, ${literal(type)})`
}

function plainLiteral(value: SqlValue): string {
  if (typeof value === 'string') return literal(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'number') return `[${value.map(plainLiteral).join(', ')}]`
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    throw new TypeError(`a number without an exact literal: ${value}`)
  }
  return String(value)
}

function piecesOf(part: Sql | Typed | SqlValue): Sql['pieces'] {
  if (isSql(part)) return part.pieces
  return [isTyped(part) ? part : typed(typeOf(part), part)]
}

function isSql(part: Sql | Typed | SqlValue): part is Sql {
  return typeof part === 'object' && 'pieces' in part
}

function isTyped(part: Typed | SqlValue): part is Typed {
  return typeof part === 'object' && 'typed' in part
}

function typeOf(value: SqlValue): string {
  if (typeof value === 'string') return 'String'
  if (typeof value === 'boolean') return 'Bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'Int64' : 'Float64'
  return typeof value[0] === 'number' ? 'Array(Int64)' : 'Array(String)'
}
