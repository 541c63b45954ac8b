// A rule between interfaces that is about every packet: a security level, a zone, a switch that may not route.

import type { PolicyRule } from './device.ts'
import { EVERY_PACKET } from './rule-of.ts'

type Wide = Pick<PolicyRule, 'from' | 'to' | 'label'> & {
  readonly line: number
  readonly certainty?: PolicyRule['certainty']
  readonly because?: readonly string[]
}

export function wide({
  from,
  to,
  label,
  line,
  certainty = 'sure',
  because = [],
}: Wide): PolicyRule {
  return {
    action: 'permit',
    certainty,
    match: EVERY_PACKET,
    because,
    first: line,
    last: line,
    label,
    text: label,
    from,
    to,
  }
}
