// Reads a STIX pattern: own recursive descent over the whole grammar (STIX 2.1 section 9), with places in its problems.

import { failed, ok } from '../../core/index.ts'
import type { Problem, Result } from '../../core/index.ts'
import { readComparison } from './parse-comparison.ts'
import { tokensOf } from './pattern-tokens.ts'
import type { Observation, Qualifier } from './pattern-tree.ts'
import { TokenCursor, Unexpected } from './token-cursor.ts'

export type PatternProblem = Problem & { readonly line: number; readonly column: number }

const MOST_CHARACTERS = 65_536

/** Never throws; a pattern that cannot be read matches nothing, and its author is told. */
export function parsePattern(pattern: string): Result<Observation, PatternProblem> {
  if (pattern.length > MOST_CHARACTERS)
    return failed(located(pattern, 0, `longer than ${MOST_CHARACTERS} characters`))
  const tokens = tokensOf(pattern)
  if ('sentence' in tokens) return failed(located(pattern, tokens.at, tokens.sentence))
  try {
    const cursor = new TokenCursor(tokens)
    const read = readFollowed(cursor)
    if (cursor.token.kind !== 'end') cursor.refuse('the end of the pattern')
    return ok(read)
  } catch (thrown) {
    if (!(thrown instanceof Unexpected)) throw thrown
    return failed(located(pattern, thrown.at, thrown.message))
  }
}

function located(pattern: string, at: number, sentence: string): PatternProblem {
  const before = pattern.slice(0, at).split('\n')
  const column = (before.at(-1) ?? '').length + 1
  return { code: 'pattern', line: before.length, column, sentence }
}

type Kind = 'and' | 'or' | 'followedby'

/** Section 9.5.3: AND binds tighter than OR, OR tighter than FOLLOWEDBY. */
function readFollowed(cursor: TokenCursor): Observation {
  const chain = (word: string, kind: Kind, read: () => Observation): Observation => {
    const parts = [read()]
    while (cursor.takeIf(word)) parts.push(read())
    const [only] = parts
    return parts.length === 1 && only !== undefined ? only : { kind, parts }
  }
  return chain('FOLLOWEDBY', 'followedby', () =>
    chain('OR', 'or', () => chain('AND', 'and', () => readQualified(cursor))),
  )
}

function readQualified(cursor: TokenCursor): Observation {
  const isSimple = cursor.is('[')
  const of = readBracketed(cursor)
  const qualifiers: Qualifier[] = []
  for (let next = readQualifier(cursor); next !== undefined; next = readQualifier(cursor)) {
    const { kind } = next
    // Section 9.5.1: one of each for what stands in square brackets; round ones make it another expression.
    if (isSimple && qualifiers.some((one) => one.kind === kind))
      cursor.refuse('no second qualifier of one kind')
    qualifiers.push(next)
  }
  return qualifiers.length === 0 ? of : { kind: 'qualified', of, qualifiers }
}

function readBracketed(cursor: TokenCursor): Observation {
  if (cursor.takeIf('(')) {
    const inner = cursor.within(() => readFollowed(cursor))
    cursor.expect(')')
    return inner
  }
  cursor.expect('[')
  const comparison = cursor.within(() => readComparison(cursor))
  cursor.expect(']')
  return { kind: 'observed', comparison }
}

function readQualifier(cursor: TokenCursor): Qualifier | undefined {
  if (cursor.takeIf('WITHIN')) {
    const seconds = Number(cursor.literalOf('integer', 'float'))
    if (!(seconds > 0)) cursor.refuse('a positive number of seconds')
    cursor.expect('SECONDS')
    return { kind: 'within', seconds }
  }
  if (cursor.takeIf('REPEATS')) {
    const times = Number(cursor.literalOf('integer'))
    if (!(times > 0)) cursor.refuse('a positive number of times')
    cursor.expect('TIMES')
    return { kind: 'repeats', times }
  }
  if (!cursor.takeIf('START')) return undefined
  const start = cursor.literalOf('timestamp')
  cursor.expect('STOP')
  return { kind: 'between', start, stop: cursor.literalOf('timestamp') }
}
