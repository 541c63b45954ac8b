// pfSense and OPNsense as the network sees them: rules of pf in the order that decides, aliases, port forwards.

import { ipv4, ipv6 } from '../../packets/addresses.ts'
import { matchOf } from '../../packets/match.ts'
import type { Filter } from '../../packets/rule.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { DeviceRead } from '../cisco/device.ts'
import type { DeviceLimit, NetworkInterface, Prefix, Route, Translation } from '../device.ts'
import { aliasesIn } from './aliases.ts'
import type { Aliases } from './aliases.ts'
import { elementsAt, textAt } from './elements.ts'
import type { Element } from './elements.ts'
import { rulesIn, trafficOf } from './rules.ts'

export function pfDevice(tree: ConfigTree): DeviceRead {
  const interfaces = elementsAt(tree, 'interfaces').flatMap((all) => all.children.map(interfaceOf))
  const aliases = aliasesIn(tree, interfaces)
  const groups = groupsIn(tree)
  const rules = rulesIn(tree, { interfaces, aliases, groups })
  const limits = new Set<DeviceLimit>()
  const egress: Filter = {
    name: 'floating',
    rules: rules.outgoing,
    fallback: 'permit',
    isStateful: true,
  }
  const policy = {
    name: 'filter',
    rules: rules.incoming,
    fallback: 'deny' as const,
    isStateful: true,
    sees: 'after' as const,
  }
  const translations = forwardsIn(tree, { aliases, limits })
  return {
    interfaces: interfaces.map((one) => ({
      ...one,
      egress:
        rules.outgoing.length === 0
          ? []
          : [{ ...egress, rules: rules.outgoing.filter(({ to }) => to?.has(one.name) !== false) }],
    })),
    policy,
    translations,
    routes: routesIn(tree, interfaces),
    filters: [],
    limits: [...limits],
  }
}

function interfaceOf(one: Element): NetworkInterface {
  const address = textAt(one, 'ipaddr') ?? ''
  const address6 = textAt(one, 'ipaddrv6') ?? ''
  return {
    name: one.name,
    alias: textAt(one, 'descr') ?? null,
    vrf: 'default',
    zone: one.name,
    // OPNsense writes <enable>1</enable>; where the element is left out altogether, what is written is taken as in use.
    isUp: textAt(one, 'enable') !== '0',
    prefixes: [
      ...prefixOf(address, textAt(one, 'subnet') ?? '32'),
      ...prefixOf(address6, textAt(one, 'subnetv6') ?? '128'),
    ],
    isDynamic:
      /^(?:dhcp|pppoe|ppp|l2tp|pptp)$/.test(address) ||
      /^(?:dhcp6|slaac|track6|6rd)$/.test(address6),
    ingress: [],
    egress: [],
    line: one.first,
  }
}

function prefixOf(address: string, bits: string): readonly Prefix[] {
  const length = Number(bits)
  const v4 = ipv4(address)
  if (v4 !== undefined)
    return length >= 0 && length <= 32 ? [{ family: 4, address: v4, length }] : []
  const v6 = ipv6(address)
  return v6 === undefined || !(length >= 0 && length <= 128)
    ? []
    : [{ family: 6, address: v6, length }]
}

function groupsIn(tree: ConfigTree): ReadonlyMap<string, readonly string[]> {
  const entries = elementsAt(tree, 'ifgroups').flatMap(({ children }) => children)
  return new Map(
    entries.map((entry) => [
      textAt(entry, 'ifname') ?? '',
      (textAt(entry, 'members') ?? '').split(/[\s,]+/),
    ]),
  )
}

type Context = { readonly aliases: Aliases; readonly limits: Set<DeviceLimit> }

/** Port forwards come before the filter, which sees the address behind. */
function forwardsIn(tree: ConfigTree, { aliases, limits }: Context): readonly Translation[] {
  const rules = elementsAt(tree, 'nat').flatMap(({ children }) =>
    children.filter(({ name }) => name === 'rule'),
  )
  return rules.flatMap((rule): readonly Translation[] => {
    if (textAt(rule, 'disabled') !== undefined) return []
    const target = aliases.addresses(textAt(rule, 'target') ?? '')
    const traffic = trafficOf(rule, aliases)
    const port = aliases.ports(textAt(rule, 'local-port') ?? '')
    if (
      target === undefined ||
      traffic.services === undefined ||
      traffic.destination === undefined
    ) {
      limits.add('translation_not_understood')
      return []
    }
    const match = matchOf({
      source: aliases.any,
      destination: traffic.destination,
      services: traffic.services,
    })
    const names = (textAt(rule, 'interface') ?? '').split(',').filter((name) => name !== '')
    return [
      {
        kind: 'destination',
        from: names.length === 0 ? null : new Set(names),
        to: null,
        match: match?.[4] ?? [],
        address: target.v4,
        port: port ?? null,
        first: rule.first,
        last: rule.last,
        label: textAt(rule, 'descr') ?? `${rule.first}`,
        isExact: target.v4[0] === target.v4[1],
      },
    ]
  })
}

function routesIn(tree: ConfigTree, interfaces: readonly NetworkInterface[]): readonly Route[] {
  const gateways = new Map(
    [...elementsAt(tree, 'gateways'), ...elementsAt(tree, 'Gateways')].flatMap(({ children }) =>
      children
        .filter(({ name }) => name === 'gateway_item')
        .map(
          (one) =>
            [textAt(one, 'name') ?? '', { one, gateway: textAt(one, 'gateway') ?? '' }] as const,
        ),
    ),
  )
  const way = (name: string): Pick<Route, 'interface' | 'nextHop'> => {
    const found = gateways.get(name)
    const hop = found === undefined ? [] : prefixOf(found.gateway, '32')
    return {
      interface: found === undefined ? null : (textAt(found.one, 'interface') ?? null),
      nextHop: hop[0] ?? null,
    }
  }
  const fixed = elementsAt(tree, 'staticroutes').flatMap(({ children }) =>
    children.flatMap((route): readonly Route[] => {
      const [address = '', bits = '32'] = (textAt(route, 'network') ?? '').split('/')
      const [to] = prefixOf(address, bits)
      if (to === undefined || to.family === 6 || textAt(route, 'disabled') !== undefined) return []
      const size = 2 ** (32 - to.length)
      const low = Math.floor(to.address / size) * size
      return [
        {
          vrf: 'default',
          v4: [low, low + size - 1],
          v6: [],
          length: to.length,
          ...way(textAt(route, 'gateway') ?? ''),
          line: route.first,
        },
      ]
    }),
  )
  const defaults = [...gateways].flatMap(([name, { one }]): readonly Route[] =>
    textAt(one, 'defaultgw') === undefined && gateways.size > 1
      ? []
      : [
          {
            vrf: 'default',
            v4: [0, 0xff_ff_ff_ff],
            v6: [],
            length: 0,
            ...way(name),
            line: one.first,
          },
        ],
  )
  const wan = interfaces.find(({ name }) => name === 'wan')
  if (defaults.length > 0 || wan === undefined || wan.isDynamic) return [...fixed, ...defaults]
  // The default route goes out of the WAN where nothing else is said.
  return [
    ...fixed,
    {
      vrf: 'default',
      v4: [0, 0xff_ff_ff_ff],
      v6: [],
      length: 0,
      interface: 'wan',
      nextHop: null,
      line: wan.line,
    },
  ]
}
