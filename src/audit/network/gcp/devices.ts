// Everything that was given of Google Cloud as devices of the network: a subnet with its instances, the router of a VPC network, its
// way to the Internet. Rules meet every instance for itself, on one subnet too.

import { ANY_ADDRESS, bothAddresses, prefix } from '../../packets/addresses.ts'
import type { Filter } from '../../packets/rule.ts'
import { isTrueAt, itemsAt, member, numberAt, textAt, textsAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import { hostPorts } from '../cloud/hosts.ts'
import {
  addressesIn,
  cubesFor,
  deviceFrom,
  internetRoute,
  onlyFilter,
  port,
  routeTo,
} from '../cloud/parts.ts'
import type { Device, DeviceLimit, NetworkInterface, Route, Translation } from '../device.ts'
import { ruleOf } from '../rule-of.ts'
import { firewallFilter } from './firewall.ts'
import type { FirewallWorld, Role } from './firewall.ts'
import { linkAt, resourcesIn } from './resources.ts'
import type { Doc, Resource, Resources } from './resources.ts'

type Nic = Role & {
  readonly name: string
  readonly line: number
  readonly network: string
  readonly subnet: string
  readonly texts: readonly string[]
  readonly publics: readonly string[]
  readonly machine: string
  readonly forwards: boolean
}

type Subnet = {
  readonly found: Resource
  readonly device: string
  readonly blocks: readonly string[]
  readonly nics: readonly Nic[]
}

type Network = {
  readonly found: Resource
  readonly name: string
  readonly subnets: readonly Subnet[]
  readonly routes: readonly Resource[]
}

type World = {
  readonly resources: Resources
  readonly networks: readonly Network[]
  readonly nics: readonly Nic[]
  readonly firewalls: FirewallWorld
}

export function gcpDevices(docs: readonly Doc[]): readonly Device[] {
  const world = worldOf(resourcesIn(docs))
  const found = world.networks.flatMap((network) => [
    routerDevice(network, world),
    ...network.subnets.map((subnet) => subnetDevice(subnet, network, world)),
    internetDevice(network, world),
  ])
  if (found.length > 0) return found
  const file = docs[0]?.file ?? ''
  // Rules without a network: what they are about is not known.
  return world.firewalls.firewalls.length === 0
    ? []
    : [deviceFrom({ name: file, source: file, make: 'gcp', interfaces: [], limits: ['not_whole'] })]
}

function worldOf(resources: Resources): World {
  const nics = resources.of('instance').flatMap(nicsFrom)
  const bySubnet = Map.groupBy(nics, ({ subnet }) => subnet)
  const names = new Set<string>()
  const networks = resources.of('network').map((found): Network => {
    const name = names.has(found.name) ? found.id.replaceAll('/', '.') : found.name
    names.add(name)
    const subnets = resources
      .of('subnetwork')
      .filter(({ json }) => linkAt(json, 'network') === found.id)
      .map((subnet): Subnet => ({
        found: subnet,
        device: subnet.id.split('/').slice(-3).join('.').replace('.subnetworks', ''),
        blocks: blocksOf(subnet.json),
        nics: bySubnet.get(subnet.id) ?? [],
      }))
    const routes = resources.of('route').filter(({ json }) => linkAt(json, 'network') === found.id)
    return {
      found,
      name,
      subnets: subnets.map((subnet) => ({ ...subnet, device: `${name}.${subnet.device}` })),
      routes,
    }
  })
  return {
    resources,
    networks,
    nics,
    firewalls: {
      firewalls: resources.of('firewall'),
      playing: (network, { tags = [], accounts = [] }) =>
        nics.every((nic) => nic.network !== network)
          ? undefined
          : bothAddresses(
              nics
                .filter(
                  (nic) =>
                    nic.network === network &&
                    (nic.tags.some((tag) => tags.includes(tag)) ||
                      nic.accounts.some((account) => accounts.includes(account))),
                )
                .map((nic) => addressesIn(nic.texts)),
            ),
    },
  }
}

function blocksOf(json: Json): readonly string[] {
  return [
    ...['ipCidrRange', 'ipv6CidrRange', 'internalIpv6Prefix', 'externalIpv6Prefix'].flatMap(
      (name) => textAt(json, name) ?? [],
    ),
    ...itemsAt(json, 'secondaryIpRanges').flatMap((one) => textAt(one, 'ipCidrRange') ?? []),
  ]
}

function nicsFrom({ id, name, json }: Resource): readonly Nic[] {
  return itemsAt(json, 'networkInterfaces').flatMap((one): readonly Nic[] => {
    const [network, subnet] = [linkAt(one, 'network'), linkAt(one, 'subnetwork')]
    if (network === undefined || subnet === undefined) return []
    return [
      {
        name,
        line: one.first,
        network,
        subnet,
        tags: textsAt(json, 'tags', 'items').toSorted(),
        accounts: itemsAt(json, 'serviceAccounts').flatMap(
          (account) => textAt(account, 'email') ?? [],
        ),
        texts: [
          ...['networkIP', 'ipv6Address'].flatMap((key) => textAt(one, key) ?? []),
          ...itemsAt(one, 'aliasIpRanges').flatMap((range) => textAt(range, 'ipCidrRange') ?? []),
        ],
        publics: itemsAt(one, 'accessConfigs').flatMap((config) => textAt(config, 'natIP') ?? []),
        machine: id,
        forwards: isTrueAt(json, 'canIpForward'),
      },
    ]
  })
}

function routerDevice(network: Network, { resources, networks }: World): Device {
  const { found, name, subnets } = network
  // A policy of the network is judged beside its rules, and is not read.
  const hasPolicy = member(found.json, 'firewallPolicy') !== undefined
  const limits: readonly DeviceLimit[] = resources.isWhole && !hasPolicy ? [] : ['not_whole']
  const peers = itemsAt(found.json, 'peerings').flatMap((one) => {
    const far = networks.find((other) => other.found.id === linkAt(one, 'network'))
    return far === undefined ? [] : [port(`from ${far.name}`, { line: one.first })]
  })
  return deviceFrom({
    name,
    source: found.file,
    make: 'gcp',
    interfaces: [
      ...subnets.map((subnet) =>
        port(subnet.device, {
          line: found.json.first,
          leadsTo: { device: subnet.device, interface: 'network' },
        }),
      ),
      ...peers,
      port('internet', { line: found.json.first }),
    ],
    routes: subnets.flatMap(({ device, blocks, found: own }) =>
      blocks.flatMap((text) => routeTo(device, text, own.json.first) ?? []),
    ),
    limits,
  })
}

function subnetDevice(subnet: Subnet, network: Network, world: World): Device {
  const { found, device, blocks, nics } = subnet
  const filters = new Map<
    string,
    { readonly in: readonly Filter[]; readonly out: readonly Filter[] }
  >()
  const filtersOf = (role: Role, kind: string) => {
    const known = filters.get(kind)
    if (known !== undefined) return known
    const of = (side: 'in' | 'out') => [
      firewallFilter(network.found.id, side, { role, world: world.firewalls }),
    ]
    const made = { in: of('in'), out: of('out') }
    filters.set(kind, made)
    return made
  }
  const hosts = nics.map((nic) => {
    const kind = JSON.stringify([nic.tags, nic.accounts])
    return {
      name: nic.name,
      line: nic.line,
      texts: nic.texts,
      machine: world.nics
        .filter(({ machine }) => machine === nic.machine)
        .flatMap(({ texts }) => texts),
      kind,
      isChecked: !nic.forwards,
      ...filtersOf(nic, kind),
    }
  })
  const isTold = world.nics.some((nic) => nic.network === network.found.id)
  const { ways, routes, limits } = waysOf(network, world)
  return deviceFrom({
    name: device,
    source: found.file,
    make: 'gcp',
    interfaces: [
      ...hostPorts({ name: found.name, line: found.json.first, blocks, isTold }, hosts),
      port('network', {
        line: found.json.first,
        leadsTo: { device: network.name, interface: device },
      }),
      ...ways,
    ],
    routes: [
      ...network.subnets.flatMap((one) =>
        one.blocks.flatMap((text) => routeTo('network', text, one.found.json.first) ?? []),
      ),
      ...routes,
    ],
    limits,
  })
}

type Ways = {
  readonly ways: readonly NetworkInterface[]
  readonly routes: readonly Route[]
  readonly limits: readonly DeviceLimit[]
}

/** Of routes about the same the one with the smallest number is taken; those for some instances alone are not told apart. */
function waysOf(network: Network, world: World): Ways {
  const { json } = network.found
  const told = network.routes
    .filter((route) => linkAt(route.json, 'nextHopNetwork') === undefined)
    .map((route) => ({
      route,
      text: textAt(route.json, 'destRange') ?? '',
      priority: numberAt(route.json, 'priority') ?? 1000,
    }))
    .toSorted((a, b) => a.priority - b.priority)
  const first = told.filter(({ text, priority }) =>
    told.every((other) => other.text !== text || other.priority >= priority),
  )
  const ways = new Map<string, NetworkInterface>()
  const routes: Route[] = []
  for (const { route, text } of first) {
    const way = wayOf(route, network, world)
    ways.set(way.name, way)
    const made = routeTo(way.name, text, route.json.first)
    if (made !== undefined) routes.push(made)
  }
  for (const one of itemsAt(json, 'peerings')) {
    const far = world.networks.find((other) => other.found.id === linkAt(one, 'network'))
    const name = `peering ${textAt(one, 'name') ?? ''}`.trim()
    if ((textAt(one, 'state') ?? 'ACTIVE') !== 'ACTIVE') continue
    ways.set(
      name,
      port(name, {
        line: one.first,
        ...(far === undefined
          ? {}
          : { leadsTo: { device: far.name, interface: `from ${network.name}` } }),
      }),
    )
    for (const text of far?.subnets.flatMap(({ blocks }) => blocks) ?? [])
      routes.push(...[routeTo(name, text, one.first)].flatMap((route) => route ?? []))
  }
  const isUnclear = network.routes.some((route) => textsAt(route.json, 'tags').length > 0)
  // Without the list of routes nobody knows what leads out, nor what a network that was not given has.
  const isOpen =
    network.routes.length === 0 ||
    itemsAt(json, 'peerings').some(
      (one) => !world.networks.some((other) => other.found.id === linkAt(one, 'network')),
    )
  return {
    ways: [...ways.values()],
    routes,
    limits: [
      ...(isUnclear ? (['policy_routing', 'not_whole'] as const) : []),
      ...(isOpen ? (['dynamic_routing', 'not_whole'] as const) : []),
    ],
  }
}

function wayOf({ name, json }: Resource, network: Network, world: World): NetworkInterface {
  const line = json.first
  if (/\/gateways\/default-internet-gateway$/.test(textAt(json, 'nextHopGateway') ?? ''))
    return port('internet', {
      line,
      leadsTo: { device: `${network.name}.internet`, interface: 'network' },
    })
  const peering = textAt(json, 'nextHopPeering')
  const far = itemsAt(network.found.json, 'peerings').find((one) => textAt(one, 'name') === peering)
  const known = world.networks.find(
    (other) => far !== undefined && other.found.id === linkAt(far, 'network'),
  )
  if (known !== undefined)
    return port(`peering ${peering}`, {
      line,
      leadsTo: { device: known.name, interface: `from ${network.name}` },
    })
  // Another machine, a tunnel or a balancer passes it on: what becomes of it there is not known.
  return port(name, { line })
}

function internetDevice(network: Network, { resources, nics }: World): Device {
  const { found, name, subnets } = network
  const own = nics.filter((nic) => nic.network === found.id)
  const pairs = own.flatMap((nic) =>
    nic.publics.flatMap((shown) =>
      nic.texts.slice(0, 1).map((mine) => ({ mine, shown, line: nic.line })),
    ),
  )
  const blocks = subnets.flatMap((subnet) => subnet.blocks)
  const six = blocks.filter((text) => text.includes(':'))
  const device = `${name}.internet`
  const inward = addressesIn([...pairs.map(({ shown }) => shown), ...six])
  // What balancers take is passed on to instances; that there is none is said by an empty list in a file of several.
  const isTold =
    resources.of('forwardingRule').length === 0
      ? resources.lists.has('forwardingrules')
      : resources
          .of('forwardingRule')
          .every(({ json }) => !/^EXTERNAL/.test(textAt(json, 'loadBalancingScheme') ?? 'EXTERNAL'))
  return deviceFrom({
    name: device,
    source: found.file,
    make: 'gcp',
    interfaces: [
      port('network', {
        line: found.json.first,
        turns: true,
        leadsTo: { device: name, interface: 'internet' },
        ingress: [
          exits(
            { name: `${device} out`, own: [...pairs.map(({ mine }) => mine), ...six] },
            network,
            resources,
          ),
        ],
      }),
      port('internet', {
        line: found.json.first,
        isInternet: true,
        ingress: [onlyFilter(`${device} in`, { destination: inward })],
      }),
    ],
    translations: [...pairs.flatMap(translationsOf), shared(blocks, found.json.first)],
    routes: [
      ...blocks.flatMap((text) => routeTo('network', text, found.json.first) ?? []),
      internetRoute('internet', found.json.first),
    ],
    limits: isTold ? [] : ['translation_not_understood'],
  })
}

/** Under an address of its own, through Cloud NAT where there is one; to the maker's own services in ways that are not read. */
function exits(
  { name, own }: { readonly name: string; readonly own: readonly string[] },
  { found, subnets }: Network,
  resources: Resources,
): Filter {
  const make = (
    texts: readonly string[],
    why: { conditions?: readonly string[]; unread?: readonly string[] },
    label: string,
  ) =>
    ruleOf({
      action: 'permit',
      source: addressesIn(texts),
      destination: ANY_ADDRESS,
      services: [{ protocols: null, destination: null, source: null }],
      ...why,
      first: found.json.first,
      last: found.json.first,
      label,
      text: '',
    })
  const hasNat = resources
    .of('router')
    .some(({ json }) => linkAt(json, 'network') === found.id && itemsAt(json, 'nats').length > 0)
  const all = subnets.flatMap(({ blocks }) => blocks)
  const google = subnets
    .filter((subnet) => isTrueAt(subnet.found.json, 'privateIpGoogleAccess'))
    .flatMap(({ blocks }) => blocks)
  return {
    name,
    rules: [
      make(own, {}, 'natIP'),
      ...(hasNat ? [make(all, { conditions: ['Cloud NAT'] }, 'nats')] : []),
      ...(google.length > 0
        ? [make(google, { unread: ['privateIpGoogleAccess'] }, 'privateIpGoogleAccess')]
        : []),
      // Routers were not given: one of them may translate.
      ...(hasNat || resources.of('router').length > 0 || resources.lists.has('routers')
        ? []
        : [make(all, { unread: ['routers'] }, 'routers')]),
    ],
    fallback: 'deny',
    isStateful: true,
  }
}

function translationsOf({
  mine,
  shown,
  line,
}: {
  readonly mine: string
  readonly shown: string
  readonly line: number
}): readonly Translation[] {
  const [own, seen] = [prefix(mine), prefix(shown)]
  if (own === undefined || seen === undefined) return []
  const common = { from: null, to: null, port: null, first: line, last: line, isExact: true }
  return [
    {
      ...common,
      kind: 'destination',
      match: cubesFor({ destination: seen }),
      address: own.v4,
      label: `${shown} → ${mine}`,
    },
    {
      ...common,
      kind: 'source',
      match: cubesFor({ source: own }),
      address: seen.v4,
      label: `${mine} → ${shown}`,
    },
  ]
}

function shared(blocks: readonly string[], line: number): Translation {
  return {
    kind: 'source',
    from: new Set(['network']),
    to: null,
    match: cubesFor({ source: addressesIn(blocks) }),
    address: null,
    port: null,
    first: line,
    last: line,
    label: 'outbound',
    isExact: false,
  }
}
