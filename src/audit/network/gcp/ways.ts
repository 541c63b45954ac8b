// Ways out of a subnet of Google Cloud: routes by length, then by number; joined networks.

import { itemsAt, numberAt, textAt, textsAt } from '../../tree/json-values.ts'
import type { DeviceLimit, NetworkInterface, Route } from '../device.ts'
import { port, routeTo } from '../parts.ts'
import { linkAt } from './resources.ts'
import type { Resource } from './resources.ts'
import type { Network, World } from './world.ts'

export type Ways = {
  readonly ways: readonly NetworkInterface[]
  readonly routes: readonly Route[]
  readonly limits: readonly DeviceLimit[]
}

/** Of routes about the same the one with the smallest number is taken; those for some instances alone are not told apart. */
export function waysOf(network: Network, world: World): Ways {
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
  return { ways: [...ways.values()], routes, limits: limitsOf(network, world) }
}

function limitsOf({ found, routes }: Network, { networks }: World): readonly DeviceLimit[] {
  const isUnclear = routes.some((route) => textsAt(route.json, 'tags').length > 0)
  // Without the list of routes nobody knows what leads out, nor what a network that was not given has.
  const isOpen =
    routes.length === 0 ||
    itemsAt(found.json, 'peerings').some(
      (one) => !networks.some((other) => other.found.id === linkAt(one, 'network')),
    )
  return [
    ...(isUnclear ? (['policy_routing', 'not_whole'] as const) : []),
    ...(isOpen ? (['dynamic_routing', 'not_whole'] as const) : []),
  ]
}

function wayOf({ name, json }: Resource, network: Network, world: World): NetworkInterface {
  const line = json.first
  if (textAt(json, 'nextHopGateway')?.endsWith('/gateways/default-internet-gateway') === true)
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
