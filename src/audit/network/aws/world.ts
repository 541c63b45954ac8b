// All that was given of AWS, looked up once: VPCs with their subnets, which table routes for a subnet, who stands where.

import { itemsAt, isTrueAt, textAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import { balancersIn } from './balancers.ts'
import { aclFilters } from './filters.ts'
import { firewallsIn } from './firewalls.ts'
import { enisIn, membersIn } from './hosts.ts'
import type { Subnet, Vpc, World } from './kinds.ts'
import { nameTag, resourcesIn } from './resources.ts'
import type { Doc, Found, Resources } from './resources.ts'
import { attachmentsIn } from './transit.ts'

export function worldOf(docs: readonly Doc[]): World {
  const resources = resourcesIn(docs)
  const enis = enisIn(resources)
  const bySubnet = Map.groupBy(enis, ({ subnet }) => subnet)
  const subnets = resources.of('Subnets').flatMap((found): readonly Subnet[] => {
    const vpc = textAt(found.json, 'VpcId')
    if (vpc === undefined) return []
    return [
      {
        id: found.id,
        vpc,
        zone:
          textAt(found.json, 'AvailabilityZoneId') ?? textAt(found.json, 'AvailabilityZone') ?? '',
        name: nameTag(found.json),
        blocks: blocksOf(found.json),
        table: tableOf(found.id, vpc, resources),
        acls: aclFilters(found.id, resources),
        enis: bySubnet.get(found.id) ?? [],
        found,
      },
    ]
  })
  const byVpc = Map.groupBy(subnets, ({ vpc }) => vpc)
  const vpcs = resources.of('Vpcs').map((found): Vpc => ({
    id: found.id,
    name: nameTag(found.json),
    blocks: vpcBlocks(found.json),
    subnets: byVpc.get(found.id) ?? [],
    found,
  }))
  const members = membersIn(resources, enis)
  return {
    resources,
    enis,
    members,
    vpcs: new Map(vpcs.map((vpc) => [vpc.id, vpc])),
    subnets: new Map(subnets.map((subnet) => [subnet.id, subnet])),
    machines: Map.groupBy(enis, ({ machine }) => machine),
    attachments: attachmentsIn(resources),
    balancers: balancersIn(resources, enis),
    firewalls: firewallsIn(docs),
  }
}

function blocksOf(json: Json): readonly string[] {
  const v4 = textAt(json, 'CidrBlock')
  return [...(v4 === undefined ? [] : [v4]), ...blocks6(json)]
}

function blocks6(json: Json): readonly string[] {
  return itemsAt(json, 'Ipv6CidrBlockAssociationSet').flatMap(
    (one) => textAt(one, 'Ipv6CidrBlock') ?? [],
  )
}

function vpcBlocks(json: Json): readonly string[] {
  const more = itemsAt(json, 'CidrBlockAssociationSet').flatMap(
    (one) => textAt(one, 'CidrBlock') ?? [],
  )
  return [...new Set([...blocksOf(json), ...more])]
}

/** Its own, else the main one of the VPC. */
function tableOf(subnet: string, vpc: string, resources: Resources): Found | undefined {
  const tables = resources.of('RouteTables')
  const own = tables.find(({ json }) =>
    itemsAt(json, 'Associations').some((one) => textAt(one, 'SubnetId') === subnet),
  )
  return (
    own ??
    tables.find(
      ({ json }) =>
        textAt(json, 'VpcId') === vpc &&
        itemsAt(json, 'Associations').some((one) => isTrueAt(one, 'Main')),
    )
  )
}
