// Why a rule fired: the parts of its condition that hold, by selection.

import type { Expression } from './expression.ts'

/** Whether an atom holds on the row in question. */
export type Holds = (id: number) => boolean

export type Cause = { readonly selection: string; readonly field: string; readonly atom: number }

/** The atoms that made the condition true. What had to be absent is no cause. */
export function explain(expression: Expression, holds: Holds): readonly Cause[] {
  return causes(expression, holds, '') ?? []
}

/** `undefined` when the expression does not hold. */
function causes(
  expression: Expression,
  holds: Holds,
  selection: string,
): readonly Cause[] | undefined {
  switch (expression.kind) {
    case 'true':
      return []
    case 'atom':
      return holds(expression.id)
        ? [{ selection, field: expression.field, atom: expression.id }]
        : undefined
    case 'named':
      return causes(expression.item, holds, expression.name)
    case 'not':
      return causes(expression.item, holds, selection) === undefined ? [] : undefined
    case 'and': {
      const parts = expression.items.map((item) => causes(item, holds, selection))
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined
    }
    case 'or': {
      const parts = expression.items
        .map((item) => causes(item, holds, selection))
        .filter((part) => part !== undefined)
      return parts.length === 0 ? undefined : parts.flat()
    }
    case 'false':
    default:
      return undefined
  }
}
