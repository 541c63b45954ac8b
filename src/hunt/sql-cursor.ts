// Tokens on one side, checked SQL on the other. Every piece written is a fixed keyword, a quoted name, an escaped string, a
// number or an allowed function: nothing a person typed reaches the engine as it was typed.

import { HuntTrouble, huntProblem, placeOf, shown } from './problem.ts'
import type { HuntDetails, HuntProblemKind } from './problem.ts'
import { isNotOffered, isReserved } from './sql-keywords.ts'
import type { SqlToken } from './sql-tokens.ts'

const MOST_DEPTH = 50
const MOST_NAME = 128
/** A named subquery may be used several times, and such uses multiply: this many readings of tables in all. */
const MOST_READINGS = 64

/** A named subquery: what it is called in the SQL written, and how many tables one use of it reads. */
export type NamedQuery = { readonly written: string; readonly readings: number }

/** Given from outside, since queries hold expressions and expressions hold queries. */
export type SqlGrammar = {
  readonly query: (cursor: SqlCursor) => void
  /** With the name that AS may give it. */
  readonly expression: (cursor: SqlCursor) => void
  /** Without. */
  readonly unnamed: (cursor: SqlCursor) => void
  /** Tables that may be read. */
  readonly tables: ReadonlySet<string>
  /** A function as the engine writes it; undefined for one that may not be called. */
  readonly functionOf: (name: string) => string | undefined
}

export class SqlCursor {
  readonly #sql: string
  readonly #tokens: readonly SqlToken[]
  readonly grammar: SqlGrammar
  readonly #written: string[] = []
  readonly #scopes: Map<string, NamedQuery>[] = []
  #next = 0
  #depth = 0
  #named = 0
  #readings = 0

  constructor(sql: string, tokens: readonly SqlToken[], grammar: SqlGrammar) {
    this.#sql = sql
    this.#tokens = tokens
    this.grammar = grammar
  }

  get written(): string {
    return this.#written.join(' ')
  }

  /** How much is written so far; `writtenSince` gives what came after. */
  get mark(): number {
    return this.#written.length
  }

  writtenSince(mark: number): readonly string[] {
    return this.#written.slice(mark)
  }

  get isAtEnd(): boolean {
    return this.#next >= this.#tokens.length
  }

  peek(ahead = 0): SqlToken | undefined {
    return this.#tokens[this.#next + ahead]
  }

  take(): SqlToken {
    const token = this.#tokens[this.#next++]
    if (token !== undefined) return token
    throw new HuntTrouble(huntProblem('sql_unexpected_end', {}))
  }

  isWord(keyword: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token?.kind === 'word' && token.text.toUpperCase() === keyword
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token?.kind === 'symbol' && token.text === symbol
  }

  /** Takes and writes the keywords if they come next, all of them. */
  acceptWords(...keywords: readonly string[]): boolean {
    if (!keywords.every((keyword, ahead) => this.isWord(keyword, ahead))) return false
    this.#next += keywords.length
    this.write(keywords.join(' '))
    return true
  }

  acceptSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false
    this.#next++
    this.write(symbol)
    return true
  }

  expectWords(...keywords: readonly string[]): void {
    if (!this.acceptWords(...keywords)) this.refuse()
  }

  expectSymbol(symbol: string): void {
    if (!this.acceptSymbol(symbol)) this.refuse()
  }

  /** A name that is no keyword, as it was meant; nothing is written. */
  takeName(): string {
    const token = this.peek()
    if (token === undefined) return this.refuse()
    if (token.kind !== 'name' && (token.kind !== 'word' || isReserved(token.text)))
      return this.refuse()
    // Control characters have no place in a name, and could end the text early for the engine.
    if (token.text === '' || token.text.length > MOST_NAME || /\p{Cc}/u.test(token.text))
      return this.refuse()
    this.#next++
    return token.text
  }

  write(text: string): void {
    this.#written.push(text)
  }

  writeName(name: string): void {
    this.write(`\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``)
  }

  /** `separator`-ed items, at least one. */
  list(readItem: () => void): void {
    readItem()
    while (this.acceptSymbol(',')) readItem()
  }

  deeper(read: () => void): void {
    this.#depth++
    if (this.#depth > MOST_DEPTH) this.fail('sql_too_deep', {})
    read()
    this.#depth--
  }

  /** Names made inside are unknown outside. */
  inScope(read: () => void): void {
    this.#scopes.push(new Map())
    read()
    this.#scopes.pop()
  }

  /** Gives a named subquery a name of ours, so that it can never mean a table of the database. */
  defineQuery(name: string, read: (written: string) => void): void {
    const written = `hunt_query_${++this.#named}`
    const before = this.#readings
    read(written)
    const readings = Math.max(1, this.#readings - before)
    this.#readings = before
    this.#scopes.at(-1)?.set(name, { written, readings })
  }

  findQuery(name: string): NamedQuery | undefined {
    return this.#scopes.findLast((scope) => scope.has(name))?.get(name)
  }

  countReadings(readings: number): void {
    this.#readings += readings
    if (this.#readings > MOST_READINGS) this.fail('sql_too_deep', {})
  }

  /** A query or a list in parentheses, each a level deeper. */
  inParentheses(read: () => void): void {
    this.deeper(() => {
      this.expectSymbol('(')
      read()
      this.expectSymbol(')')
    })
  }

  /** `(SELECT …)` or `(WITH …)` comes next, perhaps in further parentheses. */
  get isSubqueryNext(): boolean {
    let ahead = 0
    while (this.isSymbol('(', ahead)) ahead++
    return ahead > 0 && (this.isWord('SELECT', ahead) || this.isWord('WITH', ahead))
  }

  subquery(): void {
    this.inParentheses(() => this.grammar.query(this))
  }

  expression(): void {
    this.grammar.expression(this)
  }

  operand(): void {
    this.grammar.unnamed(this)
  }

  /** Refuses the next token. */
  refuse(): never {
    const token = this.peek()
    if (token === undefined) return this.fail('sql_unexpected_end', {})
    if (token.kind === 'word' && isNotOffered(token.text)) {
      return this.fail('sql_not_offered', { met: token.text.toUpperCase() })
    }
    return this.fail('sql_unexpected', { met: shown(token.text) })
  }

  fail<K extends HuntProblemKind>(kind: K, details: HuntDetails<K>, at?: SqlToken): never {
    const token = at ?? this.peek() ?? this.#tokens.at(-1)
    throw new HuntTrouble(huntProblem(kind, details, placeOf(this.#sql, token?.at ?? 0)))
  }
}
