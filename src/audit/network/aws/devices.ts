// Everything that was given of AWS as devices of the network: subnets, routers of VPCs, gateways, transit tables, balancers.

import type { Device } from '../device.ts'
import { deviceFrom } from '../parts.ts'
import { balancerDevice } from './balancers.ts'
import { aclFilter, groupsFilter } from './filters.ts'
import { firewallDevices } from './firewalls.ts'
import { gatewayDevices, vpcDevice } from './gateways.ts'
import type { Doc } from './resources.ts'
import { subnetDevice } from './subnets.ts'
import { transitDevices } from './transit.ts'
import { worldOf } from './world.ts'

export function awsDevices(docs: readonly Doc[]): readonly Device[] {
  const world = worldOf(docs)
  const vpcs = [...world.vpcs.values()]
  const found = [
    ...vpcs.flatMap((vpc) => [
      vpcDevice(vpc, world),
      ...vpc.subnets.map((subnet) => subnetDevice(subnet, world)),
      ...gatewayDevices(vpc, world),
    ]),
    ...transitDevices(world),
    ...world.balancers.map((one) => balancerDevice(one, world)),
    ...world.firewalls.flatMap((one) =>
      firewallDevices(one, world.vpcs.get(one.vpc)?.blocks ?? []),
    ),
  ]
  if (found.length > 0) return found
  // Lists alone: they can be asked about, and nothing about who meets them.
  const both = ['in', 'out'] as const
  const filters = [
    ...world.resources.of('NetworkAcls').flatMap((one) => both.map((side) => aclFilter(one, side))),
    ...world.resources
      .of('SecurityGroups')
      .flatMap((one) => both.map((side) => groupsFilter([one.id], side, world))),
  ]
  return filters.length === 0
    ? []
    : [
        deviceFrom({
          name: docs[0]?.file ?? 'aws',
          source: docs[0]?.file ?? '',
          make: 'aws',
          interfaces: [],
          filters,
          limits: ['not_whole'],
        }),
      ]
}
