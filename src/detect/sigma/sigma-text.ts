// A Sigma string value: literal pieces and wildcards. Escapes: specification 2.1.0, "Escaping".

export type Token =
  | { readonly kind: 'literal'; readonly text: string }
  /** `*`: any length, empty and line breaks included. */
  | { readonly kind: 'any' }
  /** `?`: exactly one character. */
  | { readonly kind: 'one' }
  /** A dash in any of the spellings Windows programs take (`windash`). */
  | { readonly kind: 'dash' }

export type SigmaText = readonly Token[]

/** Hyphen, slash, en dash, em dash, horizontal bar. */
export const DASHES = '-/\u2013\u2014\u2015'

const ESCAPABLE = new Set(['*', '?', '\\'])

/** A backslash escapes `*`, `?` and itself; before anything else it stands for itself. */
export function parseText(source: string): SigmaText {
  const tokens: Token[] = []
  let literal = ''
  const flush = () => {
    if (literal !== '') tokens.push({ kind: 'literal', text: literal })
    literal = ''
  }
  for (let at = 0; at < source.length; at += 1) {
    const char = source.charAt(at)
    const next = source.charAt(at + 1)
    if (char === '\\' && next !== '' && ESCAPABLE.has(next)) {
      literal += next
      at += 1
    } else if (char === '*' || char === '?') {
      flush()
      tokens.push({ kind: char === '*' ? 'any' : 'one' })
    } else literal += char
  }
  flush()
  return tokens
}

export function literalText(text: string): SigmaText {
  return text === '' ? [] : [{ kind: 'literal', text }]
}

/** The plain string, or `undefined` when the value holds wildcards. */
export function plainString(text: SigmaText): string | undefined {
  let plain = ''
  for (const token of text) {
    if (token.kind !== 'literal') return undefined
    plain += token.text
  }
  return plain
}

export type Wrap = 'contains' | 'startswith' | 'endswith'

export function wrapText(text: SigmaText, wrap: Wrap): SigmaText {
  if (text.length === 0) return [{ kind: 'any' }]
  const before: SigmaText =
    wrap === 'startswith' || text[0]?.kind === 'any' ? [] : [{ kind: 'any' }]
  const after: SigmaText =
    wrap === 'endswith' || text.at(-1)?.kind === 'any' ? [] : [{ kind: 'any' }]
  return [...before, ...text, ...after]
}

/** Every dash that opens an option (`\B[-/]\b`) may be written in five ways: one token instead of 5^n variants. */
export function withAnyDash(text: SigmaText): SigmaText {
  return text.flatMap((token) => (token.kind === 'literal' ? splitDashes(token.text) : [token]))
}

function splitDashes(text: string): SigmaText {
  const tokens: Token[] = []
  let from = 0
  for (const { index } of text.matchAll(/\B[-/]\b/g)) {
    if (index > from) tokens.push({ kind: 'literal', text: text.slice(from, index) })
    tokens.push({ kind: 'dash' })
    from = index + 1
  }
  if (from < text.length) tokens.push({ kind: 'literal', text: text.slice(from) })
  return tokens
}

/** The value as a rule author would write it, for reasons and readable SQL. */
export function showText(text: SigmaText): string {
  return text.map(showToken).join('')
}

function showToken(token: Token): string {
  if (token.kind === 'literal') return token.text.replaceAll(/[*?]/g, String.raw`\$&`)
  return { any: '*', one: '?', dash: '-' }[token.kind]
}
