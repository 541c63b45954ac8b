// A firewall of Palo Alto Networks as the network sees it: zones, security rules, translation, routes.

import { ipv4, ipv6, prefix } from '../../packets/addresses.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { DeviceRead } from '../cisco/device.ts'
import type { DeviceLimit, NetworkInterface, PolicyRule, Prefix, Route } from '../device.ts'
import { EVERY_PACKET, ruleOf } from '../rule-of.ts'
import { at, childrenAt, named, twigsOf, valueAt, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'
import { panosAddresses, panosServices } from './objects.ts'
import { servicesOf, sideOf } from './rule-parts.ts'
import type { PanosContext } from './rule-parts.ts'
import { panosTranslations } from './translations.ts'
import { zonesIn } from './zones.ts'
import type { Zones } from './zones.ts'

export function panosDevice(tree: ConfigTree): DeviceRead {
  const root = twigsOf(tree)
  const zones = zonesIn(root)
  const limits = new Set<DeviceLimit>()
  const routers = [...named(root, 'virtual-router'), ...named(root, 'logical-router')].flatMap(
    (one) => childrenAt(one),
  )
  const interfaces = interfacesIn(root, zones, routers)
  if (routers.some(isDynamic)) limits.add('dynamic_routing')
  if ([...named(root, 'pbf')].some((one) => childrenAt(one, 'rules').length > 0))
    limits.add('policy_routing')
  const context = { root, zones, addresses: panosAddresses(root), services: panosServices(root) }
  return {
    interfaces,
    policy: {
      name: 'security',
      rules: [...rulesIn(context), ...intrazone(zones)],
      fallback: 'deny',
      isStateful: true,
      sees: 'before',
    },
    translations: panosTranslations(context, limits),
    routes: routers.flatMap(routesOf),
    filters: [],
    limits: [...limits],
  }
}

function interfacesIn(
  root: Twig,
  zones: Zones,
  routers: readonly Twig[],
): readonly NetworkInterface[] {
  const found: NetworkInterface[] = []
  for (const network of named(root, 'network')) {
    for (const kind of ['ethernet', 'aggregate-ethernet', 'vlan', 'loopback', 'tunnel']) {
      const under = at(network, 'interface', kind)
      const units =
        kind === 'vlan' || kind === 'loopback' || kind === 'tunnel'
          ? childrenAt(under, 'units')
          : []
      for (const one of [...(under?.children.values() ?? []), ...units]) {
        if (one.word === 'units') continue
        const layer3 = at(one, 'layer3') ?? one
        found.push(interfaceOf(one.word, layer3, { zones, routers }))
        for (const unit of childrenAt(layer3, 'units'))
          found.push(interfaceOf(unit.word, unit, { zones, routers }))
      }
    }
  }
  return found
}

function interfaceOf(
  name: string,
  twig: Twig,
  { zones, routers }: { readonly zones: Zones; readonly routers: readonly Twig[] },
): NetworkInterface {
  const texts = [...valuesAt(twig, 'ip'), ...valuesAt(twig, 'ipv6', 'address')]
  const router = routers.find((one) => valuesAt(one, 'interface').includes(name))
  return {
    name,
    alias: valueAt(twig, 'comment') ?? null,
    vrf: router?.word ?? 'default',
    zone: zones.of(name) ?? null,
    isUp: true,
    prefixes: texts.flatMap(prefixOf),
    isDynamic: at(twig, 'dhcp-client') !== undefined || at(twig, 'pppoe') !== undefined,
    ingress: [],
    egress: [],
    line: twig.first,
  }
}

function prefixOf(text: string): readonly Prefix[] {
  const [address = '', bits] = text.split('/')
  const v4 = ipv4(address)
  if (v4 !== undefined) return [{ family: 4, address: v4, length: Number(bits ?? 32) }]
  const v6 = ipv6(address)
  return v6 === undefined ? [] : [{ family: 6, address: v6, length: Number(bits ?? 128) }]
}

function isDynamic(router: Twig): boolean {
  return ['bgp', 'ospf', 'ospfv3', 'rip'].some(
    (name) => valueAt(router, 'protocol', name, 'enable') === 'yes',
  )
}

function routesOf(router: Twig): readonly Route[] {
  return [
    ...childrenAt(router, 'routing-table', 'ip', 'static-route'),
    ...childrenAt(router, 'routing-table', 'ipv6', 'static-route'),
  ].flatMap((one) => {
    const text = valueAt(one, 'destination') ?? ''
    const to = prefix(text)
    if (to === undefined) return []
    const hop = valueAt(one, 'nexthop', 'ip-address') ?? valueAt(one, 'nexthop', 'ipv6-address')
    const nextHop = hop === undefined ? null : (prefixOf(hop)[0] ?? null)
    const length = Number(text.split('/')[1] ?? 32)
    return [
      {
        vrf: router.word,
        v4: to.v4,
        v6: to.v6,
        length,
        interface: valueAt(one, 'interface') ?? null,
        nextHop,
        line: one.first,
      },
    ]
  })
}

/** Panorama's rules before, the firewall's own, Panorama's rules after. */
function rulesIn(context: PanosContext): readonly PolicyRule[] {
  return ['pre-rulebase', 'rulebase', 'post-rulebase'].flatMap((base) =>
    [...named(context.root, base)].flatMap((twig) =>
      childrenAt(twig, 'security', 'rules').flatMap((rule) => securityRule(rule, context)),
    ),
  )
}

const ALLOWS = new Set(['allow'])

function securityRule(rule: Twig, context: PanosContext): readonly PolicyRule[] {
  if (valueAt(rule, 'disabled') === 'yes' || valueAt(rule, 'action') === undefined) return []
  const source = sideOf(rule, 'source', context)
  const destination = sideOf(rule, 'destination', context)
  const service = servicesOf(rule, context)
  const conditions = [
    ...source.conditions,
    ...destination.conditions,
    ...service.conditions,
    ...[
      'application',
      'source-user',
      'category',
      'source-hip',
      'destination-hip',
      'hip-profiles',
      'schedule',
    ].flatMap((word) =>
      valuesAt(rule, word)
        .filter((value) => value !== 'any' && value !== 'known-user')
        .map((value) => `${word} ${value}`),
    ),
  ]
  const made = ruleOf({
    action: ALLOWS.has(valueAt(rule, 'action') ?? '') ? 'permit' : 'deny',
    source: source.addresses,
    destination: destination.addresses,
    services: service.services,
    conditions,
    unread: [...source.unread, ...destination.unread, ...service.unread],
    first: rule.first,
    last: rule.last,
    label: rule.word,
    text: `${rule.word}: ${valueAt(rule, 'action') ?? ''}`,
  })
  return pairsOf(rule, context.zones).map((pair) => ({ ...made, ...pair }))
}

type Sides = Pick<PolicyRule, 'from' | 'to'>

/** `intrazone` and `interzone` rules are about pairs of zones, not about two lists. */
function pairsOf(rule: Twig, zones: Zones): readonly Sides[] {
  const from = zones.interfaces(valuesAt(rule, 'from'))
  const to = zones.interfaces(valuesAt(rule, 'to'))
  const kind = valueAt(rule, 'rule-type')
  if (kind !== 'intrazone' && kind !== 'interzone') return [{ from, to }]
  return zones.names.flatMap((name): readonly Sides[] => {
    const own = zones.interfaces([name])
    if (own === null || (from !== null && ![...own].every((one) => from.has(one)))) return []
    if (kind === 'intrazone') return [{ from: own, to: own }]
    const others = zones.names
      .filter((other) => other !== name)
      .flatMap((other) => [...(zones.interfaces([other]) ?? [])])
    return [{ from: own, to: new Set(to === null ? others : others.filter((one) => to.has(one))) }]
  })
}

/** What no rule decides passes inside a zone, and not between zones. */
function intrazone(zones: Zones): readonly PolicyRule[] {
  return zones.names.map((name) => {
    const own = zones.interfaces([name])
    const line = zones.line(name)
    return {
      action: 'permit',
      certainty: 'sure',
      match: EVERY_PACKET,
      because: [],
      first: line,
      last: line,
      label: 'intrazone-default',
      text: `zone ${name}`,
      from: own,
      to: own,
    }
  })
}
