// A switch or router with Comware as the network sees it: lists at interfaces. Zones and their policies, as firewalls of this make have
// them, are not read.

import { ipv4, maskLength, prefix } from '../../packets/addresses.ts'
import type { Filter } from '../../packets/rule.ts'
import type { ConfigNode, ConfigTree } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'
import { isRouted, withPortLists } from '../by-port.ts'
import type { DeviceRead } from '../cisco/device.ts'
import type { DeviceLimit, NetworkInterface, Prefix, Route } from '../device.ts'
import { port, prefixFrom, unreadFilter } from '../parts.ts'
import { comwareLists } from './lists.ts'

export function comwareDevice(tree: ConfigTree): DeviceRead {
  const texts = tree.root.children.map((node) => plainText(node, tree.form))
  const limits = new Set<DeviceLimit>(texts.flatMap(limitOf))
  const lists = comwareLists(tree)
  const around: Around = {
    tree,
    limits,
    lists,
    fallback: texts.includes('packet-filter default deny') ? 'deny' : 'permit',
  }
  return {
    interfaces: withPortLists(
      tree.root.children.flatMap((node) => interfaceOf(node, around)),
      ({ name }) => /^Vlan/i.test(name),
    ).filter(isRouted),
    policy: null,
    translations: [],
    routes: texts.flatMap((text, at) => routeOf(text, tree.root.children[at]?.line ?? 1)),
    filters: [...new Set(lists.values())],
    limits: [...limits],
  }
}

function limitOf(text: string): readonly DeviceLimit[] {
  if (/^(?:ospf|ospfv3|bgp|isis|rip|ripng)\b/.test(text)) return ['dynamic_routing']
  if (/^nat (?:server|static|global-policy|policy|mapping)\b/.test(text))
    return ['translation_not_understood']
  if (
    /^(?:security-zone|zone-pair|security-policy|object-policy|firewall (?:enable|zone)|zone name|qos (?:apply|vlan-policy)|packet-filter (?!default))/.test(
      text,
    )
  )
    return ['not_a_filter_we_read']
  return []
}

type Around = {
  readonly tree: ConfigTree
  readonly lists: ReadonlyMap<string, Filter>
  readonly limits: Set<DeviceLimit>
  readonly fallback: Filter['fallback']
}

type Building = {
  alias: string | null
  vrf: string
  isUp: boolean
  isDynamic: boolean
  readonly prefixes: Prefix[]
  readonly ingress: Filter[]
  readonly egress: Filter[]
}

function interfaceOf(node: ConfigNode, around: Around): readonly NetworkInterface[] {
  const [, name] = /^interface (\S+)$/.exec(plainText(node, around.tree.form)) ?? []
  if (name === undefined || node.kind !== 'statement') return []
  const own: Building = {
    alias: null,
    vrf: 'default',
    isUp: true,
    isDynamic: false,
    prefixes: [],
    ingress: [],
    egress: [],
  }
  for (const child of node.children) take(own, plainText(child, around.tree.form), around)
  return [port(name, { ...own, line: node.line })]
}

const LIST = /^packet-filter (ipv6 )?(?:name )?(\S+) (inbound|outbound)\b/

function take(own: Building, text: string, { lists, limits, fallback }: Around): void {
  const [, six, list, direction] = LIST.exec(text) ?? []
  if (list !== undefined) {
    const family = six === undefined ? 4 : 6
    const found = lists.get(`${family} ${list}`)
    const filter =
      found === undefined
        ? ({ ...unreadFilter(list, list), family } as const)
        : { ...found, fallback }
    ;(direction === 'inbound' ? own.ingress : own.egress).push(filter)
    return
  }
  const at = prefixIn(text)
  if (at !== undefined) own.prefixes.push(at)
  else if (/^ip(?:v6)? address (?:dhcp-alloc|ppp-negotiate|auto)/.test(text)) own.isDynamic = true
  else if (text === 'shutdown') own.isUp = false
  else if (/^nat (?:server|static|inbound)/.test(text)) limits.add('translation_not_understood')
  else if (/^(?:ipsec|tunnel|source|destination) /.test(text)) limits.add('tunnels')
  else if (text.startsWith('ip policy-based-route')) limits.add('policy_routing')
  else if (/^(?:packet-filter|firewall packet-filter|qos apply|traffic-filter)/.test(text))
    limits.add('not_a_filter_we_read')
  const [, alias] = /^description (.+)$/.exec(text) ?? []
  if (alias !== undefined) own.alias = alias
  const [, vrf] = /^ip binding vpn-instance (\S+)$/.exec(text) ?? []
  if (vrf !== undefined) own.vrf = vrf
}

/** `ip address 10.1.0.1 255.255.255.0 sub`, `ip address 10.1.0.1 24`, `ipv6 address 2001:db8::1/64`. */
function prefixIn(text: string): Prefix | undefined {
  const [, six] = /^ipv6 address ([\da-f:]+(?:\/| )\d+)/i.exec(text) ?? []
  if (six !== undefined) return prefixFrom(six.replace(' ', '/'))
  const [, address, mask = ''] = /^ip address (\d\S+) (\S+)/.exec(text) ?? []
  const length = lengthOf(mask)
  return address === undefined || length === undefined
    ? undefined
    : prefixFrom(`${address}/${length}`)
}

function lengthOf(mask: string): number | undefined {
  const dotted = ipv4(mask)
  if (dotted !== undefined) return maskLength(dotted)
  return /^\d{1,2}$/.test(mask) ? Number(mask) : undefined
}

/** `ip route-static vpn-instance X 10.3.0.0 16 Vlan-interface10 10.2.0.2 preference 60`. */
function routeOf(text: string, line: number): readonly Route[] {
  const [, vrf = 'default', to = '', mask = '', rest = ''] =
    /^(?:ip|ipv6) route-static (?:vpn-instance (\S+) )?([\da-f.:]+)[ /](\S+) (.+)$/i.exec(text) ??
    []
  const length = to.includes(':') ? Number(mask) : lengthOf(mask)
  const set = length === undefined ? undefined : prefix(`${to}/${length}`)
  if (set === undefined || length === undefined) return []
  const [first = '', second = ''] = rest.split(' ')
  const isAddress = prefixFrom(first) !== undefined
  const hop = isAddress ? first : second
  const nextHop = hop === '' ? undefined : prefixFrom(hop)
  return [
    {
      vrf,
      ...set,
      length,
      interface: isAddress || first === 'vpn-instance' ? null : first,
      nextHop: nextHop ?? null,
      line,
    },
  ]
}
