// Which rules fit the filter. The whole list is here already (a few thousand at most), so this needs no question to the
// station. Those that do not run come first, then the busiest.

import type { Rule } from '../../api-types.ts'
import { plainText } from '../../parts/plain-text.ts'
import type { RulesSearch } from '../../search-params.ts'

export const RULE_STATES = [
  'active',
  'refused',
  'no_route',
  'breaker',
] as const satisfies readonly Rule['state'][]

const ORDER: { readonly [S in Rule['state']]: number } = {
  breaker: 0,
  refused: 1,
  active: 2,
  no_route: 3,
}

export function filterRules(rules: readonly Rule[], search: RulesSearch): readonly Rule[] {
  const words = plainText(search.text ?? '')
    .split(/\s+/u)
    .filter(Boolean)
  return rules
    .filter(({ state, severity }) => fits(search.state, state) && fits(search.severity, severity))
    .filter((rule) => {
      const text = textOf(rule)
      return words.every((word) => text.includes(word))
    })
    .toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || b.hits - a.hits || compare(a.id, b.id))
}

function fits(asked: string | undefined, value: string): boolean {
  return asked === undefined || asked.split(',').includes(value)
}

function textOf({ id, title, attack, logsource, author }: Rule): string {
  return plainText([id, title.en, title.fr, ...attack, logsource, author].join(' '))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
