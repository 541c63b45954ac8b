// Interfaces of Cisco's makes and of EOS: addresses, the lists applied to them, the part of the routing table they are in.

import { ipv4, ipv6, maskLength } from '../../packets/addresses.ts'
import type { Filter } from '../../packets/rule.ts'
import type { ConfigNode, ConfigTree } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'
import type { DeviceLimit, NetworkInterface, Prefix } from '../device.ts'

export type Applied = {
  /** Lists by family and name: `4 NAME`. */
  readonly lists: ReadonlyMap<string, Filter>
  readonly limits: Set<DeviceLimit>
  readonly isAsa: boolean
}

export type CiscoInterface = NetworkInterface & { readonly level: number | null }

export function interfacesIn(
  { root, form }: ConfigTree,
  applied: Applied,
): readonly CiscoInterface[] {
  return root.children.flatMap((node) => {
    const [, name] =
      /^interface (?:preconfigure )?(\S+(?: ?\d\S*)?)(?: (?:l2transport|point-to-point|multipoint))?$/.exec(
        plainText(node, form),
      ) ?? []
    if (name === undefined || node.kind !== 'statement' || name === 'range') return []
    return [interfaceOf(name.replaceAll(' ', ''), node, { ...applied, form })]
  })
}

type Building = {
  alias: string | null
  vrf: string
  zone: string | null
  level: number | null
  isUp: boolean
  isDynamic: boolean
  readonly prefixes: Prefix[]
  readonly ingress: Filter[]
  readonly egress: Filter[]
}

function interfaceOf(
  name: string,
  node: ConfigNode,
  applied: Applied & { readonly form: ConfigTree['form'] },
): CiscoInterface {
  const own: Building = {
    alias: null,
    vrf: 'default',
    zone: null,
    level: null,
    isUp: true,
    isDynamic: false,
    prefixes: [],
    ingress: [],
    egress: [],
  }
  for (const child of node.children) take(own, plainText(child, applied.form), applied)
  // ASA: an interface without a name takes part in nothing.
  if (applied.isAsa && own.zone === null) own.isUp = false
  return { name, ...own, line: node.line }
}

function take(own: Building, text: string, { lists, limits }: Applied): void {
  const [, list, direction] =
    /^(?:ip|ipv4|ipv6) (?:port )?(?:access-group|traffic-filter) (\S+)(?: (in|out|ingress|egress))\b/.exec(
      text,
    ) ?? []
  if (list !== undefined) {
    const family = text.startsWith('ipv6') ? 6 : 4
    const into = direction === 'in' || direction === 'ingress' ? own.ingress : own.egress
    into.push(onlyFamily(lists.get(`${family} ${list}`) ?? undefinedList(list), family))
    return
  }
  const prefix = prefixIn(text)
  if (prefix !== undefined) own.prefixes.push(prefix)
  else if (/^(?:ip|ipv6) address (?:dhcp|negotiated|autoconfig|pppoe)/.test(text))
    own.isDynamic = true
  else if (text === 'shutdown') own.isUp = false
  else if (/^(?:ip policy route-map|service-policy type pbr|ip verify unicast)/.test(text))
    limits.add('policy_routing')
  else if (/^(?:tunnel (?:source|mode|destination)|crypto map|ip nat enable)/.test(text))
    limits.add('tunnels')
  else if (
    /^mac access-group|^service-policy type (?:inspect|access-control)|^ip traffic-filter/.test(
      text,
    )
  )
    limits.add('not_a_filter_we_read')
  else take1(own, text)
}

function take1(own: Building, text: string): void {
  const [, alias] = /^description (.+)$/.exec(text) ?? []
  if (alias !== undefined) own.alias = alias.replace(/^"(.*)"$/, '$1')
  const [, vrf] = /^(?:ip |vrf )?(?:vrf )?(?:forwarding|member|vrf) (\S+)$/.exec(text) ?? []
  if (vrf !== undefined) own.vrf = vrf
  const [, zone] = /^(?:nameif|zone-member security) (\S+)$/.exec(text) ?? []
  if (zone !== undefined) own.zone = zone
  const [, level] = /^security-level (\d{1,3})$/.exec(text) ?? []
  if (level !== undefined) own.level = Number(level)
}

/** Applied, and not in the text: the makes differ on what that does. */
function undefinedList(name: string): Filter {
  return { name, rules: [], fallback: 'permit', isStateful: false, isPartial: true }
}

/** A list of IPv4 leaves IPv6 alone, and the other way round. */
function onlyFamily(filter: Filter, family: 4 | 6): Filter {
  return { ...filter, family }
}

function prefixIn(text: string): Prefix | undefined {
  const [, address = '', second = ''] = /^(?:ip|ipv4) address (\S+?)(?:\/| )(\S+)/.exec(text) ?? []
  const v4 = ipv4(address)
  if (v4 !== undefined) {
    const mask = ipv4(second)
    const length = mask === undefined ? Number(second) : maskLength(mask)
    return length === undefined || !(length >= 0 && length <= 32)
      ? undefined
      : { family: 4, address: v4, length }
  }
  const [, host = '', bits = ''] = /^ipv6 address (\S+)\/(\d+)/.exec(text) ?? []
  const v6 = ipv6(host)
  return v6 === undefined || Number(bits) > 128
    ? undefined
    : { family: 6, address: v6, length: Number(bits) }
}
