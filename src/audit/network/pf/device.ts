// pfSense and OPNsense as the network sees them: rules of pf in the order that decides, aliases, port forwards.

import { matchOf } from '../../packets/match.ts'
import type { Filter } from '../../packets/rule.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { DeviceRead } from '../cisco/device.ts'
import type { DeviceLimit, NetworkInterface, Translation } from '../device.ts'
import { aliasesIn } from './aliases.ts'
import type { Aliases } from './aliases.ts'
import { elementsAt, textAt } from './elements.ts'
import type { Element } from './elements.ts'
import { prefixOf, routesIn } from './routes.ts'
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
