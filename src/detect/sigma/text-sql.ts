// A Sigma string as a regular expression that RE2 and Vectorscan read alike, and as an ILIKE pattern people can read.

import { asciiCase } from '../../core/index.ts'
import { DASHES } from './sigma-text.ts'
import type { SigmaText, Token } from './sigma-text.ts'

/**
 * Matches the whole value. `\z` and not `$`: Vectorscan's `$` also matches before a last line break. `s` so that
 * wildcards pass line breaks; leading and trailing `*` need no anchor, and leaving them out keeps literals literal.
 */
export function textRegex(text: SigmaText, cased: boolean): string {
  const open = text[0]?.kind === 'any'
  const end = text.at(-1)?.kind === 'any'
  const inner = text.slice(open ? 1 : 0, end && text.length > 1 ? -1 : undefined)
  return `(?${cased ? '' : 'i'}s)${open ? '' : String.raw`\A`}${inner.map((token) => tokenRegex(token, cased)).join('')}${end ? '' : String.raw`\z`}`
}

function tokenRegex(token: Token, cased: boolean): string {
  if (token.kind === 'literal')
    return cased ? escapeRegex(token.text) : asciiCase(escapeRegex(token.text))
  return { any: '.*', one: '.', dash: ANY_DASH }[token.kind]
}

const ANY_DASH = `[${DASHES.replace('-', String.raw`\-`)}]`

// oxlint-disable-next-line no-control-regex
const SPECIAL = /[\\^$.|?*+()[\]{}\-/#&~ ]|[\u0000-\u001f\u007f]/g

function escapeRegex(text: string): string {
  return text.replaceAll(SPECIAL, (char) => {
    const code = char.charCodeAt(0)
    return code < 0x21 || code === 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : `\\${char}`
  })
}

/** The pattern for `LIKE` and `ILIKE`, or `undefined` where those cannot say it. */
export function textLike(text: SigmaText): string | undefined {
  if (text.some(({ kind }) => kind === 'dash')) return undefined
  return text.map(tokenLike).join('')
}

function tokenLike(token: Token): string {
  if (token.kind === 'any') return '%'
  if (token.kind === 'one') return '_'
  return token.kind === 'literal' ? token.text.replaceAll(/[\\%_]/g, String.raw`\$&`) : ''
}

/** Every value, the empty one too. */
export function matchesAnything(text: SigmaText): boolean {
  return text.length > 0 && text.every(({ kind }) => kind === 'any')
}
