// A rule on one route of its log source: the same conditions, asked of columns.

import { makeAtom } from './atom.ts'
import type { Atom } from './atom.ts'
import type { Condition } from './condition.ts'
import { TRUE } from './expression.ts'
import type { Expression } from './expression.ts'
import type { Route } from './logsource.ts'
import { resolveField } from './resolve-field.ts'
import type { Item, LoadedRule, Selection, Test } from './rule.ts'
import { parseText } from './sigma-text.ts'

/** Gives an atom its number; the same atom always gets the same one. */
export type Intern = (atom: Atom) => number

export function compileOnRoute(rule: LoadedRule, route: Route, intern: Intern): Expression {
  const compiler = new RouteCompiler(rule, route, intern)
  const condition = compiler.condition(rule.condition)
  const extra = compiler.routeConditions()
  return extra.length === 0 ? condition : { kind: 'and', items: [...extra, condition] }
}

class RouteCompiler {
  readonly #rule: LoadedRule
  readonly #route: Route
  readonly #intern: Intern

  constructor(rule: LoadedRule, route: Route, intern: Intern) {
    this.#rule = rule
    this.#route = route
    this.#intern = intern
  }

  condition(condition: Condition): Expression {
    switch (condition.kind) {
      case 'selection': {
        const selection = this.#rule.selections.get(condition.name)
        return {
          kind: 'named',
          name: condition.name,
          item: selection === undefined ? TRUE : this.#selection(selection),
        }
      }
      case 'not':
        return { kind: 'not', item: this.condition(condition.item) }
      case 'and':
      case 'or':
        return { kind: condition.kind, items: condition.items.map((item) => this.condition(item)) }
      default:
        return TRUE
    }
  }

  /** What the route itself asks of vendor fields: any of the values given. */
  routeConditions(): readonly Expression[] {
    return Object.entries(this.#route.fieldsEqual).map(([field, values]) => {
      const tests = values.map((value): Test => ({
        kind: 'text',
        text: parseText(value),
        cased: false,
      }))
      return this.#item({ field, tests, join: 'any', negated: false })
    })
  }

  #selection(selection: Selection): Expression {
    if (selection.kind === 'item') return this.#item(selection.item)
    const items = selection.parts.map((part) => this.#selection(part))
    return { kind: selection.kind === 'all' ? 'and' : 'or', items }
  }

  #item({ field, tests, join, negated }: Item): Expression {
    const atoms = tests.map((test) => this.#atom(field, test))
    const [only] = atoms
    const item: Expression =
      only !== undefined && atoms.length === 1
        ? only
        : { kind: join === 'all' ? 'and' : 'or', items: atoms }
    return negated ? { kind: 'not', item } : item
  }

  #atom(field: string, test: Test): Expression {
    const source = resolveField(field, this.#route)
    const other = test.kind === 'field' ? resolveField(test.other, this.#route) : undefined
    return { kind: 'atom', id: this.#intern(makeAtom(source, test, other)), field }
  }
}
