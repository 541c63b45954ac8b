// SQL that a person typed, cut into tokens. Strings and quoted names are read to what they mean, so that they are written out
// again by us; comments end here. Whatever has no place in a SELECT of a hunt is refused at its character.

import { HuntTrouble, huntProblem, placeOf, shown } from './problem.ts'

export type SqlToken = {
  /** `word` unquoted, `name` quoted with backquotes or double quotes. */
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'symbol'
  /** What it means: without quotes, escapes resolved. */
  readonly text: string
  readonly at: number
}

export const MOST_TOKENS = 5000

/** ASCII only: the engine also takes Unicode spaces and quotes, which hide things from readers. */
const SPACE = /[ \t\r\n\f\v]+/uy
const COMMENT = /--[^\n]*|\/\*/uy
const WORD = /[A-Za-z_][A-Za-z0-9_]*/uy
const NUMBER =
  /(?:0[xX][0-9A-Fa-f]{1,16}|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)(?![A-Za-z0-9_$])/uy
const SYMBOL = /<=>|::|->|\|\||<>|!=|>=|<=|==|[()[\],.+\-*/%=<>]/uy

/** Throws HuntTrouble at what cannot be read. */
export function sqlTokens(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = []
  let at = 0
  for (;;) {
    at = skipSpace(sql, at)
    if (at >= sql.length) return tokens
    if (tokens.length >= MOST_TOKENS)
      throw new HuntTrouble(huntProblem('sql_too_large', {}, placeOf(sql, at)))
    const { token, end } = readToken(sql, at, tokens.at(-1))
    tokens.push(token)
    at = end
  }
}

function skipSpace(sql: string, from: number): number {
  let at = from
  for (;;) {
    const space = match(SPACE, sql, at) ?? match(COMMENT, sql, at)
    if (space === undefined) return at
    if (space !== '/*') at += space.length
    else {
      const end = sql.indexOf('*/', at + 2)
      if (end === -1)
        throw new HuntTrouble(huntProblem('sql_unclosed', { met: '/*' }, placeOf(sql, at)))
      at = end + 2
    }
  }
}

type Read = { readonly token: SqlToken; readonly end: number }

function readToken(sql: string, at: number, before: SqlToken | undefined): Read {
  const first = sql[at] ?? ''
  if (first === "'") return quoted(sql, at, 'string')
  if (first === '"' || first === '`') return quoted(sql, at, 'name')
  for (const [kind, pattern] of PLAIN) {
    // `t.1` is an element of t, `.1` a number.
    if (kind === 'number' && first === '.' && isOperand(before)) continue
    const text = match(pattern, sql, at)
    if (text !== undefined) return { token: { kind, text, at }, end: at + text.length }
  }
  const met = shown(String.fromCodePoint(sql.codePointAt(at) ?? 0))
  throw new HuntTrouble(huntProblem('sql_character', { met }, placeOf(sql, at)))
}

const PLAIN = [
  ['word', WORD],
  ['number', NUMBER],
  ['symbol', SYMBOL],
] as const

function isOperand(token: SqlToken | undefined): boolean {
  if (token === undefined) return false
  return token.kind === 'symbol'
    ? token.text === ')' || token.text === ']'
    : token.kind !== 'string'
}

/** The quote ends it, doubled it stands for itself, a backslash escapes: as the engine reads it. */
function quoted(sql: string, at: number, kind: 'string' | 'name'): Read {
  const quote = sql[at] ?? ''
  let text = ''
  for (let next = at + 1; next < sql.length; next++) {
    const character = sql[next] ?? ''
    if (character === '\\') {
      const { meant, length } = escaped(sql, next)
      text += meant
      next += length - 1
    } else if (character !== quote) text += character
    else if (sql[next + 1] === quote) {
      text += quote
      next++
    } else return { token: { kind, text, at }, end: next + 1 }
  }
  throw new HuntTrouble(huntProblem('sql_unclosed', { met: quote }, placeOf(sql, at)))
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  r: '\r',
  n: '\n',
  t: '\t',
  v: '\v',
  a: '\x07',
  e: '\x1b',
  '0': '\0',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '`': '`',
  '/': '/',
}

/** Before any other letter the backslash stays, which keeps regular expressions such as `\d` whole. */
function escaped(sql: string, at: number): { readonly meant: string; readonly length: number } {
  const hex = match(/\\x[0-9A-Fa-f]{2}/uy, sql, at)
  if (hex !== undefined)
    return { meant: String.fromCodePoint(Number.parseInt(hex.slice(2), 16)), length: 4 }
  const letter = sql[at + 1] ?? ''
  return { meant: ESCAPES[letter] ?? `\\${letter}`, length: 2 }
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
