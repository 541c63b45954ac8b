// The firewall of a BIG-IP (AFM): a policy for all, then one for each route domain. A packet has to pass both; "accept-decisively" ends it
// (F5, "BIG-IP Network Firewall: Policies and Implementations").

import { ANY_ADDRESS } from '../../packets/addresses.ts'
import { ranges, spansOf } from '../../packets/ranges.ts'
import type { Ranges } from '../../packets/ranges.ts'
import { icmpType, protocolNumber } from '../../packets/services.ts'
import type { Policy, PolicyRule } from '../device.ts'
import { between } from '../parts.ts'
import { ruleOf } from '../rule-of.ts'
import { at, childrenAt, valueAt, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'
import { addressesHere, isDisabled, objectsAt, portsHere, shortName, systemValue } from './names.ts'

export function firewallPolicies(root: Twig): readonly Policy[] {
  const everywhere = childrenAt(root, 'security', 'firewall')
    .filter(({ word }) => word === 'global-rules')
    .map((twig) => valueAt(twig, 'enforced-policy'))
  const domains = [...objectsAt(root, 'net', 'route-domain').values()].map((twig) =>
    valueAt(twig, 'fw-enforced-policy'),
  )
  const policies = [...everywhere, ...domains].flatMap((name) =>
    name === undefined ? [] : [policyNamed(name, root)],
  )
  const decisive = policies.flatMap(({ decided }) => decided)
  return policies.map(({ policy }, index) =>
    index === 0 ? policy : { ...policy, rules: [...decisive, ...policy.rules] },
  )
}

type Found = { readonly policy: Policy; readonly decided: readonly PolicyRule[] }

function policyNamed(name: string, root: Twig): Found {
  const twig = objectsAt(root, 'security', 'firewall', 'policy').get(shortName(name))
  const rules = twig === undefined ? [] : rulesIn(twig, root, 0)
  const isOpen = !/^(?:drop|reject)$/.test(systemValue(root, 'tm.fw.defaultaction') ?? '')
  const policy: Policy = {
    name: shortName(name),
    rules: rules.map(({ rule }) => rule),
    fallback: isOpen ? 'permit' : 'deny',
    isStateful: true,
    sees: 'before',
    ...(twig === undefined ? { isPartial: true } : {}),
  }
  return { policy, decided: rules.flatMap(({ rule, isLast }) => (isLast ? [rule] : [])) }
}

type Judged = { readonly rule: PolicyRule; readonly isLast: boolean }

/** Deepest that a policy names lists of rules. */
const DEEPEST = 4

function rulesIn(twig: Twig, root: Twig, depth: number): readonly Judged[] {
  return childrenAt(twig, 'rules').flatMap((one) => {
    if (isDisabled(one)) return []
    const list = valueAt(one, 'rule-list')
    if (list === undefined) return [ruleIn(one, root)]
    const named = objectsAt(root, 'security', 'firewall', 'rule-list').get(shortName(list))
    return named === undefined || depth > DEEPEST
      ? [ruleIn(one, root, [list])]
      : rulesIn(named, root, depth + 1)
  })
}

const READ = new Set([
  'action',
  'ip-protocol',
  'icmp',
  'source',
  'destination',
  'description',
  'log',
  'status',
  'rule-number',
  'uuid',
  'app-service',
])
const SIDE = new Set(['addresses', 'address-lists', 'ports', 'port-lists', 'vlans'])

function ruleIn(twig: Twig, root: Twig, unread: readonly string[] = []): Judged {
  const action = valueAt(twig, 'action') ?? ''
  const [source, destination] = [at(twig, 'source'), at(twig, 'destination')]
  const from = addressesHere(source, root)
  const to = addressesHere(destination, root)
  const vlans = valuesAt(source, 'vlans').map(shortName)
  const isAccept = /^accept(?:-decisively)?$/.test(action) || unread.length > 0
  const rule = ruleOf({
    action: isAccept ? 'permit' : 'deny',
    source: from === null ? ANY_ADDRESS : from,
    destination: to === null ? ANY_ADDRESS : to,
    services: servicesOf(twig, root),
    conditions: [
      ...valuesAt(twig).filter((word) => !READ.has(word)),
      ...[source, destination].flatMap((side) => valuesAt(side).filter((word) => !SIDE.has(word))),
    ],
    unread: [
      ...unread,
      ...(isAccept || /^(?:drop|reject)$/.test(action) ? [] : [`action ${action}`]),
    ],
    first: twig.first,
    last: twig.last,
    label: twig.word,
    text: `${twig.word}: ${action}`,
  })
  return {
    rule: between(rule, vlans.length === 0 ? null : vlans, null),
    isLast: action === 'accept-decisively',
  }
}

function servicesOf(twig: Twig, root: Twig) {
  const name = valueAt(twig, 'ip-protocol') ?? 'any'
  const number = protocolNumber(name)
  const source = portsHere(at(twig, 'source'), root)
  const ports = portsHere(at(twig, 'destination'), root)
  const icmp = messagesOf(valuesAt(twig, 'icmp'), number === 58 ? 6 : 4)
  if ((number === undefined && name !== 'any') || source === undefined || ports === undefined)
    return undefined
  if (icmp === undefined) return undefined
  const protocols: Ranges | null = number === undefined ? null : [number, number]
  return [{ protocols, destination: icmp ?? ports, source }]
}

/** `8:0`, `echo`, `any`; `null`: every message. */
function messagesOf(words: readonly string[], family: 4 | 6): Ranges | null | undefined {
  if (words.length === 0 || words.includes('any')) return null
  const all = words.map((word) => {
    const [type = '', code] = word.split(':')
    return icmpType(type, code, family)
  })
  return all.includes(undefined) ? undefined : ranges(all.flatMap((one) => spansOf(one ?? [])))
}
