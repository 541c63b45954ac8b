// A list at a port of a switch is met by those alone who come in there, and configurations do not say who stands behind a port.

import type { Filter } from '../packets/rule.ts'
import type { NetworkInterface } from './device.ts'
import { EVERY_PACKET } from './rule-of.ts'

/**
 * Lists of the ports that do not route join those of the interfaces that route for them: of every VLAN, because membership is told in as
 * many ways as there are makes.
 */
export function withPortLists<One extends NetworkInterface>(
  all: readonly One[],
  isVlan: (one: One) => boolean,
): readonly One[] {
  const ports = all.filter((one) => !isRouted(one) && !isVlan(one))
  const of = (side: 'ingress' | 'egress') =>
    ports.flatMap((one) => one[side].map((filter) => byPort(filter, one.name)))
  const [ingress, egress] = [of('ingress'), of('egress')]
  return all.map((one) =>
    isVlan(one) && isRouted(one)
      ? { ...one, ingress: [...one.ingress, ...ingress], egress: [...one.egress, ...egress] }
      : one,
  )
}

export function isRouted({ prefixes, isDynamic }: NetworkInterface): boolean {
  return prefixes.length > 0 || isDynamic
}

/** What the list permits passes wherever it comes from; what it stops passes for whoever comes in elsewhere. */
function byPort(filter: Filter, port: string): Filter {
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
