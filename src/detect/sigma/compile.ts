// A rule on one route of its log source: the same conditions, asked of columns.

import { makeAtom } from './atom.ts'
import type { Atom } from './atom.ts'
import type { Condition } from './condition.ts'
import { TRUE } from './expression.ts'
import type { Expression } from './expression.ts'
import type { Route } from './logsource.ts'
import { resolveField } from './resolve-field.ts'
import type { Detection, Item, LoadedRule, Selection, Test } from './rule.ts'
import { parseText } from './sigma-text.ts'

/** Gives an atom its number; the same atom always gets the same one. */
export type Intern = (atom: Atom) => number

export function compileOnRoute(rule: LoadedRule, route: Route, intern: Intern): Expression {
  const compiler = new RouteCompiler(route, intern)
  const sought = compiler.detection(rule)
  const accepted = rule.filters.map((filter): Expression => ({
    kind: 'not',
    item: compiler.detection(filter),
  }))
  const extra = [...compiler.routeConditions(), ...accepted]
  return extra.length === 0 ? sought : { kind: 'and', items: [...extra, sought] }
}

class RouteCompiler {
  readonly #route: Route
  readonly #intern: Intern

  constructor(route: Route, intern: Intern) {
    this.#route = route
    this.#intern = intern
  }

  detection({ selections, condition }: Detection): Expression {
    return this.#condition(condition, selections)
  }

  #condition(condition: Condition, selections: Detection['selections']): Expression {
    switch (condition.kind) {
      case 'selection': {
        const selection = selections.get(condition.name)
        return {
          kind: 'named',
          name: condition.name,
          item: selection === undefined ? TRUE : this.#selection(selection),
        }
      }
      case 'not':
        return { kind: 'not', item: this.#condition(condition.item, selections) }
      case 'and':
      case 'or':
        return {
          kind: condition.kind,
          items: condition.items.map((item) => this.#condition(item, selections)),
        }
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
