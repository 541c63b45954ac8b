// A MikroTik router as the network sees it.

import { ANY_V4, NO_ADDRESS, bothAddresses, ipv4, prefix } from '../../packets/addresses.ts'
import { matchOf } from '../../packets/match.ts'
import { ANY_SERVICE, portList, protocolNumber } from '../../packets/services.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { DeviceRead } from '../cisco/device.ts'
import type { DeviceLimit, NetworkInterface, Prefix, Route, Translation } from '../device.ts'
import { entriesAt } from './rows.ts'
import type { Entry } from './rows.ts'
import { addressLists, addressText, forwardRules } from './rules.ts'

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

type InterfaceLists = (text: string) => ReadonlySet<string> | undefined

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

type Context = {
  readonly lists: InterfaceLists
  readonly limits: Set<DeviceLimit>
  readonly interfaces: readonly NetworkInterface[]
}

function translationOf(
  entry: Entry,
  { lists, limits, interfaces }: Context,
): readonly Translation[] {
  const action = entry.get('action') ?? ''
  if (!['dst-nat', 'netmap', 'src-nat', 'masquerade'].includes(action)) {
    if (action !== 'accept' && action !== 'passthrough' && action !== 'log')
      limits.add('translation_not_understood')
    return []
  }
  const isDestination = entry.get('chain') === 'dstnat'
  const side = isDestination
    ? (entry.get('in-interface') ?? entry.get('in-interface-list'))
    : (entry.get('out-interface') ?? entry.get('out-interface-list'))
  const about = side === undefined ? null : lists(side)
  const source = addressText(entry.get('src-address') ?? '0.0.0.0/0')
  const destination = destinationOf(entry, interfaces)
  const number = protocolNumber(entry.get('protocol') ?? '')
  const ports = portList(entry.get('dst-port') ?? '')
  const others = ['src-address-list', 'dst-address-list', 'connection-mark', 'src-port'].some(
    (name) => entry.get(name) !== undefined,
  )
  const target = addressText(entry.get('to-addresses') ?? '')
  if (
    about === undefined ||
    source === undefined ||
    destination === undefined ||
    others ||
    (isDestination && target === undefined)
  ) {
    if (isDestination) limits.add('translation_not_understood')
    return []
  }
  const service = {
    ...ANY_SERVICE,
    protocols: number === undefined ? null : [number, number],
    destination: ports ?? null,
  }
  const match = matchOf({ source, destination, services: [service] })
  return [
    {
      kind: isDestination ? 'destination' : 'source',
      from: isDestination ? about : null,
      to: isDestination ? null : about,
      match: match?.[4] ?? [],
      address: target?.v4 ?? null,
      port: isDestination ? (portList(entry.get('to-ports') ?? '') ?? null) : null,
      first: entry.first,
      last: entry.last,
      label: entry.get('comment') ?? `${entry.first}`,
      isExact: target?.v4[0] === target?.v4[1],
    },
  ]
}

/** `dst-address-type=local`: the router's own addresses. */
function destinationOf(entry: Entry, interfaces: readonly NetworkInterface[]) {
  if (entry.get('dst-address-type') === 'local') {
    const own = interfaces.flatMap(({ prefixes }) => prefixes)
    if (interfaces.some(({ isDynamic }) => isDynamic)) return ANY_V4
    return bothAddresses([
      NO_ADDRESS,
      ...own.flatMap((one) =>
        one.family === 4 ? [{ v4: [one.address, one.address], v6: [] }] : [],
      ),
    ])
  }
  return addressText(entry.get('dst-address') ?? '0.0.0.0/0')
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
