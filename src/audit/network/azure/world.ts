// All that was given of Azure, looked up once: virtual networks with their subnets, joined networks, who stands where.

import { isTrueAt, itemsAt, member } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import { idAt, prop, propItems, propText, propTexts } from './resources.ts'
import type { Resource, Resources } from './resources.ts'

export type Nic = {
  readonly name: string
  readonly line: number
  readonly subnet: string
  readonly group: string | undefined
  readonly texts: readonly string[]
  readonly publics: readonly { readonly own: string; readonly public: string | undefined }[]
  /** Application security groups. */
  readonly roles: readonly string[]
  readonly machine: string
  readonly forwards: boolean
  readonly isEndpoint: boolean
  /** A balancer passes to it what it takes. */
  readonly isBalanced: boolean
}

export type Subnet = {
  readonly id: string
  readonly name: string
  /** The name of its device. */
  readonly device: string
  readonly line: number
  readonly blocks: readonly string[]
  readonly group: string | undefined
  readonly table: string | undefined
  readonly nics: readonly Nic[]
  readonly hasNat: boolean
  /** Hosts without a public address get out under an address of the maker's. */
  readonly hasDefaultExit: boolean
  readonly guardsEndpoints: boolean
  /** Services of the maker's stand there, with interfaces that no list shows. */
  readonly isManaged: boolean
}

export type Peer = {
  readonly name: string
  /** `undefined`: not given. */
  readonly far: Network | undefined
  readonly isOpen: boolean
}

export type Network = {
  readonly id: string
  readonly name: string
  readonly blocks: readonly string[]
  readonly subnets: readonly Subnet[]
  readonly peers: readonly Peer[]
  readonly hasGateway: boolean
  readonly found: Resource
}

export type World = {
  readonly resources: Resources
  readonly networks: readonly Network[]
  readonly nics: readonly Nic[]
}

export function worldOf(resources: Resources): World {
  const nics = resources.of('networkInterfaces').flatMap((one) => nicsFrom(one, resources))
  const bySubnet = Map.groupBy(nics, ({ subnet }) => subnet)
  const names = new Set<string>()
  const made = resources.of('virtualNetworks').map((found) => {
    const name = unique(found, names)
    const subnets = propItems(found.json, 'subnets').flatMap((json) =>
      subnetFrom(json, name, bySubnet),
    )
    const peers: Peer[] = []
    return {
      id: found.id,
      name,
      blocks: itemsAt(prop(found.json, 'addressSpace'), 'addressPrefixes').flatMap((one) =>
        one.kind === 'value' && typeof one.value === 'string' ? [one.value] : [],
      ),
      subnets,
      peers,
      hasGateway: subnets.some((subnet) => subnet.name.toLowerCase() === 'gatewaysubnet'),
      found,
    }
  })
  const byId = new Map(made.map((network) => [network.id, network]))
  for (const network of made) network.peers.push(...peersOf(network.found.json, byId))
  return { resources, networks: made, nics }
}

function unique({ name, id }: Resource, names: Set<string>): string {
  const own = names.has(name) ? id.replaceAll('/', '.') : name
  names.add(own)
  return own
}

function peersOf(json: Json, byId: ReadonlyMap<string, Network>): readonly Peer[] {
  return propItems(json, 'virtualNetworkPeerings').flatMap((peering) => {
    const state = propText(peering, 'peeringState') ?? 'Connected'
    if (state !== 'Connected') return []
    const id = idAt(peering, 'remoteVirtualNetwork')
    return [
      {
        name: `peering ${propText(peering, 'name') ?? ''}`.trim(),
        far: id === undefined ? undefined : byId.get(id),
        isOpen: !isFalse(prop(peering, 'allowVirtualNetworkAccess')),
      },
    ]
  })
}

function isFalse(json: Json | undefined): boolean {
  return json?.kind === 'value' && json.value === false
}

function subnetFrom(
  json: Json,
  network: string,
  nics: ReadonlyMap<string, readonly Nic[]>,
): readonly Subnet[] {
  const id = idAt(json)
  const name = propText(json, 'name') ?? id?.split('/').at(-1)
  if (id === undefined || name === undefined) return []
  return [
    {
      id,
      name,
      device: `${network}.${name}`,
      line: json.first,
      blocks: [...new Set(propTexts(json, 'addressPrefix', 'addressPrefixes'))],
      group: idAt(json, 'networkSecurityGroup'),
      table: idAt(json, 'routeTable'),
      nics: nics.get(id) ?? [],
      hasNat: idAt(json, 'natGateway') !== undefined,
      hasDefaultExit: !isFalse(prop(json, 'defaultOutboundAccess')),
      guardsEndpoints: /^(?:enabled|networksecuritygroupenabled)$/i.test(
        propText(json, 'privateEndpointNetworkPolicies') ?? '',
      ),
      isManaged:
        /^(?:gatewaysubnet|azurefirewallsubnet|azurebastionsubnet|routeserversubnet)$/i.test(
          name,
        ) ||
        propItems(json, 'delegations').length > 0 ||
        propItems(json, 'serviceAssociationLinks').length > 0 ||
        propItems(json, 'applicationGatewayIPConfigurations').length > 0,
    },
  ]
}

/** One for each subnet that it stands in. */
function nicsFrom({ json, name, id }: Resource, resources: Resources): readonly Nic[] {
  const configurations = propItems(json, 'ipConfigurations')
  const bySubnet = Map.groupBy(configurations, (one) => idAt(one, 'subnet'))
  return [...bySubnet].flatMap(([subnet, own]): readonly Nic[] => {
    if (subnet === undefined) return []
    const addressOf = (one: Json) =>
      propText(one, 'privateIPAddress') ?? propText(one, 'privateIpAddress')
    const texts = own.flatMap((one) => addressOf(one) ?? [])
    return [
      {
        name,
        line: json.first,
        subnet,
        group: idAt(json, 'networkSecurityGroup'),
        texts,
        publics: own.flatMap((one) => {
          const shown = idAt(one, 'publicIPAddress') ?? idAt(one, 'publicIpAddress')
          const mine = addressOf(one)
          return shown === undefined || mine === undefined
            ? []
            : [{ own: mine, public: propText(resources.get(shown)?.json, 'ipAddress') }]
        }),
        roles: own.flatMap((one) =>
          propItems(one, 'applicationSecurityGroups').flatMap((role) => idAt(role) ?? []),
        ),
        machine: idAt(json, 'virtualMachine') ?? id,
        forwards: isTrue(json, 'enableIPForwarding') || isTrue(json, 'enableIpForwarding'),
        isEndpoint: idAt(json, 'privateEndpoint') !== undefined,
        isBalanced: own.some((one) =>
          [
            'loadBalancerBackendAddressPools',
            'loadBalancerInboundNatRules',
            'applicationGatewayBackendAddressPools',
          ].some((list) => propItems(one, list).length > 0),
        ),
      },
    ]
  })
}

function isTrue(json: Json, name: string): boolean {
  return (
    isTrueAt(json, 'properties', name) ||
    (member(json, 'properties') === undefined && isTrueAt(json, name))
  )
}
