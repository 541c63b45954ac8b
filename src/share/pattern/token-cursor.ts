// A place among the words of a pattern: what stands there, going on, and refusing with the place and what was expected.

import type { Token, TokenKind } from './pattern-tokens.ts'

/** Brackets within brackets; whoever writes more wants to see this program fall. */
const MOST_DEPTH = 64
const END: Token = { kind: 'end', text: '', at: 0 }

/** Caught where the pattern was given. */
export class Unexpected extends Error {
  readonly at: number
  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

export class TokenCursor {
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  get token(): Token {
    return this.#tokens[this.#at] ?? END
  }

  take(): Token {
    const { token } = this
    this.#at += 1
    return token
  }

  is(text: string): boolean {
    const { kind, text: met } = this.token
    return (kind === 'keyword' || kind === 'mark') && met === text
  }

  takeIf(text: string): boolean {
    const is = this.is(text)
    if (is) this.#at += 1
    return is
  }

  expect(text: string): void {
    if (!this.takeIf(text)) this.refuse(text)
  }

  literalOf(...kinds: readonly TokenKind[]): string {
    if (!kinds.includes(this.token.kind)) this.refuse(kinds.join(' or '))
    return this.take().text
  }

  refuse(expected: string): never {
    const { kind, text, at } = this.token
    const met = kind === 'end' ? 'the pattern ends' : `met ${text.slice(0, 50)}`
    throw new Unexpected(at, `${met}, expected ${expected}`)
  }

  within<T>(read: () => T): T {
    this.#depth += 1
    if (this.#depth > MOST_DEPTH)
      throw new Unexpected(this.token.at, `more than ${MOST_DEPTH} brackets within one another`)
    const result = read()
    this.#depth -= 1
    return result
  }
}
