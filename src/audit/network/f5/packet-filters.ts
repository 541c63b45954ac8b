// Packet filters of a BIG-IP: in order, each with an expression of libpcap. Off until they are turned on (F5, "TMOS: Routing
// Administration", Packet Filters).

import { ANY_SERVICE } from '../../packets/services.ts'
import type { Policy, PolicyRule } from '../device.ts'
import { between } from '../parts.ts'
import { ruleOf } from '../rule-of.ts'
import { valueAt, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'
import { readExpression } from './expression.ts'
import { objectsAt, shortName, systemValue } from './names.ts'

/** `undefined`: there is none, or it is off. */
export function packetFilters(root: Twig): Policy | undefined {
  const twigs = [...objectsAt(root, 'net', 'packet-filter').values()].toSorted(
    (a, b) => orderOf(a) - orderOf(b),
  )
  const said = systemValue(root, 'packetfilter')
  if (said === undefined ? twigs.length === 0 : said.startsWith('disable')) return undefined
  const rules = twigs.flatMap(rulesOf)
  const isOpen = !/^(?:discard|reject)$/.test(
    systemValue(root, 'packetfilter.defaultaction') ?? 'accept',
  )
  return {
    name: 'packet-filter',
    // Nobody says whether they are on.
    rules: said === undefined ? rules.map(unsure) : rules,
    fallback: isOpen ? 'permit' : 'deny',
    isStateful: true,
    sees: 'before',
  }
}

function unsure(rule: PolicyRule): PolicyRule {
  return { ...rule, certainty: 'unknown', because: ['sys db packetfilter', ...rule.because] }
}

function orderOf(twig: Twig): number {
  const order = Number(valueAt(twig, 'order') ?? 0)
  return Number.isFinite(order) ? order : 0
}

/** One rule for each way in which its expression may hold. */
function rulesOf(twig: Twig): readonly PolicyRule[] {
  const action = valueAt(twig, 'action') ?? ''
  if (action === 'continue') return []
  const vlans = valuesAt(twig, 'vlan').map(shortName)
  const text = valueAt(twig, 'rule') ?? ''
  const read = readExpression(text)
  const unread = read === undefined ? { unread: [text] } : {}
  return (read ?? [{ source: undefined, destination: undefined, services: [ANY_SERVICE] }]).map(
    (traffic) =>
      between(
        ruleOf({
          action: action === 'accept' ? 'permit' : 'deny',
          ...traffic,
          ...unread,
          first: twig.first,
          last: twig.last,
          label: shortName(twig.word),
          text: `${action} ${text}`,
        }),
        vlans.length === 0 ? null : vlans,
        null,
      ),
  )
}
