// The boolean form of a rule over numbered atoms, and what can be said of it before any row is looked at.

export type Expression =
  | { readonly kind: 'true' | 'false' }
  /** `field` is the name the rule uses, for reasons. */
  | { readonly kind: 'atom'; readonly id: number; readonly field: string }
  | { readonly kind: 'and' | 'or'; readonly items: readonly Expression[] }
  | { readonly kind: 'not'; readonly item: Expression }
  /** A selection of the rule, kept so that a reason can name it. */
  | { readonly kind: 'named'; readonly name: string; readonly item: Expression }

export const TRUE: Expression = { kind: 'true' }
export const FALSE: Expression = { kind: 'false' }

/** What is known of an atom: `undefined` where only the row can say. */
export type Known = (id: number) => boolean | undefined

/** The expression with everything known put in place; what cannot matter any more is gone. */
export function fold(expression: Expression, known: Known): Expression {
  switch (expression.kind) {
    case 'atom': {
      const value = known(expression.id)
      return value === undefined ? expression : value ? TRUE : FALSE
    }
    case 'named': {
      const item = fold(expression.item, known)
      return isConstant(item) ? item : { ...expression, item }
    }
    case 'not':
      return negated(fold(expression.item, known))
    case 'and':
    case 'or':
      return foldGroup(expression.kind, expression.items, known)
    case 'true':
    case 'false':
    default:
      return expression
  }
}

function isConstant({ kind }: Expression): boolean {
  return kind === 'true' || kind === 'false'
}

function negated(item: Expression): Expression {
  if (item.kind === 'true') return FALSE
  if (item.kind === 'false') return TRUE
  return { kind: 'not', item }
}

function foldGroup(kind: 'and' | 'or', items: readonly Expression[], known: Known): Expression {
  const stop = kind === 'and' ? 'false' : 'true'
  const left: Expression[] = []
  for (const item of items) {
    const folded = fold(item, known)
    if (folded.kind === stop) return folded
    if (!isConstant(folded)) left.push(folded)
  }
  const [only] = left
  if (only === undefined) return kind === 'and' ? TRUE : FALSE
  return left.length === 1 ? only : { kind, items: left }
}

/** Every atom the expression asks about. */
export function atomsOf(expression: Expression, into = new Set<number>()): Set<number> {
  if (expression.kind === 'atom') into.add(expression.id)
  else if (expression.kind === 'and' || expression.kind === 'or')
    for (const item of expression.items) atomsOf(item, into)
  else if (expression.kind === 'not' || expression.kind === 'named') atomsOf(expression.item, into)
  return into
}

/** Whether a row on which no atom holds could still meet it: such a row has to be kept too. */
export function holdsOnNothing(expression: Expression): boolean {
  return fold(expression, () => false).kind === 'true'
}

export function renumber(expression: Expression, ids: readonly number[]): Expression {
  switch (expression.kind) {
    case 'atom':
      return { ...expression, id: ids[expression.id] ?? 0 }
    case 'and':
    case 'or':
      return { kind: expression.kind, items: expression.items.map((item) => renumber(item, ids)) }
    case 'not':
      return { kind: 'not', item: renumber(expression.item, ids) }
    case 'named':
      return { ...expression, item: renumber(expression.item, ids) }
    case 'true':
    case 'false':
    default:
      return expression
  }
}

/** The condition over an array of the atoms that hold on a row. */
export function overIds(expression: Expression, ids: string): string {
  switch (expression.kind) {
    case 'true':
      return '1'
    case 'false':
      return '0'
    case 'atom':
      return `has(${ids}, ${expression.id})`
    case 'not':
      return `(NOT ${overIds(expression.item, ids)})`
    case 'named':
      return overIds(expression.item, ids)
    case 'and':
    case 'or':
      return groupOverIds(expression.kind, expression.items, ids)
    default:
      return '0'
  }
}

function groupOverIds(kind: 'and' | 'or', items: readonly Expression[], ids: string): string {
  const atoms = items.flatMap((item) => (item.kind === 'atom' ? [item.id] : []))
  const others = items.filter((item) => item.kind !== 'atom').map((item) => overIds(item, ids))
  const together = kind === 'and' ? 'hasAll' : 'hasAny'
  const own =
    atoms.length === 0
      ? []
      : [
          atoms.length === 1
            ? `has(${ids}, ${atoms[0]})`
            : `${together}(${ids}, [${atoms.join(',')}])`,
        ]
  return `(${[...own, ...others].join(kind === 'and' ? ' AND ' : ' OR ')})`
}

/** The condition with each atom written out. */
export function writtenOut(expression: Expression, atomSql: (id: number) => string): string {
  switch (expression.kind) {
    case 'true':
      return '1'
    case 'false':
      return '0'
    case 'atom':
      return atomSql(expression.id)
    case 'not':
      return `NOT (${writtenOut(expression.item, atomSql)})`
    case 'named':
      return writtenOut(expression.item, atomSql)
    case 'and':
    case 'or': {
      const word = expression.kind === 'and' ? ' AND ' : ' OR '
      return `(${expression.items.map((item) => writtenOut(item, atomSql)).join(word)})`
    }
    default:
      return '0'
  }
}
