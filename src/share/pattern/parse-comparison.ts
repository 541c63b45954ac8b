// What stands between the square brackets of a STIX pattern (STIX 2.1 sections 9.6 and 9.7).

import { isDigest } from '../stix/formats.ts'
import type { TokenKind } from './pattern-tokens.ts'
import type { Comparison, Literal, ObjectPath, Operator, PathStep } from './pattern-tree.ts'
import { Unexpected } from './token-cursor.ts'
import type { TokenCursor } from './token-cursor.ts'

const TEXT_OPERATORS: readonly Operator[] = ['LIKE', 'MATCHES', 'ISSUBSET', 'ISSUPERSET']
const ORDERS: Readonly<Record<string, Operator>> = {
  '=': '=',
  '==': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}
const LITERALS: readonly TokenKind[] = [
  'integer',
  'float',
  'string',
  'binary',
  'hex',
  'timestamp',
  'boolean',
]

/** AND binds tighter than OR. Throws Unexpected. */
export function readComparison(cursor: TokenCursor): Comparison {
  const group = (word: string, kind: 'and' | 'or', read: () => Comparison): Comparison => {
    const parts = [read()]
    while (cursor.takeIf(word)) parts.push(read())
    const [only] = parts
    return parts.length === 1 && only !== undefined ? only : { kind, parts }
  }
  return group('OR', 'or', () => group('AND', 'and', () => readTest(cursor)))
}

function readTest(cursor: TokenCursor): Comparison {
  if (cursor.takeIf('(')) {
    const inner = cursor.within(() => readComparison(cursor))
    cursor.expect(')')
    return inner
  }
  if (cursor.is('EXISTS') || cursor.is('NOT')) {
    const not = cursor.takeIf('NOT')
    cursor.expect('EXISTS')
    return { kind: 'exists', path: readPath(cursor), not }
  }
  const path = readPath(cursor)
  const not = cursor.takeIf('NOT')
  if (cursor.takeIf('IN')) return { kind: 'in', path, not, set: readSet(cursor) }
  const operator = readOperator(cursor)
  const { at } = cursor.token
  const isEquality = operator === '=' || operator === '!='
  const literal: Literal = TEXT_OPERATORS.includes(operator)
    ? { kind: 'string', value: cursor.literalOf('string') }
    : readLiteral(cursor, isEquality)
  if (isEquality) checkDigest(path, literal, at)
  return { kind: 'compare', path, not, operator, literal }
}

function readOperator(cursor: TokenCursor): Operator {
  const { kind, text } = cursor.token
  const operator =
    kind === 'mark'
      ? ORDERS[text]
      : TEXT_OPERATORS.find((word) => kind === 'keyword' && word === text)
  if (operator === undefined) return cursor.refuse('an operator')
  cursor.take()
  return operator
}

function readSet(cursor: TokenCursor): readonly Literal[] {
  cursor.expect('(')
  if (cursor.takeIf(')')) return []
  const set = [readLiteral(cursor, true)]
  while (cursor.takeIf(',')) set.push(readLiteral(cursor, true))
  cursor.expect(')')
  return set
}

function readLiteral(cursor: TokenCursor, isBooleanAllowed: boolean): Literal {
  const { kind } = cursor.token
  if (!LITERALS.includes(kind) || (kind === 'boolean' && !isBooleanAllowed))
    cursor.refuse('a constant')
  const { text } = cursor.take()
  if (kind === 'integer' || kind === 'float') return { kind, value: Number(text) }
  if (kind === 'boolean') return { kind, value: text === 'true' }
  if (kind === 'binary') return { kind, value: Buffer.from(text, 'base64') }
  if (kind === 'hex') return { kind, value: Buffer.from(text, 'hex') }
  return { kind: kind === 'timestamp' ? kind : 'string', value: text }
}

function readPath(cursor: TokenCursor): ObjectPath {
  const { kind } = cursor.token
  if (kind !== 'name' && kind !== 'hyphenated') cursor.refuse('a type of object')
  const type = cursor.take().text
  cursor.expect(':')
  const steps: PathStep[] = [readProperty(cursor)]
  for (;;) {
    if (cursor.takeIf('.')) steps.push(readProperty(cursor))
    else if (cursor.takeIf('[')) steps.push(readIndex(cursor))
    else return { type, steps }
  }
}

function readProperty(cursor: TokenCursor): PathStep {
  return { kind: 'property', name: cursor.literalOf('name', 'string') }
}

function readIndex(cursor: TokenCursor): PathStep {
  const step: PathStep = cursor.takeIf('*')
    ? { kind: 'any' }
    : { kind: 'index', index: Number(cursor.literalOf('integer')) }
  cursor.expect(']')
  return step
}

const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'MD5',
  SHA1: 'SHA-1',
  SHA256: 'SHA-256',
  SHA512: 'SHA-512',
  SHA3256: 'SHA3-256',
  SHA3512: 'SHA3-512',
}

/** A digest of the wrong length can never be met: somebody cut it. */
function checkDigest({ steps }: ObjectPath, literal: Literal, at: number): void {
  const [before, last] = steps.slice(-2)
  if (before?.kind !== 'property' || last?.kind !== 'property' || literal.kind !== 'string') return
  if (!/(?:^|_)hashes$/.test(before.name)) return
  const algorithm = ALGORITHMS[last.name.toUpperCase().replaceAll('-', '')]
  if (algorithm === undefined || isDigest(algorithm, literal.value)) return
  throw new Unexpected(at, `${literal.value.slice(0, 50)} is not a ${algorithm} digest`)
}
