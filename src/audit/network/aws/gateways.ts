// What stands between subnets and the rest: the router of a VPC, gateways to the Internet, translation, what leads home.

import { bothAddresses, prefix } from '../../packets/addresses.ts'
import { itemsAt, textAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import { pairTranslations } from '../cloud/public-pairs.ts'
import type { Device, NetworkInterface } from '../device.ts'
import {
  NOTHING_PASSES,
  addressesIn,
  cubesFor,
  deviceFrom,
  internetRoute,
  onlyFilter,
  port,
  routeTo,
  unreadFilter,
} from '../parts.ts'
import { aclFilter, groupsFilter } from './filters.ts'
import type { Vpc, World } from './kinds.ts'
import type { Found } from './resources.ts'

/** Between the subnets of a VPC: what comes in goes to the subnet it is for, and nowhere else. */
export function vpcDevice(vpc: Vpc, world: World): Device {
  const { resources } = world
  const doors = [
    ...['InternetGateways', 'EgressOnlyInternetGateways'].flatMap((kind) =>
      resources.of(kind).filter(({ json }) => isAttached(json, vpc.id, 'Attachments')),
    ),
    ...resources.of('VpnGateways').filter(({ json }) => isAttached(json, vpc.id, 'VpcAttachments')),
  ]
  return deviceFrom({
    name: vpc.id,
    source: vpc.found.file,
    make: 'aws',
    interfaces: [
      ...vpc.subnets.map(({ id, name, found }) =>
        port(id, {
          alias: name,
          line: found.json.first,
          leadsTo: { device: id, interface: 'local' },
        }),
      ),
      ...doors.map(({ id, json }) => doorPort(id, json, world)),
      ...peeringPorts(vpc, world),
    ],
    routes: vpc.subnets.flatMap(({ id, blocks, found }) =>
      blocks.flatMap((text) => routeTo(id, text, found.json.first) ?? []),
    ),
    filters: listsOf(vpc, world),
    limits: [
      ...(resources.isWhole ? [] : (['not_whole'] as const)),
      ...(hasUnreadBalancer(vpc, world) ? (['translation_not_understood'] as const) : []),
    ],
  })
}

/** A balancer shows itself by its interfaces; where it leads stands in lists of its own. */
function hasUnreadBalancer({ id }: Vpc, { enis, balancers }: World): boolean {
  return enis.some(
    (eni) =>
      eni.vpc === id &&
      (eni.description.startsWith('ELB ') || eni.type.endsWith('load_balancer')) &&
      !balancers.some((one) => one.enis.includes(eni)),
  )
}

/** Every list that is there, on an interface or not. */
function listsOf({ id }: Vpc, world: World) {
  const { resources } = world
  const own = (kind: string) =>
    resources.of(kind).filter(({ json }) => textAt(json, 'VpcId') === id)
  const both = ['in', 'out'] as const
  return [
    ...own('NetworkAcls').flatMap((found) => both.map((side) => aclFilter(found, side))),
    ...own('SecurityGroups').flatMap((found) =>
      both.map((side) => groupsFilter([found.id], side, world)),
    ),
  ]
}

function isAttached(json: Json, vpc: string, list: string): boolean {
  return itemsAt(json, list).some(
    (one) => textAt(one, 'VpcId') === vpc && textAt(one, 'State')?.startsWith('detach') !== true,
  )
}

/** A table may belong to a gateway: what comes in then goes through a machine that is not read. */
function doorPort(id: string, json: Json, { resources }: World): NetworkInterface {
  const isLed = resources
    .of('RouteTables')
    .some((table) =>
      itemsAt(table.json, 'Associations').some((one) => textAt(one, 'GatewayId') === id),
    )
  return port(id, {
    line: json.first,
    ingress: isLed ? [unreadFilter(`${id} routes`, 'RouteTables')] : [],
  })
}

/** From the other VPC alone: nothing is passed on through it. */
function peeringPorts(vpc: Vpc, { resources, vpcs }: World): readonly NetworkInterface[] {
  return resources.of('VpcPeeringConnections').flatMap(({ id, json }) => {
    const sides = ['AccepterVpcInfo', 'RequesterVpcInfo'].map((side) => textAt(json, side, 'VpcId'))
    const far = sides.find((one) => one !== vpc.id)
    if (!sides.includes(vpc.id) || far === undefined) return []
    const source = addressesIn(vpcs.get(far)?.blocks ?? [])
    return [port(id, { line: json.first, ingress: [onlyFilter(id, { source })] })]
  })
}

export function gatewayDevices(vpc: Vpc, world: World): readonly Device[] {
  const { resources } = world
  const attached = (kind: string, list: string) =>
    resources.of(kind).filter(({ json }) => isAttached(json, vpc.id, list))
  return [
    ...attached('InternetGateways', 'Attachments').map((one) => internetGateway(one, vpc, world)),
    ...attached('EgressOnlyInternetGateways', 'Attachments').map((one) => outwardGateway(one, vpc)),
    ...attached('VpnGateways', 'VpcAttachments').map((one) => homeGateway(one, vpc, world)),
    ...resources
      .of('NatGateways')
      .filter(({ json }) => textAt(json, 'VpcId') === vpc.id)
      .map((one) => natGateway(one)),
  ]
}

/** One address for one: an interface without a public address neither leaves nor is reached. */
function internetGateway({ id, file, json }: Found, vpc: Vpc, { enis }: World): Device {
  const pairs = enis
    .filter((eni) => eni.vpc === vpc.id)
    .flatMap((eni) => eni.publics.map((pair) => ({ ...pair, line: eni.line })))
  const six = vpc.blocks.filter((text) => text.includes(':'))
  const own = addressesIn([...pairs.map((pair) => pair.own), ...six])
  const shown = addressesIn([...pairs.map((pair) => pair.public), ...six])
  return deviceFrom({
    name: id,
    source: file,
    make: 'aws',
    interfaces: [
      port('vpc', {
        line: json.first,
        turns: true,
        leadsTo: { device: vpc.id, interface: id },
        ingress: [onlyFilter(`${id} out`, { source: own })],
      }),
      port('internet', {
        line: json.first,
        isInternet: true,
        ingress: [onlyFilter(`${id} in`, { destination: shown })],
      }),
    ],
    translations: pairs.flatMap(pairTranslations),
    routes: [
      ...vpc.blocks.flatMap((text) => routeTo('vpc', text, json.first) ?? []),
      internetRoute('internet', json.first),
    ],
  })
}

/** IPv6 from inside, and only its answers back. */
function outwardGateway({ id, file, json }: Found, vpc: Vpc): Device {
  const six = vpc.blocks.filter((text) => text.includes(':'))
  return deviceFrom({
    name: id,
    source: file,
    make: 'aws',
    interfaces: [
      port('vpc', {
        line: json.first,
        leadsTo: { device: vpc.id, interface: id },
        ingress: [onlyFilter(id, { source: addressesIn(six) })],
      }),
      port('internet', {
        line: json.first,
        isInternet: true,
        ingress: [NOTHING_PASSES(`${id} in`)],
      }),
    ],
    routes: [
      ...six.flatMap((text) => routeTo('vpc', text, json.first) ?? []),
      internetRoute('internet', json.first),
    ],
  })
}

/** To networks of one's own: what the tables say lies there. */
function homeGateway({ id, file, json }: Found, vpc: Vpc, { resources }: World): Device {
  const told = resources
    .of('RouteTables')
    .filter((table) => textAt(table.json, 'VpcId') === vpc.id)
    .flatMap((table) => itemsAt(table.json, 'Routes'))
    .filter((entry) => textAt(entry, 'GatewayId') === id)
  return deviceFrom({
    name: id,
    source: file,
    make: 'aws',
    interfaces: [
      port('vpc', { line: json.first, leadsTo: { device: vpc.id, interface: id } }),
      port('on-premises', { line: json.first }),
    ],
    routes: [
      ...vpc.blocks.flatMap((text) => routeTo('vpc', text, json.first) ?? []),
      ...told.flatMap((entry) => {
        const text =
          textAt(entry, 'DestinationCidrBlock') ?? textAt(entry, 'DestinationIpv6CidrBlock')
        return routeTo('on-premises', text, entry.first) ?? []
      }),
    ],
    limits: ['tunnels'],
  })
}

/** Sends under its own address; nothing begins from outside. */
function natGateway({ id, file, json }: Found): Device {
  const own = itemsAt(json, 'NatGatewayAddresses').flatMap((one) => {
    const text = textAt(one, 'PrivateIp')
    return text === undefined ? [] : [prefix(text) ?? { v4: [], v6: [] }]
  })
  const address = bothAddresses(own).v4
  return deviceFrom({
    name: id,
    source: file,
    make: 'aws',
    interfaces: [
      port('in', { line: json.first }),
      port('out', {
        line: json.first,
        ingress: [NOTHING_PASSES(id)],
        leadsTo: { device: textAt(json, 'SubnetId') ?? '', interface: `from ${id}` },
      }),
    ],
    translations: [
      {
        kind: 'source',
        from: new Set(['in']),
        to: null,
        match: cubesFor({}),
        address: address.length === 0 ? null : address,
        port: null,
        first: json.first,
        last: json.last,
        label: id,
        isExact: false,
      },
    ],
    routes: ['0.0.0.0/0', '::/0'].flatMap((text) => routeTo('out', text, json.first) ?? []),
  })
}
