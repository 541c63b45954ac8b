// A subnet as a device: hosts that share their groups behind one port, a port for each way out, the table that routes between them.
// The ACL stands on the ways out; between hosts of one subnet only groups do.

import { ANY_ADDRESS } from '../../packets/addresses.ts'
import type { Filter } from '../../packets/rule.ts'
import { textAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import { hostPorts } from '../cloud/hosts.ts'
import type { Host } from '../cloud/hosts.ts'
import type { Device, NetworkInterface, Policy, Route } from '../device.ts'
import {
  between,
  conditionalFilter,
  deviceFrom,
  policyFrom,
  port,
  routeTo,
  unreadFilter,
} from '../parts.ts'
import { ruleOf } from '../rule-of.ts'
import { balancerWays } from './balancers.ts'
import { groupsFilter, prefixListTexts } from './filters.ts'
import { endpointPorts, firewallBehind } from './firewalls.ts'
import type { Endpoint } from './firewalls.ts'
import { isHost } from './hosts.ts'
import type { Eni } from './hosts.ts'
import type { Subnet, World } from './kinds.ts'
import { transitWay } from './transit.ts'

export function subnetDevice(subnet: Subnet, world: World): Device {
  const hosts = portsOf(subnet, world)
  const { ways, routes, isWhole } = waysOf(subnet, world)
  const back = arrivalPorts(subnet, world)
  const balancers = balancerWays(subnet.id, world)
  return deviceFrom({
    name: subnet.id,
    source: subnet.found.file,
    make: 'aws',
    interfaces: [...hosts, localPort(subnet), ...ways, ...back, ...balancers.interfaces],
    policy: fromTransit(subnet, hosts, back),
    routes: [...routes, ...balancers.routes],
    limits: isWhole && subnet.table !== undefined ? [] : ['not_whole'],
  })
}

function localPort(subnet: Subnet): NetworkInterface {
  return port('local', {
    line: subnet.found.json.first,
    leadsTo: { device: subnet.vpc, interface: subnet.id },
    ingress: [subnet.acls.in],
    egress: [subnet.acls.out],
  })
}

function portsOf(subnet: Subnet, world: World): readonly NetworkInterface[] {
  const { resources, enis } = world
  const ground = {
    name: subnet.name ?? subnet.id,
    line: subnet.found.json.first,
    blocks: subnet.blocks,
    isTold: resources.has('NetworkInterfaces') && enis.some(({ vpc }) => vpc === subnet.vpc),
  }
  return hostPorts(
    ground,
    subnet.enis.filter(isHost).map((eni) => hostOf(eni, world)),
  )
}

/** Interfaces of machines; others answer as their maker decides. */
const OF_MACHINES = new Set(['interface', 'efa', 'trunk', 'branch'])

function hostOf(eni: Eni, world: World): Host {
  const { id, groups, type } = eni
  const isManaged = !OF_MACHINES.has(type)
  const guard = (direction: 'in' | 'out'): readonly Filter[] =>
    groups.length === 0
      ? [unreadFilter(`${id} ${direction}`, 'Groups')]
      : [groupsFilter(groups, direction, world)]
  return {
    name: id,
    line: eni.line,
    texts: eni.texts,
    machine: (world.machines.get(eni.machine) ?? []).flatMap(({ texts }) => texts),
    kind: JSON.stringify([groups, isManaged ? type : '']),
    out: () => guard('out'),
    in: () => [...guard('in'), ...(isManaged ? [conditionalFilter(id, type)] : [])],
    isChecked: eni.isChecked,
  }
}

type Ways = {
  readonly ways: readonly NetworkInterface[]
  readonly routes: readonly Route[]
  readonly isWhole: boolean
}

function waysOf(subnet: Subnet, world: World): Ways {
  const ways = new Map<string, NetworkInterface>()
  const routes: Route[] = []
  let isWhole = true
  const entries = subnet.table?.json
  for (const entry of listOf(entries)) {
    const to = wayOf(entry, { subnet, world })
    if (to !== null && !ways.has(to.name) && to.name !== 'local') ways.set(to.name, to)
    const texts = destinationsOf(entry, world)
    const made = texts?.map((text) => routeTo(to?.name ?? null, text, entry.first)) ?? []
    if (texts === undefined || made.includes(undefined)) isWhole = false
    routes.push(...made.flatMap((route) => route ?? []))
  }
  return { ways: [...ways.values()], routes, isWhole }
}

function listOf(table: Json | undefined): readonly Json[] {
  const list = table?.kind === 'object' ? table.members.get('Routes') : undefined
  return list?.kind === 'list' ? list.items : []
}

function destinationsOf(entry: Json, { resources }: World): readonly string[] | undefined {
  const text = textAt(entry, 'DestinationCidrBlock') ?? textAt(entry, 'DestinationIpv6CidrBlock')
  if (text !== undefined) return [text]
  const list = textAt(entry, 'DestinationPrefixListId')
  return list === undefined ? undefined : prefixListTexts(list, resources)
}

type At = { readonly subnet: Subnet; readonly world: World }

/** The members of a route that say where it goes. */
const TARGETS = [
  'GatewayId',
  'NatGatewayId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'EgressOnlyInternetGatewayId',
  'VpcEndpointId',
  'NetworkInterfaceId',
  'InstanceId',
  'LocalGatewayId',
  'CarrierGatewayId',
  'CoreNetworkArn',
  'OdbNetworkArn',
]

/** `null`: into a hole. */
function wayOf(entry: Json, { subnet, world }: At): NetworkInterface | null {
  if (textAt(entry, 'State') === 'blackhole') return null
  const target = TARGETS.flatMap((key) => textAt(entry, key) ?? [])[0]
  if (target === 'local') return localPort(subnet)
  const name = target ?? `route ${entry.first}`
  const acl = { ingress: [subnet.acls.in], egress: [subnet.acls.out], line: entry.first }
  if (/^e?igw-/.test(name))
    return port(name, { ...acl, leadsTo: { device: name, interface: 'vpc' } })
  if (name.startsWith('vgw-'))
    return port(name, { ...acl, leadsTo: { device: name, interface: 'vpc' } })
  if (name.startsWith('nat-')) return natWay(name, acl, { subnet, world })
  if (name.startsWith('tgw-')) return transitWay(name, acl, { subnet, world })
  if (name.startsWith('vpce-')) {
    const behind = firewallBehind(name, world.firewalls)
    if (behind !== undefined) return endpointWay(name, acl, { subnet, world, behind })
  }
  if (name.startsWith('pcx-')) return peeringWay(name, acl, { subnet, world })
  // An endpoint of a service: its policy decides, and what answers is the maker's.
  if (isGatewayEndpoint(name, world))
    return port(name, { ...acl, egress: [subnet.acls.out, conditionalFilter(name, 'VpcEndpoint')] })
  // Another machine passes it on: what becomes of it there is not known.
  return port(name, acl)
}

function isGatewayEndpoint(name: string, { resources }: World): boolean {
  return textAt(resources.get('VpcEndpoints', name)?.json, 'VpcEndpointType') === 'Gateway'
}

type Acls = Pick<NetworkInterface, 'ingress' | 'egress' | 'line'>

/** Into the subnet that the gateway stands in: the ACL there is met as well. */
function natWay(name: string, acl: Acls, { subnet, world }: At): NetworkInterface | null {
  const found = world.resources.get('NatGateways', name)
  if (found === undefined) return port(name, acl)
  if (!/^(?:available|updating)$/.test(textAt(found.json, 'State') ?? 'available')) return null
  const other = world.subnets.get(textAt(found.json, 'SubnetId') ?? '')
  const more = other === undefined || other.id === subnet.id ? [] : [other.acls.in]
  return port(name, {
    ...acl,
    egress: [...acl.egress, ...more],
    leadsTo: { device: name, interface: 'in' },
  })
}

/** Into the subnet that the endpoint stands in: the ACL there is met as well. */
function endpointWay(
  name: string,
  acl: Acls,
  { subnet, world, behind }: At & { readonly behind: Endpoint },
): NetworkInterface {
  const other = world.subnets.get(behind.subnet)
  const more = other === undefined || other.id === subnet.id ? [] : [other.acls.in]
  return port(name, {
    ...acl,
    egress: [...acl.egress, ...more],
    leadsTo: { device: behind.device, interface: 'in' },
  })
}

function peeringWay(name: string, acl: Acls, { subnet, world }: At): NetworkInterface | null {
  const found = world.resources.get('VpcPeeringConnections', name)
  if (found === undefined) return port(name, acl)
  if ((textAt(found.json, 'Status', 'Code') ?? 'active') !== 'active') return null
  const sides = ['AccepterVpcInfo', 'RequesterVpcInfo'].map((side) =>
    textAt(found.json, side, 'VpcId'),
  )
  const far = sides.find((id) => id !== subnet.vpc)
  return far === undefined || !world.vpcs.has(far)
    ? port(name, acl)
    : port(name, { ...acl, leadsTo: { device: far, interface: name } })
}

/** Where gateways that stand in this subnet put packets down. */
function arrivalPorts({ id, acls }: Subnet, world: World): readonly NetworkInterface[] {
  const nats = world.resources
    .of('NatGateways')
    .filter(({ json }) => textAt(json, 'SubnetId') === id)
    .map((found) => port(`from ${found.id}`, { line: found.json.first }))
  const transits = world.attachments.filter(({ subnets }) => subnets.includes(id))
  return [
    ...nats,
    ...endpointPorts(id, world.firewalls),
    ...transits.map((one) => port(`from ${one.id}`, { line: one.line, egress: [acls.out] })),
  ]
}

/** From a transit gateway to hosts of the very subnet it stands in: its ACL lets them in. */
function fromTransit(
  { acls }: Subnet,
  hosts: readonly NetworkInterface[],
  back: readonly NetworkInterface[],
): Policy | null {
  const from = back.map(({ name }) => name).filter((name) => name.startsWith('from tgw-attach-'))
  if (from.length === 0) return null
  const names = hosts.map(({ name }) => name)
  const closed = ruleOf({
    action: 'deny',
    source: ANY_ADDRESS,
    destination: ANY_ADDRESS,
    services: [{ protocols: null, destination: null, source: null }],
    first: 1,
    last: 1,
    label: acls.in.name,
    text: '',
  })
  return policyFrom(
    acls.in.name,
    [...acls.in.rules, closed].map((rule) => between(rule, from, names)),
    { fallback: 'permit', isStateful: false },
  )
}
