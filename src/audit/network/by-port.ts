// A list at a port of a switch is met by those alone who come in there, and configurations do not say who stands behind a port.

import type { Filter } from '../packets/rule.ts'
import { EVERY_PACKET } from './rule-of.ts'

/** What the list permits passes wherever it comes from; what it stops passes for whoever comes in elsewhere. */
export function byPort(filter: Filter, port: string): Filter {
  const because = [`port ${port}`]
  const rules = filter.rules.map((rule) =>
    rule.action === 'permit'
      ? rule
      : {
          ...rule,
          certainty: rule.certainty === 'unknown' ? rule.certainty : ('conditional' as const),
          because: [...because, ...rule.because],
        },
  )
  if (filter.fallback === 'permit' && filter.isPartial !== true) return { ...filter, rules }
  const last = rules.at(-1)?.last ?? 1
  const elsewhere = {
    action: 'permit',
    certainty: 'conditional',
    match: EVERY_PACKET,
    because,
    first: last,
    last,
    label: filter.name,
    text: '',
  } as const
  return { ...filter, rules: [...rules, elsewhere] }
}
