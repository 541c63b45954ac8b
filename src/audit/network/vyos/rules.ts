// Rules of VyOS and EdgeOS: by number, with groups of addresses, networks and ports.

import {
  ANY_V4,
  NO_ADDRESS,
  bothAddresses,
  otherThan,
  prefix,
  range4,
} from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Ranges } from '../../packets/ranges.ts'
import type { Filter, Rule } from '../../packets/rule.ts'
import { ANY_SERVICE, portList, protocolNumber } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import { ruleOf } from '../rule-of.ts'
import { at, childrenAt, valueAt, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'

/** Lists of IPv4 by name: `firewall name X`, since 1.4 `firewall ipv4 name X`. */
export function vyosLists(root: Twig): ReadonlyMap<string, Filter> {
  const all = [
    ...childrenAt(root, 'firewall', 'name'),
    ...childrenAt(root, 'firewall', 'ipv4', 'name'),
  ]
  return new Map(all.map((twig) => [twig.word, listOf(twig, root)]))
}

function listOf(twig: Twig, root: Twig): Filter {
  const action = valueAt(twig, 'default-action')
  return {
    name: twig.word,
    rules: numbered(twig).flatMap((rule) => vyosRule(rule, root)),
    fallback: action === 'accept' ? 'permit' : 'deny',
    isStateful: hasStatePolicy(root),
    family: 4,
    ...(action === undefined || ['accept', 'drop', 'reject'].includes(action)
      ? {}
      : { isPartial: true }),
  }
}

/** Answers pass before any list: `firewall state-policy established action accept`, since 1.4 under `global-options`. */
export function hasStatePolicy(root: Twig): boolean {
  const said = [['firewall'], ['firewall', 'global-options']].map((path) =>
    valuesAt(root, ...path, 'state-policy', 'established', 'action'),
  )
  return said.flat().includes('accept')
}

/** Whatever order they stand in, the number decides. */
export function numbered(twig: Twig): readonly Twig[] {
  return childrenAt(twig, 'rule').toSorted((a, b) => Number(a.word) - Number(b.word))
}

const DENIES = new Set(['drop', 'reject'])

export function vyosRule(rule: Twig, root: Twig): readonly Rule[] {
  const action = valueAt(rule, 'action') ?? 'drop'
  const states = statesOf(rule)
  if (
    rule.children.has('disable') ||
    (states.every((state) => state === 'invalid') && states.length > 0)
  )
    return []
  if (action === 'continue' || action === 'offload') return []
  if (action === 'accept') return [made(rule, 'permit', root)]
  if (DENIES.has(action)) return [made(rule, 'deny', root)]
  // A jump may do either; what it leaves undecided goes on.
  return [made(rule, 'permit', root, [action]), made(rule, 'deny', root, [action])]
}

const READ = new Set([
  'action',
  'description',
  'protocol',
  'source',
  'destination',
  'state',
  'log',
  'icmp',
  'inbound-interface',
  'outbound-interface',
  'jump-target',
])
const SIDE = new Set(['address', 'port', 'group'])
const GROUPS = new Set(['address-group', 'network-group', 'port-group'])

// oxlint-disable-next-line max-params
function made(
  rule: Twig,
  action: Rule['action'],
  root: Twig,
  unread: readonly string[] = [],
): Rule {
  const sides = ['source', 'destination'].flatMap((side) => [
    ...valuesAt(rule, side).filter((word) => !SIDE.has(word)),
    ...valuesAt(rule, side, 'group').filter((word) => !GROUPS.has(word)),
  ])
  return ruleOf({
    action,
    source: addressesAt(rule, 'source', root),
    destination: addressesAt(rule, 'destination', root),
    services: servicesOf(rule, root),
    conditions: [
      ...valuesAt(rule).filter((word) => !READ.has(word)),
      ...sides,
      ...valuesAt(rule, 'icmp'),
    ],
    unread,
    first: rule.first,
    last: rule.last,
    label: rule.word,
    text: `rule ${rule.word}: ${valueAt(rule, 'action') ?? ''} ${valueAt(rule, 'description') ?? ''}`.trim(),
  })
}

function addressesAt(rule: Twig, side: string, root: Twig): Addresses | undefined {
  const text = valueAt(rule, side, 'address')
  if (text !== undefined) return negatable(text, addressText)
  const group =
    valueAt(rule, side, 'group', 'address-group') ?? valueAt(rule, side, 'group', 'network-group')
  if (group === undefined) return ANY_V4
  return negatable(group, (name) => {
    const words = ['address-group', 'network-group'].flatMap((kind) => {
      const twig = at(root, 'firewall', 'group', kind, name)
      return twig === undefined ? [] : [...valuesAt(twig, 'address'), ...valuesAt(twig, 'network')]
    })
    const all = words.map(addressText)
    return words.length === 0 || all.includes(undefined)
      ? undefined
      : bothAddresses([NO_ADDRESS, ...all.flatMap((one) => one ?? [])])
  })
}

function negatable(
  text: string,
  read: (name: string) => Addresses | undefined,
): Addresses | undefined {
  const name = text.replace(/^!/, '')
  const found = read(name)
  if (found === undefined || name === text) return found
  const rest = otherThan(found)
  return rest === undefined ? undefined : { v4: rest.v4, v6: [] }
}

function addressText(text: string): Addresses | undefined {
  const [from = '', to] = text.split('-')
  return to === undefined ? prefix(from) : range4(from, to)
}

function portsAt(rule: Twig, side: string, root: Twig): Ranges | null | undefined {
  const text = valueAt(rule, side, 'port')
  if (text !== undefined) return portList(text)
  const group = valueAt(rule, side, 'group', 'port-group')
  if (group === undefined) return null
  return portList(valuesAt(root, 'firewall', 'group', 'port-group', group, 'port').join(','))
}

function statesOf(rule: Twig): readonly string[] {
  return childrenAt(rule, 'state')
    .filter((state) => !state.children.has('disable'))
    .map(({ word }) => word)
}

function servicesOf(rule: Twig, root: Twig): readonly Service[] | undefined {
  const name = valueAt(rule, 'protocol') ?? 'all'
  const number = protocolNumber(name)
  const protocols =
    name === 'all'
      ? null
      : name === 'tcp_udp'
        ? [6, 6, 17, 17]
        : number === undefined
          ? undefined
          : [number, number]
  const destination = portsAt(rule, 'destination', root)
  const source = portsAt(rule, 'source', root)
  if (protocols === undefined || destination === undefined || source === undefined) return undefined
  const states = statesOf(rule)
  const isAnswer = states.length > 0 && !states.includes('new')
  return [
    { ...ANY_SERVICE, protocols, destination, source, ...(isAnswer ? { established: true } : {}) },
  ]
}
