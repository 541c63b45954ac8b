// Versions of everything else: numbers, and the words vendors put between them. A word that is not known has no order.

import { compareDigits, compareText, readThenCompare, sign } from './order.ts'
import type { Compared } from './order.ts'

type Token =
  | { readonly kind: 'number'; readonly digits: string }
  /** Below 0 stands before the release, above 0 after it. */
  | { readonly kind: 'step'; readonly rank: number }
  /** A letter that counts: 1.0.2k. */
  | { readonly kind: 'letter'; readonly letter: string }
  | { readonly kind: 'word'; readonly word: string }

/** Before the release, in this order. */
const BEFORE = [
  ['dev', 'nightly', 'canary'],
  ['snapshot', 'pre', 'preview', 'prealpha', 'ea'],
  ['alpha'],
  ['beta'],
  ['milestone'],
  ['rc', 'cr', 'candidate'],
]
/** After the release; which of them is said does not matter, the number behind does. */
const AFTER = [
  'p',
  'pl',
  'patch',
  'patchlevel',
  'sp',
  'servicepack',
  'su',
  'u',
  'up',
  'update',
  'hf',
  'h',
  'hotfix',
  'fix',
  'cu',
  'mr',
  'r',
  'rev',
  'revision',
  'post',
  's',
  'take',
  'jhf',
  'fp',
  'fixpack',
  'ru',
  'mu',
  'ep',
  'cumulativeupdate',
  'maintenancerelease',
  'm',
]
/** Said, and of no weight. */
const NEUTRAL = new Set([
  'v',
  'ver',
  'version',
  'release',
  'build',
  'ga',
  'final',
  'stable',
  'lts',
  'official',
  'qts',
  'quts',
  'hero',
  'jumbo',
  'accumulator',
  'edition',
])
const RANKS = new Map<string, number>([
  ...BEFORE.flatMap((words, index) => words.map((word) => [word, index - BEFORE.length] as const)),
  ...AFTER.map((word) => [word, 1] as const),
])

export const compareGeneric = readThenCompare(readGeneric, compareTokens)

/** Tokens of a version; none where nothing of it is a number. */
function readGeneric(text: string): readonly Token[] | undefined {
  const plain = text
    .toLowerCase()
    .replaceAll(/[\s\u00A0\u202F]+/g, ' ')
    .replaceAll(
      /\b(service|maintenance|cumulative|fix|patch) (pack|release|update|level)\b/g,
      '$1$2',
    )
    .trim()
  if (!/\d/.test(plain) || /[*<>=|[\]]/.test(plain)) return undefined
  const pieces = [...plain.matchAll(/\d+|[a-z]+/g)]
  return pieces.flatMap((piece, index) => {
    const isAttached = index > 0 && endOf(pieces[index - 1]) === piece.index
    const next = pieces[index + 1]
    const hasNumber = next !== undefined && /^\d/.test(next[0])
    return tokenOf(piece[0], isAttached, hasNumber)
  })
}

function endOf(piece: RegExpExecArray | undefined): number {
  return piece === undefined ? -1 : piece.index + piece[0].length
}

function tokenOf(piece: string, isAttached: boolean, hasNumber: boolean): readonly Token[] {
  if (/^\d/.test(piece)) return [{ kind: 'number', digits: piece }]
  if (NEUTRAL.has(piece)) return []
  if (piece.length === 1 && isAttached && !hasNumber) return [{ kind: 'letter', letter: piece }]
  if (hasNumber && (piece === 'a' || piece === 'b')) return [step(piece === 'a' ? 'alpha' : 'beta')]
  if (piece === 'c' && hasNumber) return [step('rc')]
  return RANKS.has(piece) ? [step(piece)] : [{ kind: 'word', word: piece }]
}

function step(word: string): Token {
  return { kind: 'step', rank: RANKS.get(word) ?? 0 }
}

function compareTokens(left: readonly Token[], right: readonly Token[]): Compared {
  let [a, b] = [0, 0]
  while (a < left.length || b < right.length) {
    const [x, y] = [left[a], right[b]]
    const compared = compareToken(x, y)
    if (compared !== 0) return compared
    // A zero against something else is skipped alone: 8.0.0 and 8.0 U2.
    if (isZero(x) && y?.kind !== 'number') a += 1
    else if (isZero(y) && x?.kind !== 'number') b += 1
    else [a, b] = [a + 1, b + 1]
  }
  return 0
}

function isZero(token: Token | undefined): boolean {
  return token?.kind === 'number' && /^0+$/.test(token.digits)
}

function compareToken(left: Token | undefined, right: Token | undefined): Compared {
  if (left?.kind === 'number' && right?.kind === 'number')
    return compareDigits(left.digits, right.digits)
  if (isZero(left) || isZero(right)) return 0
  if (left?.kind === 'word' || right?.kind === 'word')
    return left?.kind === 'word' && right?.kind === 'word' && left.word === right.word
      ? 0
      : 'cannot-compare'
  if (left?.kind === 'letter' && right?.kind === 'letter')
    return compareText(left.letter, right.letter)
  return sign(place(left) - place(right))
}

/** Before a release, its end, its updates, its letters, its next number. */
function place(token: Token | undefined): number {
  if (token === undefined) return 0
  if (token.kind === 'step') return token.rank
  return token.kind === 'letter' ? 2 : 3
}
