// Static routes and translations of Cisco's makes and of EOS.

import { ipv4, ipv6, maskLength, prefix4, prefix6 } from '../../packets/addresses.ts'
import type { ConfigNode, ConfigTree } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'
import type { Prefix, Route } from '../device.ts'

export function routesIn({ root, form }: ConfigTree): readonly Route[] {
  const routes: Route[] = []
  const visit = (node: ConfigNode, vrf: string) => {
    for (const child of node.children) {
      const text = plainText(child, form)
      const route = routeOf(text, vrf, child.line)
      if (route !== undefined) routes.push(route)
      const [, inner] = /^(?:vrf context|vrf|ip vrf) (\S+)$/.exec(text) ?? []
      if (child.children.length > 0 && /^(?:router static|vrf|address-family|ip vrf)/.test(text))
        visit(child, inner ?? vrf)
    }
  }
  visit(root, 'default')
  return routes
}

const ROUTE = /^(?:ip route |ipv6 route |(?=[\da-f:]+[.:/]))(?:vrf (\S+) )?(\S+) (.+)$/i

function routeOf(text: string, around: string, line: number): Route | undefined {
  if (text.startsWith('route ')) return asaRoute(text, line)
  const [, own, to = '', rest = ''] = ROUTE.exec(text) ?? []
  const vrf = own ?? around
  const words = rest.split(' ')
  const [address = '', bits] = to.split('/')
  const six = ipv6(address)
  if (six !== undefined && bits !== undefined) {
    const block = prefix6(six, Number(bits))
    return block === undefined
      ? undefined
      : { vrf, v4: [], v6: [block], length: Number(bits), ...hopIn(words), line }
  }
  const four = ipv4(address)
  if (four === undefined) return undefined
  const mask = bits === undefined ? ipv4(words.shift() ?? '') : undefined
  const length =
    bits === undefined ? (mask === undefined ? undefined : maskLength(mask)) : Number(bits)
  const set = length === undefined ? undefined : prefix4(four, length)
  return set === undefined || length === undefined
    ? undefined
    : { vrf, v4: set, v6: [], length, ...hopIn(words), line }
}

/** ASA: `route outside 0.0.0.0 0.0.0.0 192.0.2.1 1`, by the name of the interface. */
function asaRoute(text: string, line: number): Route | undefined {
  const [, name = '', to = '', ones = '', via = ''] =
    /^route (\S+) (\S+) (\S+) (\S+)/.exec(text) ?? []
  const address = ipv4(to)
  const mask = ipv4(ones)
  const length = mask === undefined ? undefined : maskLength(mask)
  const set = address === undefined || length === undefined ? undefined : prefix4(address, length)
  if (set === undefined || length === undefined) return undefined
  return { vrf: 'default', v4: set, v6: [], length, interface: name, nextHop: hop(via), line }
}

function hop(text: string): Prefix | null {
  const four = ipv4(text)
  if (four !== undefined) return { family: 4, address: four, length: 32 }
  const six = ipv6(text)
  return six === undefined ? null : { family: 6, address: six, length: 128 }
}

/** An interface, a neighbour, or both. `Null0` leads nowhere and keeps its name. */
function hopIn(words: readonly string[]): Pick<Route, 'interface' | 'nextHop'> {
  const nextHop =
    words
      .slice(0, 2)
      .map(hop)
      .find((found) => found !== null) ?? null
  const [first = ''] = words
  const isInterface =
    /^[A-Za-z]/.test(first) &&
    hop(first) === null &&
    !/^(?:dhcp|tag|name|track|vrf|permanent)$/.test(first)
  return { interface: isInterface ? first : null, nextHop }
}
