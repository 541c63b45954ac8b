// A MikroTik router as the network sees it.

import { NO_ADDRESS, bothAddresses, ipv4, prefix } from '../../packets/addresses.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { DeviceRead } from '../cisco/device.ts'
import type { DeviceLimit, NetworkInterface, Prefix, Route } from '../device.ts'
import { entriesAt } from './rows.ts'
import type { Entry } from './rows.ts'
import { addressLists, forwardRules } from './rules.ts'
import { translationOf } from './translations.ts'
import type { InterfaceLists } from './translations.ts'

export function routerosDevice(tree: ConfigTree): DeviceRead {
  const limits = new Set<DeviceLimit>()
  const interfaces = interfacesIn(tree)
  const lists = interfaceLists(tree, interfaces)
  const addresses = addressLists(tree)
  const translations = entriesAt(tree, '/ip firewall nat').flatMap((entry) =>
    translationOf(entry, { lists, limits, interfaces }),
  )
  const targets = bothAddresses([
    NO_ADDRESS,
    ...translations.flatMap(({ kind, address }) =>
      kind === 'destination' && address !== null ? [{ v4: address, v6: [] }] : [],
    ),
  ])
  if (
    ['bgp connection', 'ospf instance', 'rip instance'].some(
      (path) => entriesAt(tree, `/routing ${path}`).length > 0,
    )
  )
    limits.add('dynamic_routing')
  if (
    entriesAt(tree, '/ip firewall mangle').some((entry) => entry.get('action') === 'mark-routing')
  )
    limits.add('policy_routing')
  return {
    interfaces,
    policy: {
      name: 'forward',
      rules: forwardRules(tree, { interfaces: lists, addresses, targets }),
      fallback: 'permit',
      isStateful: true,
      sees: 'after',
      family: 4,
    },
    translations,
    routes: entriesAt(tree, '/ip route').flatMap(routeOf),
    filters: [],
    limits: [...limits],
  }
}

function interfacesIn(tree: ConfigTree): readonly NetworkInterface[] {
  const dynamic = new Set(
    [...entriesAt(tree, '/ip dhcp-client'), ...entriesAt(tree, '/interface pppoe-client')].map(
      (entry) => entry.get('interface') ?? '',
    ),
  )
  const addresses = entriesAt(tree, '/ip address')
  const names = new Set([...addresses.map((entry) => entry.get('interface') ?? ''), ...dynamic])
  return [...names].map((name) => {
    const own = addresses.filter((entry) => entry.get('interface') === name)
    return {
      name,
      alias: own[0]?.get('comment') ?? null,
      vrf: 'main',
      zone: null,
      isUp: true,
      prefixes: own.flatMap((entry) => prefixOf(entry.get('address') ?? '')),
      isDynamic: dynamic.has(name),
      ingress: [],
      egress: [],
      line: own[0]?.first ?? 1,
    }
  })
}

function prefixOf(text: string): readonly Prefix[] {
  const [address = '', bits = '32'] = text.split('/')
  const v4 = ipv4(address)
  const length = Number(bits)
  return v4 === undefined || !(length >= 0 && length <= 32)
    ? []
    : [{ family: 4, address: v4, length }]
}

/** An interface or a list of them, perhaps all but those. */
function interfaceLists(tree: ConfigTree, interfaces: readonly NetworkInterface[]): InterfaceLists {
  const lists = new Map<string, string[]>()
  for (const entry of entriesAt(tree, '/interface list member')) {
    const list = entry.get('list') ?? ''
    lists.set(list, [...(lists.get(list) ?? []), entry.get('interface') ?? ''])
  }
  const names = interfaces.map(({ name }) => name)
  return (text) => {
    const name = text.replace(/^!/, '')
    const own =
      name === 'all' ? names : (lists.get(name) ?? (names.includes(name) ? [name] : undefined))
    if (own === undefined) return undefined
    return new Set(name === text ? own : names.filter((one) => !own.includes(one)))
  }
}

function routeOf(entry: Entry): readonly Route[] {
  const text = entry.get('dst-address') ?? '0.0.0.0/0'
  const to = prefix(text)
  if (to === undefined || entry.names.includes('blackhole') || entry.get('type') === 'blackhole')
    return []
  const gateway = (entry.get('gateway') ?? '').split('%')[0] ?? ''
  const [nextHop] = prefixOf(gateway)
  return [
    {
      vrf: 'main',
      v4: to.v4,
      v6: to.v6,
      length: Number(text.split('/')[1] ?? 32),
      interface: nextHop === undefined ? gateway : null,
      nextHop: nextHop ?? null,
      line: entry.first,
    },
  ]
}
