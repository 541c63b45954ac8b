// Network interfaces: addresses that stand in a subnet, with the groups that guard them.

import { NO_ADDRESS, bothAddresses } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { isTrueAt, itemsAt, member, textAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import type { Prefix } from '../device.ts'
import { addressesIn, prefixesFrom } from '../parts.ts'
import type { Resources } from './resources.ts'

export type Eni = {
  readonly id: string
  readonly file: string
  readonly line: number
  readonly subnet: string
  readonly vpc: string
  readonly groups: readonly string[]
  readonly texts: readonly string[]
  readonly prefixes: readonly Prefix[]
  readonly publics: readonly { readonly own: string; readonly public: string }[]
  /** What it is part of: addresses of one machine reach each other inside it. */
  readonly machine: string
  /** `interface`, `nat_gateway`, `network_load_balancer`, `transit_gateway`, `vpc_endpoint`, … */
  readonly type: string
  readonly description: string
  /** It sends and takes what is its own alone. */
  readonly isChecked: boolean
}

/** Where no list of interfaces was given, those that the instances have. */
export function enisIn(resources: Resources): readonly Eni[] {
  const found = new Map<string, Eni>()
  const take = (json: Json, file: string, instance?: string) => {
    const eni = eniFrom(json, file, instance)
    if (eni !== undefined && !found.has(eni.id)) found.set(eni.id, eni)
  }
  for (const { json, file } of resources.of('NetworkInterfaces')) take(json, file)
  for (const { json, file } of resources.of('Reservations'))
    for (const instance of itemsAt(json, 'Instances'))
      for (const one of itemsAt(instance, 'NetworkInterfaces'))
        take(one, file, textAt(instance, 'InstanceId'))
  return [...found.values()]
}

function eniFrom(json: Json, file: string, instance: string | undefined): Eni | undefined {
  const [id, subnet, vpc] = ['NetworkInterfaceId', 'SubnetId', 'VpcId'].map((key) =>
    textAt(json, key),
  )
  if (id === undefined || subnet === undefined || vpc === undefined) return undefined
  const own = itemsAt(json, 'PrivateIpAddresses')
  const v4 = own.flatMap((one) => textAt(one, 'PrivateIpAddress') ?? [])
  const single = textAt(json, 'PrivateIpAddress')
  const texts = [
    ...new Set([
      ...(single === undefined ? [] : [single]),
      ...v4,
      ...itemsAt(json, 'Ipv6Addresses').flatMap((one) => textAt(one, 'Ipv6Address') ?? []),
      ...itemsAt(json, 'Ipv4Prefixes').flatMap((one) => textAt(one, 'Ipv4Prefix') ?? []),
      ...itemsAt(json, 'Ipv6Prefixes').flatMap((one) => textAt(one, 'Ipv6Prefix') ?? []),
    ]),
  ]
  return {
    id,
    file,
    line: json.first,
    subnet,
    vpc,
    groups: itemsAt(json, 'Groups')
      .flatMap((group) => textAt(group, 'GroupId') ?? [])
      .toSorted(),
    texts,
    prefixes: prefixesFrom(texts),
    publics: publicsOf(json, own),
    machine: instance ?? textAt(json, 'Attachment', 'InstanceId') ?? id,
    type: textAt(json, 'InterfaceType') ?? 'interface',
    description: textAt(json, 'Description') ?? '',
    isChecked: member(json, 'SourceDestCheck') === undefined || isTrueAt(json, 'SourceDestCheck'),
  }
}

function publicsOf(json: Json, own: readonly Json[]): Eni['publics'] {
  const all = own.length > 0 ? own : [json]
  return all.flatMap((one) => {
    const [mine, shown] = [textAt(one, 'PrivateIpAddress'), textAt(one, 'Association', 'PublicIp')]
    return mine === undefined || shown === undefined ? [] : [{ own: mine, public: shown }]
  })
}

/** Interfaces that pass packets on and answer nobody: gateways have devices of their own. */
const GATEWAYS = new Set([
  'nat_gateway',
  'network_load_balancer',
  'load_balancer',
  'transit_gateway',
  'gateway_load_balancer',
  'gateway_load_balancer_endpoint',
])

export function isHost({ type, description }: Eni): boolean {
  return !GATEWAYS.has(type) && !/^ELB (?:app|net|gwy)\//.test(description)
}

/** Addresses of those that are in a group; `undefined` where nobody knows who is. */
export function membersIn(
  resources: Resources,
  enis: readonly Eni[],
): (group: string) => Addresses | undefined {
  const vpcs = new Set(enis.map(({ vpc }) => vpc))
  const byGroup = new Map<string, Addresses[]>()
  for (const { groups, texts } of enis) {
    const own = addressesIn(texts)
    for (const group of groups) {
      const all = byGroup.get(group) ?? []
      all.push(own)
      byGroup.set(group, all)
    }
  }
  const known = new Map([...byGroup].map(([group, all]) => [group, bothAddresses(all)]))
  return (group) => {
    const vpc = textAt(resources.get('SecurityGroups', group)?.json, 'VpcId')
    const isTold = resources.has('NetworkInterfaces') && vpc !== undefined && vpcs.has(vpc)
    return isTold ? (known.get(group) ?? NO_ADDRESS) : undefined
  }
}
