// SQL text with bound values. Whatever comes from outside goes in as a value; only code and checked content become text.

export type SqlValue = string | number | boolean | readonly string[] | readonly number[]
export type Sql = { readonly text: string; readonly values: Readonly<Record<string, unknown>> }

/** A value with the engine type it is to be read as, such as `IPv6` or `DateTime64(3)`. */
export type Typed = { readonly typed: string; readonly value: SqlValue }

export function typed(type: string, value: SqlValue): Typed {
  return { typed: type, value }
}

/** SQL that stands in the source or in checked content. Never call it with anything that came from outside. */
export function trusted(text: string): Sql {
  return { text, values: {} }
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
  const pieces: Sql[] = []
  strings.forEach((text, at) => {
    pieces.push(trusted(text))
    const part = parts[at]
    if (part !== undefined) pieces.push(isSql(part) ? part : bind(part))
  })
  return join(pieces, '')
}

/** Several pieces of SQL, one text; bound names stay apart. */
export function join(pieces: readonly Sql[], separator: string): Sql {
  const values: Record<string, unknown> = {}
  const texts = pieces.map((piece) => {
    Object.assign(values, piece.values)
    return piece.text
  })
  return { text: texts.join(separator), values }
}

let bound = 0

function bind(part: Typed | SqlValue): Sql {
  const { typed: type, value } = isTyped(part) ? part : { typed: typeOf(part), value: part }
  bound = (bound + 1) % 1_000_000_000
  const key = `p${bound}`
  return { text: `{${key}:${type}}`, values: { [key]: value } }
}

function isSql(part: Sql | Typed | SqlValue): part is Sql {
  return typeof part === 'object' && 'text' in part
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
