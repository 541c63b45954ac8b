// A router with VyOS or EdgeOS as the network sees it: lists at interfaces, between zones, and the forward chain of 1.4.

import { ipv4, ipv6, prefix } from '../../packets/addresses.ts'
import type { Filter } from '../../packets/rule.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { DeviceRead } from '../cisco/device.ts'
import type { DeviceLimit, NetworkInterface, Policy, PolicyRule, Prefix, Route } from '../device.ts'
import { EVERY_PACKET } from '../rule-of.ts'
import { at, childrenAt, twigsOf, valueAt, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'
import { hasStatePolicy, numbered, vyosLists, vyosRule } from './rules.ts'

export function vyosDevice(tree: ConfigTree): DeviceRead {
  const root = twigsOf(tree)
  const lists = vyosLists(root)
  return {
    interfaces: interfacesIn(root, lists),
    policy: zonePolicy(root, lists) ?? forwardChain(root),
    translations: [],
    routes: childrenAt(root, 'protocols', 'static', 'route').flatMap(routeOf),
    filters: [...lists.values()],
    limits: limitsOf(root),
  }
}

function limitsOf(root: Twig): readonly DeviceLimit[] {
  const limits: DeviceLimit[] = []
  if (
    valuesAt(root, 'protocols').some((name) =>
      ['bgp', 'ospf', 'ospfv3', 'rip', 'isis'].includes(name),
    )
  )
    limits.push('dynamic_routing')
  if (at(root, 'policy', 'route') !== undefined) limits.push('policy_routing')
  if (at(root, 'nat', 'destination') !== undefined) limits.push('translation_not_understood')
  // EdgeOS keeps port forwards and translation elsewhere.
  if (at(root, 'port-forward') !== undefined || at(root, 'service', 'nat') !== undefined)
    limits.push('translation_not_understood')
  return limits
}

function interfacesIn(root: Twig, lists: ReadonlyMap<string, Filter>): readonly NetworkInterface[] {
  return childrenAt(root, 'interfaces').flatMap((kind) =>
    [...kind.children.values()].flatMap((one) => [
      interfaceOf(one.word, one, lists),
      ...childrenAt(one, 'vif').map((vif) => interfaceOf(`${one.word}.${vif.word}`, vif, lists)),
    ]),
  )
}

function interfaceOf(
  name: string,
  twig: Twig,
  lists: ReadonlyMap<string, Filter>,
): NetworkInterface {
  const addresses = valuesAt(twig, 'address')
  const applied = (direction: string) =>
    valuesAt(twig, 'firewall', direction, 'name').map(
      (list) =>
        lists.get(list) ?? {
          name: list,
          rules: [],
          fallback: 'permit' as const,
          isStateful: false,
          isPartial: true,
        },
    )
  return {
    name,
    alias: valueAt(twig, 'description') ?? null,
    vrf: valueAt(twig, 'vrf') ?? 'default',
    zone: null,
    isUp: !twig.children.has('disable'),
    prefixes: addresses.flatMap(prefixOf),
    isDynamic: addresses.some((text) => text.startsWith('dhcp')) || twig.children.has('pppoe'),
    ingress: applied('in'),
    egress: applied('out'),
    line: twig.first,
  }
}

function prefixOf(text: string): readonly Prefix[] {
  const [address = '', bits = ''] = text.split('/')
  const length = Number(bits)
  const v4 = ipv4(address)
  if (v4 !== undefined)
    return bits !== '' && length <= 32 ? [{ family: 4, address: v4, length }] : []
  const v6 = ipv6(address)
  return v6 === undefined || bits === '' || !(length <= 128)
    ? []
    : [{ family: 6, address: v6, length }]
}

/** Between zones the list of that pair decides; what has none is dropped. */
function zonePolicy(root: Twig, lists: ReadonlyMap<string, Filter>): Policy | null {
  const zones = [
    ...childrenAt(root, 'zone-policy', 'zone'),
    ...childrenAt(root, 'firewall', 'zone'),
  ]
  if (zones.length === 0) return null
  const members = (zone: Twig) =>
    new Set([...valuesAt(zone, 'interface'), ...valuesAt(zone, 'member', 'interface')])
  const rules = zones.flatMap((zone): readonly PolicyRule[] => {
    const to = members(zone)
    const inside: PolicyRule = {
      action: 'permit',
      certainty: 'sure',
      match: EVERY_PACKET,
      because: [],
      first: zone.first,
      last: zone.last,
      label: `zone ${zone.word}`,
      text: `zone ${zone.word}`,
      from: to,
      to,
    }
    const between = childrenAt(zone, 'from').flatMap((from) => {
      const other = zones.find(({ word }) => word === from.word)
      const name = valueAt(from, 'firewall', 'name')
      const list = name === undefined ? undefined : lists.get(name)
      const pair = { from: other === undefined ? null : members(other), to }
      // Named and not there: it may let anything through.
      if (name !== undefined && list === undefined)
        return [{ ...inside, ...pair, certainty: 'unknown' as const, because: [name], label: name }]
      const decided = list?.rules.map((rule) => ({ ...rule, ...pair })) ?? []
      // What the list leaves undecided passes or not for this pair alone.
      return list?.fallback === 'permit'
        ? [...decided, { ...inside, ...pair, label: list.name }]
        : decided
    })
    return [...between, inside]
  })
  return {
    name: 'zone-policy',
    rules,
    fallback: 'deny',
    isStateful: hasStatePolicy(root),
    sees: 'after',
    family: 4,
  }
}

/** Since 1.4: `firewall ipv4 forward filter`. */
function forwardChain(root: Twig): Policy | null {
  const chain = at(root, 'firewall', 'ipv4', 'forward', 'filter')
  if (chain === undefined) return null
  const rules = numbered(chain).flatMap((twig) => {
    const side = (word: string) => {
      const name = valueAt(twig, word, 'name') ?? valueAt(twig, word, 'interface-name')
      return name === undefined ? null : new Set([name])
    }
    const isGroup = [
      ...valuesAt(twig, 'inbound-interface'),
      ...valuesAt(twig, 'outbound-interface'),
    ].includes('group')
    return vyosRule(twig, root).map((rule) => ({
      ...rule,
      ...(isGroup ? { certainty: 'unknown' as const, because: ['interface group'] } : {}),
      from: side('inbound-interface'),
      to: side('outbound-interface'),
    }))
  })
  const action = valueAt(chain, 'default-action')
  return {
    name: 'forward filter',
    rules,
    fallback: action === 'drop' || action === 'reject' ? 'deny' : 'permit',
    isStateful: hasStatePolicy(root),
    sees: 'after',
    family: 4,
  }
}

function routeOf(twig: Twig): readonly Route[] {
  const to = prefix(twig.word)
  if (to === undefined || twig.children.has('blackhole')) return []
  const length = Number(twig.word.split('/')[1] ?? 32)
  const hops = valuesAt(twig, 'next-hop').map((hop): Pick<Route, 'interface' | 'nextHop'> => {
    const address = ipv4(hop)
    return {
      interface: null,
      nextHop: address === undefined ? null : { family: 4, address, length: 32 },
    }
  })
  const named = [...valuesAt(twig, 'interface'), ...valuesAt(twig, 'next-hop-interface')].map(
    (name) => ({ interface: name, nextHop: null }),
  )
  return [...hops, ...named].map((way) => ({
    vrf: 'default',
    v4: to.v4,
    v6: to.v6,
    length,
    ...way,
    line: twig.first,
  }))
}
