// A BIG-IP as the network sees it: VLANs with its own addresses, what it listens for, its packet filters and its firewall.

import { prefix } from '../../packets/addresses.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { DeviceRead } from '../cisco/device.ts'
import type { DeviceLimit, NetworkInterface, Policy, Route } from '../device.ts'
import { port, prefixFrom } from '../parts.ts'
import { at, twigsOf, valueAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'
import { firewallPolicies } from './firewall.ts'
import { objectsAt, plainAddress, shortName } from './names.ts'
import { packetFilters } from './packet-filters.ts'
import { outwardAddresses, staticAddresses } from './translated.ts'
import { virtualServers } from './virtuals.ts'

export function f5Device(tree: ConfigTree): DeviceRead {
  const root = twigsOf(tree)
  const interfaces = interfacesIn(root)
  const box = { root, interfaces }
  // An address that is translated one for one comes before what translates many; virtual servers before both.
  const listeners = [...virtualServers(box), ...staticAddresses(box), ...outwardAddresses(box)]
  const filters = packetFilters(root)
  const policy: Policy = {
    name: 'listeners',
    rules: listeners.map(({ rule }) => rule),
    fallback: 'deny',
    isStateful: true,
    sees: 'before',
    and: [...(filters === undefined ? [] : [filters]), ...firewallPolicies(root)],
    // The base file of a device alone has addresses and nothing that listens.
    ...(at(root, 'ltm') === undefined ? { isPartial: true } : {}),
  }
  return {
    interfaces,
    policy,
    translations: listeners.flatMap(({ translations }) => translations),
    routes: [...objectsAt(root, 'net', 'route').values()].flatMap(routeOf),
    filters: [],
    limits: limitsOf(
      root,
      listeners.some(({ isOpenEnded }) => isOpenEnded),
    ),
  }
}

function limitsOf(root: Twig, isOpenEnded: boolean): readonly DeviceLimit[] {
  const limits: DeviceLimit[] = []
  if (isOpenEnded || at(root, 'security', 'nat') !== undefined)
    limits.push('translation_not_understood')
  if (at(root, 'net', 'routing') !== undefined) limits.push('dynamic_routing')
  if (at(root, 'net', 'tunnels', 'tunnel') !== undefined) limits.push('tunnels')
  return limits
}

/** Each VLAN or tunnel with the addresses the device has there. */
function interfacesIn(root: Twig): readonly NetworkInterface[] {
  const selfs = [...objectsAt(root, 'net', 'self').values()]
  const vlans = objectsAt(root, 'net', 'vlan')
  const names = new Set([...vlans.keys(), ...selfs.map((twig) => vlanOf(twig))])
  return [...names].map((name) => {
    const own = selfs.filter((twig) => vlanOf(twig) === name)
    const addresses = own.map((twig) => plainAddress(valueAt(twig, 'address') ?? ''))
    const [, domain] = /%(\d+)/.exec(addresses[0] ?? '') ?? []
    return port(name, {
      line: vlans.get(name)?.first ?? own[0]?.first ?? 1,
      alias: valueAt(vlans.get(name), 'description') ?? null,
      vrf: domain ?? 'default',
      prefixes: addresses.flatMap((text) => prefixFrom(text.replace(/%\d+/, '')) ?? []),
    })
  })
}

function vlanOf(twig: Twig): string {
  return shortName(valueAt(twig, 'vlan') ?? twig.word)
}

/** `net route x { gw 10.0.0.1 network 10.9.0.0/16 }`, `network default`, `interface /Common/tunnel`, `blackhole`. */
function routeOf(twig: Twig): readonly Route[] {
  const named = valueAt(twig, 'network') ?? 'default'
  const [, domain] = /%(\d+)/.exec(named) ?? []
  const text = plainAddress(named).replace(/%\d+/, '')
  const to = text === 'default' ? '0.0.0.0/0' : text.replace(/^default-inet6$/, '::/0')
  const set = prefix(to)
  const length = prefixFrom(to)?.length
  if (set === undefined || length === undefined) return []
  const hop = valueAt(twig, 'gw')
  const nextHop = hop === undefined ? undefined : prefixFrom(plainAddress(hop))
  const way = valueAt(twig, 'interface')
  if (nextHop === undefined && way === undefined) return []
  return [
    {
      vrf: domain ?? 'default',
      ...set,
      length,
      interface: way === undefined ? null : shortName(way),
      nextHop: nextHop ?? null,
      line: twig.first,
    },
  ]
}
