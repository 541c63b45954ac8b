// Everything that was given of Azure as devices of the network: a subnet with its hosts and routes, the router of a virtual network,
// its way to the Internet, its way home.

import { bothAddresses } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Rule } from '../../packets/rule.ts'
import { hostPorts } from '../cloud/hosts.ts'
import type { Host } from '../cloud/hosts.ts'
import type { Device, NetworkInterface, Route } from '../device.ts'
import { addressesIn, deviceFrom, port, routeTo, unreadFilter } from '../parts.ts'
import { adminFilters, adminRules, behindAdminRules } from './admin-rules.ts'
import { edgeDevices } from './edges.ts'
import { firewallAt, firewallDevices, firewallPorts } from './firewalls.ts'
import { groupFilter } from './groups.ts'
import type { Around, Direction } from './groups.ts'
import { propItems, propText, resourcesIn } from './resources.ts'
import type { Doc, Resource } from './resources.ts'
import { worldOf } from './world.ts'
import type { Network, Nic, Subnet, World } from './world.ts'

export function azureDevices(docs: readonly Doc[]): readonly Device[] {
  const world = worldOf(resourcesIn(docs))
  const found = world.networks.flatMap((network) => [
    routerDevice(network, world),
    ...network.subnets.map((subnet) => subnetDevice(subnet, network, world)),
    ...edgeDevices(network),
  ])
  return found.length > 0 ? [...found, ...firewallDevices(world)] : listsAlone(docs, world)
}

/** Lists without a network: they can be asked about, and nothing about who meets them. */
function listsAlone(docs: readonly Doc[], world: World): readonly Device[] {
  const around = {
    resources: world.resources,
    inside: addressesIn([]),
    isOpen: true,
    members: () => undefined,
  }
  const filters = world.resources
    .of('networkSecurityGroups')
    .flatMap(({ id }) => (['in', 'out'] as const).map((side) => groupFilter(id, side, around)))
  const file = docs[0]?.file ?? ''
  return filters.length === 0
    ? []
    : [
        deviceFrom({
          name: file,
          source: file,
          make: 'azure',
          interfaces: [],
          filters,
          limits: ['not_whole'],
        }),
      ]
}

function routerDevice(network: Network, world: World): Device {
  const joined = network.peers.map(({ far, name }) =>
    port(far === undefined ? name : `from ${far.name}`, { line: network.found.json.first }),
  )
  // What a network has that was not given: it may be any private address.
  const beyond = network.peers.flatMap(({ far, name }) => (far === undefined ? [name] : []))
  return deviceFrom({
    name: network.name,
    source: network.found.file,
    make: 'azure',
    interfaces: [
      ...network.subnets.map((subnet) =>
        port(subnet.name, {
          line: subnet.line,
          leadsTo: { device: subnet.device, interface: 'network' },
        }),
      ),
      ...joined,
      port('internet'),
      port('gateway'),
    ],
    routes: [
      ...network.subnets.flatMap(({ name, blocks, line }) =>
        blocks.flatMap((text) => routeTo(name, text, line) ?? []),
      ),
      ...beyond.flatMap((name) => PRIVATE.flatMap((text) => routeTo(name, text, 1) ?? [])),
    ],
    filters: listsOf(network, world),
    limits: world.resources.isWhole ? [] : ['not_whole'],
  })
}

function listsOf(network: Network, world: World) {
  const around = aroundOf(network, world)
  const ids = new Set([
    ...network.subnets.flatMap(({ group }) => group ?? []),
    ...network.subnets.flatMap(({ nics }) => nics.flatMap(({ group }) => group ?? [])),
  ])
  return [...ids].flatMap((id) =>
    (['in', 'out'] as const).map((side) => groupFilter(id, side, around)),
  )
}

export function aroundOf(network: Network, world: World): Around {
  const known = network.peers.flatMap(({ far }) => far?.blocks ?? [])
  return {
    resources: world.resources,
    inside: addressesIn([...network.blocks, ...known]),
    // Routes of one's own belong to the tag as well.
    isOpen:
      network.hasGateway ||
      network.peers.some(({ far }) => far === undefined || far.hasGateway) ||
      network.subnets.some(({ table }) => table !== undefined),
    members: (group) => membersOf(group, world),
  }
}

function membersOf(group: string, { nics }: World): Addresses | undefined {
  if (nics.length === 0) return undefined
  return bothAddresses(
    nics.filter(({ roles }) => roles.includes(group)).map(({ texts }) => addressesIn(texts)),
  )
}

function subnetDevice(subnet: Subnet, network: Network, world: World): Device {
  const around = aroundOf(network, world)
  const admin = {
    in: adminRules(network.id, 'in', around),
    out: adminRules(network.id, 'out', around),
  }
  const hosts = subnet.nics.map((nic) => hostOf(nic, subnet, { around, world, admin }))
  const { ways, routes } = waysOf(subnet, network, world)
  return deviceFrom({
    name: subnet.device,
    source: network.found.file,
    make: 'azure',
    interfaces: [
      ...hostPorts(
        {
          name: subnet.name,
          line: subnet.line,
          blocks: subnet.blocks,
          isTold: network.subnets.some(({ nics }) => nics.length > 0) && !subnet.isManaged,
        },
        hosts,
      ),
      port('network', {
        line: subnet.line,
        leadsTo: { device: network.name, interface: subnet.name },
      }),
      ...ways,
      ...firewallPorts(subnet, world),
    ],
    routes,
    limits:
      subnet.table !== undefined && world.resources.get(subnet.table) === undefined
        ? ['dynamic_routing', 'not_whole']
        : [],
  })
}

type With = {
  readonly around: Around
  readonly world: World
  readonly admin: Readonly<Record<Direction, readonly Rule[]>>
}

function hostOf(nic: Nic, subnet: Subnet, { around, world, admin }: With): Host {
  const groups = [subnet.group, nic.group].flatMap((id) => id ?? [])
  const filters = (side: Direction) => [
    ...adminFilters(admin[side], subnet.device),
    ...groups.map((id) => behindAdminRules(groupFilter(id, side, around), admin[side])),
  ]
  // A service behind a private address: groups are met there only where the subnet says so.
  const isLoose = nic.isEndpoint && !subnet.guardsEndpoints
  // Without any group a public address lets in nothing or everything, by its kind.
  const unsaid = groups.length === 0 && nic.publics.length > 0
  return {
    name: nic.name,
    line: nic.line,
    texts: nic.texts,
    machine: world.nics
      .filter(({ machine }) => machine === nic.machine)
      .flatMap(({ texts }) => texts),
    kind: `${nic.group ?? ''} ${nic.isEndpoint} ${unsaid}`,
    out: () => filters('out').toReversed(),
    in: () => [
      ...(isLoose ? [unreadFilter(nic.name, 'private endpoint')] : filters('in')),
      ...(unsaid ? [unreadFilter(nic.name, 'networkSecurityGroup')] : []),
    ],
    isChecked: !nic.forwards,
  }
}

type Ways = { readonly ways: readonly NetworkInterface[]; readonly routes: readonly Route[] }

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']

type Way = { readonly text: string; readonly to: string | null; readonly line: number }

/** Routes of the system, and those of a table instead of them where both are about the same. */
function waysOf(subnet: Subnet, network: Network, world: World): Ways {
  const { line } = subnet
  const peers = network.peers.flatMap(({ far, name }) =>
    (far?.blocks ?? []).map((text): Way => ({ text, to: far?.name ?? name, line })),
  )
  const home = homeOf(network)
  const system: readonly Way[] = [
    ...network.blocks.map((text) => ({ text, to: 'network', line })),
    ...peers,
    ...PRIVATE.map((text) => ({ text, to: home, line })),
    { text: '0.0.0.0/0', to: 'internet', line },
    { text: '::/0', to: 'internet', line },
  ]
  const own = tableWays(world.resources.get(subnet.table), network)
  const said = new Set(own.map(({ text }) => text))
  const all = [...own, ...system.filter(({ text }) => !said.has(text))]
  const names = new Set(all.flatMap(({ to }) => (to === null || to === 'network' ? [] : [to])))
  return {
    ways: [...names].map((name) => wayPort(name, { subnet, network, world })),
    routes: all.flatMap(({ text, to, line: at }) => routeTo(to, text, at) ?? []),
  }
}

/** Where private networks lie that were not given; `null`: nowhere. */
function homeOf({ hasGateway, peers }: Network): string | null {
  if (hasGateway) return 'gateway'
  const unknown = peers.find(({ far }) => far === undefined)
  if (unknown !== undefined) return unknown.name
  return peers.some(({ far }) => far?.hasGateway === true) ? 'remote gateway' : null
}

function tableWays(table: Resource | undefined, network: Network): readonly Way[] {
  return propItems(table?.json, 'routes').flatMap((entry): readonly Way[] => {
    const text = propText(entry, 'addressPrefix')
    const kind = propText(entry, 'nextHopType')?.toLowerCase() ?? ''
    if (text === undefined) return []
    const line = entry.first
    if (kind === 'none') return [{ text, to: null, line }]
    if (kind === 'vnetlocal') return [{ text, to: 'network', line }]
    if (kind === 'internet') return [{ text, to: 'internet', line }]
    if (kind === 'virtualnetworkgateway')
      return [{ text, to: network.hasGateway ? 'gateway' : null, line }]
    // A machine passes it on: what becomes of it there is not known. A tag for a prefix is no prefix.
    return [{ text, to: `appliance ${propText(entry, 'nextHopIpAddress') ?? ''}`.trim(), line }]
  })
}

type There = { readonly subnet: Subnet; readonly network: Network; readonly world: World }

function wayPort(name: string, { subnet, network, world }: There): NetworkInterface {
  const { line } = subnet
  const firewall = firewallAt(name.replace(/^appliance /, ''), world)
  if (firewall !== undefined)
    return port(name, { line, leadsTo: { device: firewall.name, interface: 'in' } })
  if (name === 'internet')
    return port(name, {
      line,
      leadsTo: { device: `${network.name}.internet`, interface: 'network' },
    })
  if (name === 'gateway')
    return port(name, {
      line,
      leadsTo: { device: `${network.name}.gateway`, interface: 'network' },
    })
  const peer = network.peers.find(({ far }) => far?.name === name)
  if (peer?.far === undefined) return port(name, { line })
  const guard = peer.isOpen ? [] : [unreadFilter(name, 'allowVirtualNetworkAccess')]
  return port(name, {
    line,
    egress: guard,
    leadsTo: { device: peer.far.name, interface: `from ${network.name}` },
  })
}
