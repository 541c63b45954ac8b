// All that was given of Google Cloud, looked up once: networks with their subnets and routes, instances by where they stand.

import { bothAddresses } from '../../packets/addresses.ts'
import { isTrueAt, itemsAt, textAt, textsAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import { addressesIn } from '../parts.ts'
import type { FirewallWorld } from './firewall.ts'
import { isBeforeRules } from './policies.ts'
import { linkAt } from './resources.ts'
import type { Resource, Resources } from './resources.ts'
import type { Role } from './rule-parts.ts'

export type Nic = Role & {
  readonly name: string
  readonly line: number
  readonly network: string
  readonly subnet: string
  readonly texts: readonly string[]
  readonly publics: readonly string[]
  readonly machine: string
  readonly forwards: boolean
}

export type Subnet = {
  readonly found: Resource
  readonly device: string
  readonly blocks: readonly string[]
  readonly nics: readonly Nic[]
}

export type Network = {
  readonly found: Resource
  readonly name: string
  readonly subnets: readonly Subnet[]
  readonly routes: readonly Resource[]
}

export type World = {
  readonly resources: Resources
  readonly networks: readonly Network[]
  readonly nics: readonly Nic[]
  readonly firewalls: FirewallWorld
}

export function worldOf(resources: Resources): World {
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
    firewalls: firewallsOf(resources, nics),
  }
}

function firewallsOf(resources: Resources, nics: readonly Nic[]): FirewallWorld {
  return {
    firewalls: resources.of('firewall'),
    policies: resources.of('firewallPolicy'),
    policyFirst: new Set(
      resources
        .of('network')
        .filter(({ json }) => isBeforeRules(json))
        .map(({ id }) => id),
    ),
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
