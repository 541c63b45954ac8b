// Answers of the AWS API from all files together: what there is of each kind, known by its id. The same thing told twice is one;
// told differently it is nothing to rely on.

import { itemsAt, meaningOf, member, textAt } from '../../tree/json-values.ts'
import type { Json, JsonRead } from '../../tree/json-values.ts'

export type Doc = { readonly file: string; readonly read: JsonRead }
export type Found = { readonly json: Json; readonly file: string; readonly id: string }

export type Resources = {
  readonly of: (kind: string) => readonly Found[]
  /** Something was said of the kind, be it that there is none. */
  readonly has: (kind: string) => boolean
  readonly get: (kind: string, id: string | undefined) => Found | undefined
  /** Told twice and not the same. */
  readonly isDisputed: (id: string) => boolean
  /** False: a text was cut, or an answer has further pages. */
  readonly isWhole: boolean
}

/** The member that names a thing of its kind. */
const ID: Readonly<Record<string, string>> = {
  SecurityGroups: 'GroupId',
  NetworkAcls: 'NetworkAclId',
  RouteTables: 'RouteTableId',
  Vpcs: 'VpcId',
  Subnets: 'SubnetId',
  NetworkInterfaces: 'NetworkInterfaceId',
  InternetGateways: 'InternetGatewayId',
  EgressOnlyInternetGateways: 'EgressOnlyInternetGatewayId',
  NatGateways: 'NatGatewayId',
  VpcPeeringConnections: 'VpcPeeringConnectionId',
  VpnGateways: 'VpnGatewayId',
  VpnConnections: 'VpnConnectionId',
  VpcEndpoints: 'VpcEndpointId',
  TransitGateways: 'TransitGatewayId',
  TransitGatewayAttachments: 'TransitGatewayAttachmentId',
  TransitGatewayVpcAttachments: 'TransitGatewayAttachmentId',
  TransitGatewayRouteTables: 'TransitGatewayRouteTableId',
  TransitGatewayStaticRoutes: 'TransitGatewayRouteTableId',
  TransitGatewayPropagations: 'TransitGatewayRouteTableId',
  Reservations: 'ReservationId',
  LoadBalancers: 'LoadBalancerArn',
  LoadBalancerListeners: 'LoadBalancerArn',
  Listeners: 'ListenerArn',
  LoadBalancerTargetHealth: 'TargetGroupArn',
  TargetGroups: 'TargetGroupArn',
  PrefixLists: 'PrefixListId',
}

/** An answer that was cut down to its list: told by what an entry has, the most telling first. */
const BARE: readonly (readonly [string, readonly string[]])[] = [
  ['SecurityGroups', ['GroupId', 'IpPermissions']],
  ['NetworkAcls', ['NetworkAclId', 'Entries']],
  ['RouteTables', ['RouteTableId', 'Routes']],
  ['NetworkInterfaces', ['NetworkInterfaceId', 'PrivateIpAddress']],
  ['Subnets', ['SubnetId', 'CidrBlock']],
  ['Vpcs', ['VpcId', 'CidrBlock']],
  ['InternetGateways', ['InternetGatewayId', 'Attachments']],
  ['NatGateways', ['NatGatewayId', 'NatGatewayAddresses']],
  ['VpcPeeringConnections', ['VpcPeeringConnectionId']],
  ['Reservations', ['ReservationId', 'Instances']],
]

/** What decides about packets: a dispute about anything else is no matter. */
const DECIDES = new Set(['SecurityGroups', 'NetworkAcls', 'RouteTables'])

const ASIDE = /^Tags$/

export function resourcesIn(docs: readonly Doc[]): Resources {
  const kinds = new Map<string, Map<string, Found>>()
  const disputed = new Set<string>()
  let isWhole = true
  const take = (kind: string, json: Json, file: string) => {
    const known = kinds.get(kind) ?? new Map<string, Found>()
    kinds.set(kind, known)
    const id = textAt(json, ID[kind] ?? '') ?? `${kind} ${known.size}`
    const earlier = known.get(id)
    if (earlier === undefined) known.set(id, { json, file, id })
    else if (DECIDES.has(kind) && meaningOf(earlier.json, ASIDE) !== meaningOf(json, ASIDE))
      disputed.add(id)
  }
  for (const { file, read } of docs) {
    isWhole &&= read.isWhole && textAt(read.value ?? undefined, 'NextToken') === undefined
    for (const [kind, json] of listsIn(read.value)) {
      if (!kinds.has(kind)) kinds.set(kind, new Map())
      for (const item of itemsAt(json)) take(kind, item, file)
    }
  }
  return {
    of: (kind) => [...(kinds.get(kind)?.values() ?? [])],
    has: (kind) => kinds.has(kind),
    get: (kind, id) => (id === undefined ? undefined : kinds.get(kind)?.get(id)),
    isDisputed: (id) => disputed.has(id),
    isWhole,
  }
}

function* listsIn(value: Json | null): Generator<readonly [string, Json]> {
  if (value?.kind === 'object') {
    for (const [name, json] of value.members) if (json.kind === 'list') yield [name, json]
    // One file for all: the answers under names of a person's own.
    for (const json of value.members.values()) if (json.kind === 'object') yield* listsIn(json)
  }
  if (value?.kind !== 'list') return
  const [first] = value.items
  const bare = BARE.find(([, members]) =>
    members.every((name) => member(first, name) !== undefined),
  )
  if (bare !== undefined) yield [bare[0], value]
  else for (const item of value.items) if (item.kind === 'object') yield* listsIn(item)
}

/** What people call it. */
export function nameTag(json: Json): string | null {
  for (const list of ['Tags', 'TagSet'])
    for (const tag of itemsAt(json, list))
      if (textAt(tag, 'Key') === 'Name') return textAt(tag, 'Value') ?? null
  return null
}
