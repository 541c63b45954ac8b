// Gateways and static routes of pfSense and OPNsense.

import { ipv4, ipv6, prefix4 } from '../../packets/addresses.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { NetworkInterface, Prefix, Route } from '../device.ts'
import { elementsAt, textAt } from './elements.ts'
import type { Element } from './elements.ts'

const EVERYWHERE = [0, 0xff_ff_ff_ff]

export function routesIn(
  tree: ConfigTree,
  interfaces: readonly NetworkInterface[],
): readonly Route[] {
  const gateways = gatewaysIn(tree)
  const fixed = elementsAt(tree, 'staticroutes').flatMap(({ children }) =>
    children.flatMap((route) => fixedRoute(route, gateways)),
  )
  const defaults = [...gateways].flatMap(([name, one]): readonly Route[] =>
    textAt(one, 'defaultgw') === undefined && gateways.size > 1
      ? []
      : [
          {
            vrf: 'default',
            v4: EVERYWHERE,
            v6: [],
            length: 0,
            ...wayOf(name, gateways),
            line: one.first,
          },
        ],
  )
  const wan = interfaces.find(({ name }) => name === 'wan')
  if (defaults.length > 0 || wan === undefined || wan.isDynamic) return [...fixed, ...defaults]
  // The default route goes out of the WAN where nothing else is said.
  return [
    ...fixed,
    {
      vrf: 'default',
      v4: EVERYWHERE,
      v6: [],
      length: 0,
      interface: 'wan',
      nextHop: null,
      line: wan.line,
    },
  ]
}

type Gateways = ReadonlyMap<string, Element>

function gatewaysIn(tree: ConfigTree): Gateways {
  const all = [...elementsAt(tree, 'gateways'), ...elementsAt(tree, 'Gateways')]
  return new Map(
    all.flatMap(({ children }) =>
      children
        .filter(({ name }) => name === 'gateway_item')
        .map((one) => [textAt(one, 'name') ?? '', one] as const),
    ),
  )
}

function wayOf(name: string, gateways: Gateways): Pick<Route, 'interface' | 'nextHop'> {
  const one = gateways.get(name)
  const [nextHop] = prefixOf(textAt(one, 'gateway') ?? '', '32')
  return { interface: textAt(one, 'interface') ?? null, nextHop: nextHop ?? null }
}

function fixedRoute(route: Element, gateways: Gateways): readonly Route[] {
  const [address = '', bits = '32'] = (textAt(route, 'network') ?? '').split('/')
  const [to] = prefixOf(address, bits)
  if (to === undefined || to.family === 6 || textAt(route, 'disabled') !== undefined) return []
  const v4 = prefix4(to.address, to.length) ?? []
  const way = wayOf(textAt(route, 'gateway') ?? '', gateways)
  return [{ vrf: 'default', v4, v6: [], length: to.length, ...way, line: route.first }]
}

export function prefixOf(address: string, bits: string): readonly Prefix[] {
  const length = Number(bits)
  const v4 = ipv4(address)
  if (v4 !== undefined)
    return length >= 0 && length <= 32 ? [{ family: 4, address: v4, length }] : []
  const v6 = ipv6(address)
  return v6 === undefined || !(length >= 0 && length <= 128)
    ? []
    : [{ family: 6, address: v6, length }]
}
