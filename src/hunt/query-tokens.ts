// A hunt query cut into terms. Characters are read once, left to right; nothing here knows what a field is.

import { isIPv6 } from 'node:net'
import { HuntTrouble, huntProblem, placeOf, shown } from './problem.ts'

/** A value as written: what it means letter by letter, and the LIKE pattern when it has `*` or `?`. */
export type QueryText = {
  readonly text: string
  readonly like: string | undefined
  readonly isQuoted: boolean
}

export type QueryToken =
  | {
      readonly kind: 'open' | 'close' | 'comma' | 'and' | 'or' | 'not'
      readonly at: number
      readonly text: string
    }
  /** `name:`, directly followed by its value or by a list in parentheses. */
  | { readonly kind: 'field'; readonly at: number; readonly name: string; readonly text: string }
  | { readonly kind: 'operator'; readonly at: number; readonly text: string }
  | {
      readonly kind: 'value'
      readonly at: number
      readonly value: QueryText
      readonly text: string
    }

/** Words that join; only in capitals, so that `and` in a sentence stays a word. */
const JOINING: Readonly<Record<string, 'and' | 'or' | 'not'>> = {
  AND: 'and',
  OR: 'or',
  NOT: 'not',
  '&&': 'and',
  '||': 'or',
}

const SPACE = /\s+/uy
const FIELD = /[A-Za-z_@][\w.@-]*:/uy
const BARE = /(?:\\[\s\S]|[^\s()",\\])+/uy
const BARE_WITH_COMMA = /(?:\\[\s\S]|[^\s()"\\])+/uy
const OPERATOR = /[<>]=?/uy
/** What has a colon and is no field: a URL, a Windows path, a MAC address. */
const COLON_IN_WORD =
  /^(?:[a-z][a-z0-9+.-]*:\/\/|[A-Za-z]:\\|(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$)/u

/** Throws HuntTrouble with the place of what cannot be read. */
export function queryTokens(query: string): readonly QueryToken[] {
  const tokens: QueryToken[] = []
  let at = 0
  let listDepth = 0
  while (at < query.length) {
    const space = match(SPACE, query, at)
    if (space !== undefined) {
      at += space.length
      continue
    }
    const token = nextToken(query, at, tokens.at(-1), listDepth > 0)
    if (token.kind === 'open' && (listDepth > 0 || isFieldBefore(tokens.at(-1)))) listDepth++
    if (token.kind === 'close' && listDepth > 0) listDepth--
    tokens.push(token)
    at = token.at + token.text.length
  }
  return tokens
}

function nextToken(
  query: string,
  at: number,
  before: QueryToken | undefined,
  inList: boolean,
): QueryToken {
  const character = query[at] ?? ''
  if (character === '(') return { kind: 'open', at, text: character }
  if (character === ')') return { kind: 'close', at, text: character }
  if (character === ',' && inList) return { kind: 'comma', at, text: character }
  if (character === '"') return quoted(query, at)
  if (isFieldBefore(before) && before.at + before.text.length === at) {
    const operator = match(OPERATOR, query, at)
    if (operator !== undefined) return { kind: 'operator', at, text: operator }
  } else if (before?.kind !== 'operator' && !inList) {
    const begun = beginning(query, at)
    if (begun !== undefined) return begun
  }
  return bareValue(query, at, inList)
}

function isFieldBefore(token: QueryToken | undefined): token is QueryToken & { kind: 'field' } {
  return token?.kind === 'field'
}

/** `-` before a term, or the name of a field. */
function beginning(query: string, at: number): QueryToken | undefined {
  if (query[at] === '-' && /[^\s)]/u.test(query[at + 1] ?? ''))
    return { kind: 'not', at, text: '-' }
  const word = match(BARE_WITH_COMMA, query, at) ?? ''
  if (COLON_IN_WORD.test(word) || isIPv6(word)) return undefined
  const field = match(FIELD, query, at)
  return field === undefined
    ? undefined
    : { kind: 'field', at, name: field.slice(0, -1), text: field }
}

function quoted(query: string, at: number): QueryToken {
  for (let end = at + 1; end < query.length; end++) {
    if (query[end] === '\\') end++
    else if (query[end] === '"') {
      const text = query.slice(at, end + 1)
      const meant = text.slice(1, -1).replaceAll(/\\(["\\])/gu, '$1')
      return { kind: 'value', at, text, value: { text: meant, like: undefined, isQuoted: true } }
    }
  }
  throw new HuntTrouble(huntProblem('unclosed_quote', {}, placeOf(query, at)))
}

function bareValue(query: string, at: number, inList: boolean): QueryToken {
  const text = match(inList ? BARE : BARE_WITH_COMMA, query, at)
  if (text === undefined) {
    const met = shown(query.slice(at, at + 1))
    throw new HuntTrouble(huntProblem('sql_unexpected', { met }, placeOf(query, at)))
  }
  const joining = JOINING[text]
  if (joining !== undefined) return { kind: joining, at, text }
  return { kind: 'value', at, text, value: { ...patternOf(text), isQuoted: false } }
}

/** Backslash takes the meaning from `* ? " ( ) , \` and a space; before anything else it is itself, as in Windows paths. */
export function patternOf(bare: string): {
  readonly text: string
  readonly like: string | undefined
} {
  let text = ''
  let like = ''
  let hasWildcard = false
  for (const [part, escaped] of bare.matchAll(/\\([*?"(),\\\s])|[\s\S]/gu)) {
    const letter = escaped ?? part
    text += letter
    if (escaped === undefined && (part === '*' || part === '?')) {
      hasWildcard = true
      like += part === '*' ? '%' : '_'
    } else like += likeLiteral(letter)
  }
  return { text, like: hasWildcard ? like : undefined }
}

/** Text as it stands inside a LIKE pattern. */
export function likeLiteral(text: string): string {
  return text.replaceAll(/[\\%_]/gu, String.raw`\$&`)
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
