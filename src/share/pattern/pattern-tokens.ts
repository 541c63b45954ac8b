// The words of a STIX pattern, with their places.

import { isBase64 } from '../stix/formats.ts'

export type TokenKind =
  | 'keyword'
  | 'name'
  | 'hyphenated'
  | 'string'
  | 'integer'
  | 'float'
  | 'boolean'
  | 'binary'
  | 'hex'
  | 'timestamp'
  | 'mark'
  | 'end'

export type Token = {
  readonly kind: TokenKind
  /** Of literals, what stands between the quotes, escapes resolved. */
  readonly text: string
  readonly at: number
}

export type TokenProblem = { readonly at: number; readonly sentence: string }

const KEYWORDS = new Set(
  'AND OR NOT FOLLOWEDBY LIKE MATCHES ISSUPERSET ISSUBSET EXISTS LAST IN START STOP SECONDS WITHIN REPEATS TIMES'.split(
    ' ',
  ),
)

const SPACE = /(?:[\s\u0085\u180E\u200B\u2060\uFEFF]|\/\*[\s\S]*?\*\/|\/\/[^\r\n]*)+/y
const TIMESTAMP =
  /^\d{4}-(?:0[1-9]|1[012])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?Z$/
const RULES: readonly (readonly [TokenKind, RegExp])[] = [
  ['timestamp', /t'((?:[^'\\])*)'/y],
  ['binary', /b'([^'\\]*)'/y],
  ['hex', /h'([^'\\]*)'/y],
  ['string', /'((?:[^'\\]|\\['\\])*)'/y],
  ['float', /[+-]?\d*\.\d+/y],
  ['integer', /[+-]?(?:0|[1-9]\d*)(?![\d])/y],
  ['hyphenated', /[A-Za-z_][A-Za-z0-9_]*-[A-Za-z0-9_-]*/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['mark', /==|!=|<>|<=|>=|[=<>:.,()[\]*]/y],
]

/** Splits a pattern into words. The last one is `end`. */
export function tokensOf(pattern: string): readonly Token[] | TokenProblem {
  const tokens: Token[] = []
  for (let at = skipSpace(pattern, 0); at < pattern.length; at = skipSpace(pattern, at)) {
    const met = RULES.map(([kind, rule]) => [kind, matchAt(rule, pattern, at)] as const).find(
      ([, found]) => found !== undefined,
    )
    const found = met?.[1]
    if (met === undefined || found === undefined)
      return { at, sentence: `${pattern.slice(at, at + 20)} begins nothing that a pattern holds` }
    const token = tokenOf(met[0], found, at)
    if ('sentence' in token) return token
    tokens.push(token)
    at += found[0].length
  }
  return [...tokens, { kind: 'end', text: '', at: pattern.length }]
}

function skipSpace(pattern: string, at: number): number {
  return at + (matchAt(SPACE, pattern, at)?.[0].length ?? 0)
}

function matchAt(rule: RegExp, text: string, at: number): RegExpExecArray | undefined {
  rule.lastIndex = at
  return rule.exec(text) ?? undefined
}

function tokenOf(kind: TokenKind, found: RegExpExecArray, at: number): Token | TokenProblem {
  const [whole, inner = whole] = found
  if (kind === 'name' && KEYWORDS.has(whole)) return { kind: 'keyword', text: whole, at }
  if (kind === 'name' && (whole === 'true' || whole === 'false'))
    return { kind: 'boolean', text: whole, at }
  if (kind === 'string') return { kind, text: inner.replaceAll(/\\(['\\])/g, '$1'), at }
  if (kind === 'timestamp' && !TIMESTAMP.test(inner))
    return { at, sentence: `t'${inner}' is no timestamp such as t'2026-01-31T12:00:00Z'` }
  if (kind === 'binary' && !isBase64(inner.replaceAll(/[\r\n]/g, '')))
    return { at, sentence: `b'${inner}' is not base64` }
  if (kind === 'hex' && !/^(?:[0-9A-Fa-f]{2})*$/.test(inner))
    return { at, sentence: `h'${inner}' is no even number of hexadecimal digits` }
  return { kind, text: inner, at }
}
