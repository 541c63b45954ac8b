// From what was read of a rule to the rule: what was not understood of it makes it unknown, never silent.

import { ANY_ADDRESS } from '../packets/addresses.ts'
import type { Addresses } from '../packets/addresses.ts'
import { matchOf } from '../packets/match.ts'
import type { Rule } from '../packets/rule.ts'
import { ANY_SERVICE } from '../packets/services.ts'
import type { Service } from '../packets/services.ts'

/** Gathers what a rule wants; `undefined` where it is written in a way that is not understood. */
export type RuleParts = {
  readonly action: Rule['action']
  readonly source: Addresses | undefined
  readonly destination: Addresses | undefined
  readonly services: readonly Service[] | undefined
  /** Applications, users, times: what a header does not say. */
  readonly conditions?: readonly string[]
  /** Words that were not understood. */
  readonly unread?: readonly string[]
  readonly first: number
  readonly last: number
  readonly label: string
  readonly text: string
}

const TEXT_SHOWN = 240

export function ruleOf(parts: RuleParts): Rule {
  const { action, source, destination, services, first, last, label } = parts
  const conditions = parts.conditions ?? []
  const match = matchOf({
    source: source ?? ANY_ADDRESS,
    destination: destination ?? ANY_ADDRESS,
    services: services ?? [ANY_SERVICE],
  })
  const unread = [
    ...(parts.unread ?? []),
    ...(source === undefined ? ['source'] : []),
    ...(destination === undefined ? ['destination'] : []),
    ...(services === undefined ? ['service'] : []),
    ...(match === undefined ? ['size'] : []),
  ]
  const isUnknown = unread.length > 0
  return {
    action,
    certainty: isUnknown ? 'unknown' : conditions.length > 0 ? 'conditional' : 'sure',
    match: match ?? EVERY_PACKET,
    because: isUnknown ? unread : conditions,
    first,
    last,
    label,
    text: parts.text.slice(0, TEXT_SHOWN),
  }
}

/** Every packet of both families. */
export const EVERY_PACKET: Rule['match'] = matchOf({
  source: ANY_ADDRESS,
  destination: ANY_ADDRESS,
  services: [ANY_SERVICE],
}) ?? { 4: [], 6: [] }
