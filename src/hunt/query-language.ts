// The query people type: `field:value`, words, "phrases", AND, OR, NOT, parentheses. Text in, a tree out; or where it fails.
//
//   query  := either ( OR either )*            either := one ( [AND] one )*          one := [NOT | -] one | ( query ) | term
//   term   := word | "phrase" | field: value | field: > value | field: ( value OR value, … )

import { HuntTrouble, huntProblem, placeOf, reading, shown } from './problem.ts'
import type { HuntDetails, HuntProblemKind, HuntResult } from './problem.ts'
import type { QueryText, QueryToken } from './query-tokens.ts'
import { queryTokens } from './query-tokens.ts'

export type Comparison = '=' | '<' | '<=' | '>' | '>='

export type QueryNode =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly node: QueryNode }
  | { readonly kind: 'words'; readonly value: QueryText; readonly at: number }
  | { readonly kind: 'exists'; readonly field: string; readonly at: number }
  | {
      readonly kind: 'field'
      readonly field: string
      readonly comparison: Comparison
      readonly value: QueryText
      readonly at: number
    }

/** A comparison of one field with one value. */
export type FieldNode = QueryNode & { readonly kind: 'field' }

const MOST_TERMS = 500
const MOST_DEPTH = 40

/** Never throws: what cannot be read comes back as a problem with its place. */
export function readQuery(query: string): HuntResult<QueryNode> {
  return reading(() => {
    const reader = new QueryReader(query, queryTokens(query))
    return reader.whole()
  })
}

class QueryReader {
  readonly #query: string
  readonly #tokens: readonly QueryToken[]
  #next = 0
  #terms = 0
  #depth = 0

  constructor(query: string, tokens: readonly QueryToken[]) {
    this.#query = query
    this.#tokens = tokens
  }

  whole(): QueryNode {
    if (this.#tokens.length === 0) return { kind: 'all' }
    const node = this.#either()
    const rest = this.#peek()
    if (rest !== undefined) this.#fail('stray_parenthesis', {}, rest.at)
    return node
  }

  #either(): QueryNode {
    const nodes = [this.#both()]
    while (this.#accept('or')) nodes.push(this.#both())
    return oneOf('or', nodes)
  }

  #both(): QueryNode {
    const nodes = [this.#one()]
    for (;;) {
      const token = this.#peek()
      if (token === undefined || token.kind === 'or' || token.kind === 'close')
        return oneOf('and', nodes)
      if (token.kind === 'and') this.#next++
      nodes.push(this.#one())
    }
  }

  #one(): QueryNode {
    const token = this.#take()
    switch (token.kind) {
      case 'not':
        return { kind: 'not', node: this.#deeper(token.at, () => this.#one()) }
      case 'open':
        return this.#deeper(token.at, () => this.#inside(token.at))
      case 'field':
        return this.#field(token)
      case 'value':
        this.#count(token.at)
        return { kind: 'words', value: token.value, at: token.at }
      case 'close':
        return this.#fail('stray_parenthesis', {}, token.at)
      case 'and':
      case 'or':
      case 'comma':
      case 'operator':
        break
    }
    const before = shown(this.#query.slice(0, token.at))
    return this.#fail('missing_term', { after: before === '' ? token.text : before }, token.at)
  }

  #inside(openedAt: number): QueryNode {
    const node = this.#either()
    if (!this.#accept('close')) this.#fail('unclosed_parenthesis', {}, openedAt)
    return node
  }

  #field(field: QueryToken & { kind: 'field' }): QueryNode {
    const token = this.#peek()
    const end = field.at + field.text.length
    if (token === undefined || token.at !== end)
      return this.#fail('missing_value', { field: field.name }, field.at)
    if (token.kind === 'open') return this.#list(field)
    this.#next++
    if (token.kind === 'operator') return this.#compared(field, token)
    if (token.kind === 'value') return this.#condition(field, '=', token)
    return this.#fail('missing_value', { field: field.name }, field.at)
  }

  #compared(field: QueryToken & { kind: 'field' }, operator: QueryToken): QueryNode {
    const token = this.#peek()
    if (token?.kind !== 'value')
      return this.#fail('missing_value', { field: field.name }, operator.at)
    this.#next++
    const comparison = COMPARISONS[operator.text] ?? '='
    return this.#condition(field, comparison, token)
  }

  /** `field:(a OR b, c)` */
  #list(field: QueryToken & { kind: 'field' }): QueryNode {
    const open = this.#take()
    const nodes: QueryNode[] = []
    for (;;) {
      const token = this.#peek()
      if (token?.kind !== 'value') {
        return token === undefined
          ? this.#fail('unclosed_parenthesis', {}, open.at)
          : this.#fail('missing_value', { field: field.name }, token.at)
      }
      this.#next++
      nodes.push(this.#condition(field, '=', token))
      if (this.#accept('close')) return oneOf('or', nodes)
      if (!this.#accept('or') && !this.#accept('comma')) this.#brokenList(open.at)
    }
  }

  #brokenList(openedAt: number): never {
    const token = this.#peek()
    if (token === undefined) this.#fail('unclosed_parenthesis', {}, openedAt)
    return this.#fail('list_separator', { met: shown(token.text) }, token.at)
  }

  #condition(
    { name: field, at }: QueryToken & { kind: 'field' },
    comparison: Comparison,
    { value }: QueryToken & { kind: 'value' },
  ): QueryNode {
    this.#count(at)
    if (comparison === '=' && value.like === '%') return { kind: 'exists', field, at }
    return { kind: 'field', field, comparison, value, at }
  }

  #count(at: number): void {
    this.#terms++
    if (this.#terms > MOST_TERMS) this.#fail('too_many_terms', { most: MOST_TERMS }, at)
  }

  #deeper(at: number, read: () => QueryNode): QueryNode {
    this.#depth++
    if (this.#depth > MOST_DEPTH) this.#fail('too_deep', {}, at)
    const node = read()
    this.#depth--
    return node
  }

  #peek(): QueryToken | undefined {
    return this.#tokens[this.#next]
  }

  #take(): QueryToken {
    const token = this.#tokens[this.#next++]
    if (token !== undefined) return token
    const before = this.#tokens.at(-1)
    return before?.kind === 'open'
      ? this.#fail('unclosed_parenthesis', {}, before.at)
      : this.#fail('missing_term', { after: shown(before?.text ?? '') }, before?.at ?? 0)
  }

  #accept(kind: QueryToken['kind']): boolean {
    if (this.#peek()?.kind !== kind) return false
    this.#next++
    return true
  }

  #fail<K extends HuntProblemKind>(kind: K, details: HuntDetails<K>, at: number): never {
    throw new HuntTrouble(huntProblem(kind, details, placeOf(this.#query, at)))
  }
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

function oneOf(kind: 'and' | 'or', nodes: readonly QueryNode[]): QueryNode {
  const [first] = nodes
  return nodes.length === 1 && first !== undefined ? first : { kind, nodes }
}
