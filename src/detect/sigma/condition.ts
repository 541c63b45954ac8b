// The condition of a rule: or < and < not < x of < ( ). Specification 2.1.0, "Condition".

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly items: readonly Condition[] }
  | { readonly kind: 'not'; readonly item: Condition }
  | { readonly kind: 'selection'; readonly name: string }

/** A sentence about the condition; the caller knows file and line. */
type Complaint = string

const TOKEN = /\s*(?:([()])|([A-Za-z0-9_*-]+))/y
const MAX_LENGTH = 16_384
const MAX_DEPTH = 64

/** Parses a condition over the names given. `them` and patterns become lists of selections. */
export function parseCondition(
  text: string,
  names: readonly string[],
): Result<Condition, Complaint> {
  if (text.length > MAX_LENGTH)
    return failed(`the condition is ${text.length} characters long; at most ${MAX_LENGTH} are read`)
  if (text.includes('|')) return failed(aggregation(text))
  const tokens = tokenize(text)
  if (tokens === undefined)
    return failed('the condition holds a character that has no meaning there')
  const parser = new ConditionParser(tokens, names)
  return parser.parse()
}

function aggregation(text: string): Complaint {
  const what = /\|\s*near\b/i.test(text) ? '“near”' : 'an aggregation after “|”'
  return `the condition uses ${what}, which Sigma removed in 2.0.0; write a correlation rule instead`
}

function tokenize(text: string): readonly string[] | undefined {
  const tokens: string[] = []
  const end = text.trimEnd().length
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < end) {
    const found = TOKEN.exec(text)
    if (found === null) return undefined
    tokens.push(found[1] ?? found[2] ?? '')
  }
  return tokens
}

class Unreadable extends Error {}

class ConditionParser {
  readonly #tokens: readonly string[]
  readonly #names: readonly string[]
  #at = 0
  #depth = 0

  constructor(tokens: readonly string[], names: readonly string[]) {
    this.#tokens = tokens
    this.#names = names
  }

  parse(): Result<Condition, Complaint> {
    try {
      const condition = this.#or()
      const rest = this.#tokens[this.#at]
      if (rest !== undefined)
        throw new Unreadable(`“${rest}” stands where “and”, “or” or the end was expected`)
      return ok(condition)
    } catch (thrown) {
      if (thrown instanceof Unreadable) return failed(thrown.message)
      throw thrown
    }
  }

  #or(): Condition {
    const items = [this.#and()]
    while (this.#take('or')) items.push(this.#and())
    return group('or', items)
  }

  #and(): Condition {
    const items = [this.#not()]
    while (this.#take('and')) items.push(this.#not())
    return group('and', items)
  }

  #not(): Condition {
    if (!this.#take('not')) return this.#atom()
    this.#deeper()
    const item = this.#not()
    this.#depth -= 1
    return { kind: 'not', item }
  }

  #atom(): Condition {
    const token = this.#next()
    if (token === '(') {
      this.#deeper()
      const inner = this.#or()
      this.#depth -= 1
      if (!this.#take(')')) throw new Unreadable('a “(” is never closed')
      return inner
    }
    if (this.#peekIs('of')) return this.#quantified(token)
    if (this.#names.includes(token)) return { kind: 'selection', name: token }
    throw new Unreadable(`the condition names “${token}”, which the detection does not define`)
  }

  #quantified(quantifier: string): Condition {
    this.#at += 1
    const pattern = this.#next()
    const names = this.#matching(pattern)
    if (names.length === 0)
      throw new Unreadable(`“${quantifier} of ${pattern}” matches no selection`)
    const items = names.map((name): Condition => ({ kind: 'selection', name }))
    const lower = quantifier.toLowerCase()
    if (lower === '1' || lower === 'any') return group('or', items)
    if (lower === 'all') return group('and', items)
    const count = Number(quantifier)
    if (!Number.isInteger(count) || count < 1)
      throw new Unreadable(`“${quantifier} of” is not a count; expected 1, any, all or a number`)
    return group(
      'or',
      combinations(items, count).map((some) => group('and', some)),
    )
  }

  /** `them` and patterns that do not start with `_` leave out names that do. */
  #matching(pattern: string): readonly string[] {
    const wanted = pattern.toLowerCase() === 'them' ? '*' : pattern
    return this.#names.filter(
      (name) => globMatches(wanted, name) && (wanted.startsWith('_') || !name.startsWith('_')),
    )
  }

  #next(): string {
    const token = this.#tokens[this.#at]
    if (token === undefined) throw new Unreadable('the condition ends too early')
    this.#at += 1
    return token
  }

  #peekIs(word: string): boolean {
    return this.#tokens[this.#at]?.toLowerCase() === word
  }

  #take(word: string): boolean {
    if (!this.#peekIs(word)) return false
    this.#at += 1
    return true
  }

  #deeper(): void {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH)
      throw new Unreadable(`the condition nests deeper than ${MAX_DEPTH}`)
  }
}

/** `*` stands for any run of characters. No regular expression: the pattern comes from outside. */
function globMatches(glob: string, name: string): boolean {
  const [first = '', ...others] = glob.split('*')
  const last = others.pop()
  if (last === undefined) return glob === name
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last))
    return false
  let at = first.length
  const end = name.length - last.length
  for (const piece of others) {
    const found = name.indexOf(piece, at)
    if (found === -1 || found + piece.length > end) return false
    at = found + piece.length
  }
  return true
}

function group(kind: 'and' | 'or', items: readonly Condition[]): Condition {
  const [only] = items
  return only !== undefined && items.length === 1 ? only : { kind, items }
}

const MAX_COMBINATIONS = 1000

/** `2 of x*`: every pair. Some backends read it so; the specification leaves it open. */
function combinations<T>(items: readonly T[], count: number): readonly (readonly T[])[] {
  if (count > items.length)
    throw new Unreadable(`“${count} of” asks for more selections than match (${items.length})`)
  let found: (readonly T[])[] = [[]]
  items.forEach((item, at) => {
    const longer = found.filter((some) => some.length < count).map((some) => [...some, item])
    const left = items.length - at - 1
    found = [...found, ...longer].filter((some) => some.length + left >= count)
    if (found.length > MAX_COMBINATIONS)
      throw new Unreadable(`“${count} of” makes more than ${MAX_COMBINATIONS} combinations`)
  })
  return found
}
