// Everything that was given of Google Cloud as devices of the network: a subnet with its instances, the router of a VPC network, its
// way to the Internet. Rules meet every instance for itself, on one subnet too.

import { itemsAt } from '../../tree/json-values.ts'
import { hostPorts } from '../cloud/hosts.ts'
import type { Device, DeviceLimit } from '../device.ts'
import { deviceFrom, port, routeTo } from '../parts.ts'
import { internetDevice } from './edge.ts'
import { firewallFilter } from './firewall.ts'
import { namesUnread } from './policies.ts'
import { linkAt, resourcesIn } from './resources.ts'
import type { Doc } from './resources.ts'
import { waysOf } from './ways.ts'
import { worldOf } from './world.ts'
import type { Network, Subnet, World } from './world.ts'

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

function routerDevice(network: Network, { resources, networks }: World): Device {
  const { found, name, subnets } = network
  const isWhole = resources.isWhole && !namesUnread(found, resources.of('firewallPolicy'))
  const limits: readonly DeviceLimit[] = isWhole ? [] : ['not_whole']
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
  const hosts = nics.map((nic) => {
    const filter = (side: 'in' | 'out') => [
      firewallFilter(network.found.id, side, { role: nic, world: world.firewalls }),
    ]
    return {
      name: nic.name,
      line: nic.line,
      texts: nic.texts,
      machine: world.nics
        .filter(({ machine }) => machine === nic.machine)
        .flatMap(({ texts }) => texts),
      kind: JSON.stringify([nic.tags, nic.accounts]),
      isChecked: !nic.forwards,
      out: () => filter('out'),
      in: () => filter('in'),
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
