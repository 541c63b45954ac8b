// A switch of Aruba as the network sees it: ArubaOS-Switch, whose VLANs have the addresses, and AOS-CX, whose interfaces have them.
// Lists and entries are written as Cisco writes them (HPE, "ArubaOS-Switch Access Security Guide", "AOS-CX ACLs and Classifier Policies Guide").

import { ipv4, maskLength } from '../../packets/addresses.ts'
import type { Filter } from '../../packets/rule.ts'
import type { ConfigNode, ConfigTree } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'
import { isRouted, withPortLists } from '../by-port.ts'
import type { DeviceRead } from '../cisco/device.ts'
import { listsIn } from '../cisco/lists.ts'
import { objectsIn } from '../cisco/objects.ts'
import { routesIn } from '../cisco/routes.ts'
import type { DeviceLimit, NetworkInterface, Policy, Prefix } from '../device.ts'
import { policyFrom, port, prefixFrom, unreadFilter } from '../parts.ts'
import { wide } from '../wide.ts'

export function arubaDevice(tree: ConfigTree, make: string): DeviceRead {
  const lists = listsIn(tree, objectsIn(tree, 'wildcard'), false)
  const limits = new Set<DeviceLimit>()
  const found = tree.root.children.flatMap((node) => interfaceOf(node, { tree, lists, limits }))
  const texts = tree.root.children.map((node) => plainText(node, tree.form))
  if (texts.some((text) => CONTROLLER.test(text))) limits.add('not_a_filter_we_read')
  if (texts.some((text) => /^router (?:ospf|ospfv3|rip|bgp|pim)\b/.test(text)))
    limits.add('dynamic_routing')
  return {
    interfaces: together(found),
    policy: make === 'aruba-aoscx' || texts.includes('ip routing') ? null : perhapsRouting(),
    translations: [],
    routes: routesIn(tree),
    filters: [...lists.values()],
    limits: [...limits],
  }
}

/** Controllers decide by the role of a user, policies by classes: neither is read. */
const CONTROLLER =
  /^(?:user-role|netdestination|ip access-list session|firewall|policy (?:pbr|zone|qos)|apply policy)\b/

/** A switch that is not told to route does not; half a configuration may have lost the line. */
function perhapsRouting(): Policy {
  const rule = wide({
    label: 'ip routing',
    line: 1,
    certainty: 'unknown',
    because: ['ip routing'],
    from: null,
    to: null,
  })
  return policyFrom('ip routing', [rule], { fallback: 'deny', isStateful: false })
}

type Around = {
  readonly tree: ConfigTree
  readonly lists: ReadonlyMap<string, Filter>
  readonly limits: Set<DeviceLimit>
}

/** What one statement at the top says of an interface: its lists may stand at a VLAN, its addresses elsewhere. */
type Found = {
  readonly name: string
  own: Omit<NetworkInterface, 'name' | 'ingress' | 'egress'>
  readonly ingress: Filter[]
  readonly egress: Filter[]
}

function interfaceOf(node: ConfigNode, around: Around): readonly Found[] {
  const [, kind = '', name] =
    /^(vlan|interface) (\S+(?: \d\S*)?)$/.exec(plainText(node, around.tree.form)) ?? []
  if (name === undefined || node.kind !== 'statement' || node.children.length === 0) return []
  const plain = name.replaceAll(' ', '')
  const { name: _, ...empty } = port(plain, { line: node.line })
  const found: Found = {
    name: kind === 'vlan' ? `vlan${plain}` : plain,
    own: plain === 'mgmt' ? { ...empty, vrf: 'mgmt' } : empty,
    ingress: [],
    egress: [],
  }
  for (const child of node.children) take(found, plainText(child, around.tree.form), around)
  return [found]
}

function take(found: Found, text: string, { lists, limits }: Around): void {
  const applied = appliedIn(text)
  if (applied !== undefined) {
    const list = lists.get(`${applied.family} ${applied.list}`)
    const filter = {
      ...(list ?? unreadFilter(applied.list, applied.list)),
      family: applied.family,
    }
    found[applied.direction].push(filter)
    return
  }
  const prefix = prefixIn(text)
  if (prefix !== undefined) found.own = { ...found.own, prefixes: [...found.own.prefixes, prefix] }
  else if (/^ip(?:v6)? address (?:dhcp|autoconfig)/.test(text))
    found.own = { ...found.own, isDynamic: true }
  else if (text === 'shutdown' || text === 'disable') found.own = { ...found.own, isUp: false }
  else if (/^(?:apply (?:policy|access-list)|service-policy|mac access-group)\b/.test(text))
    limits.add('not_a_filter_we_read')
  const [, vrf] = /^vrf attach (\S+)$/.exec(text) ?? []
  if (vrf !== undefined) found.own = { ...found.own, vrf }
  const [, alias] = /^(?:name|description) "?([^"]+)"?$/.exec(text) ?? []
  if (alias !== undefined) found.own = { ...found.own, alias }
}

type Applied = {
  readonly list: string
  readonly family: 4 | 6
  readonly direction: 'ingress' | 'egress'
}

/** `ip access-group "X" vlan-in`, `apply access-list ipv6 X routed-out`. */
function appliedIn(text: string): Applied | undefined {
  const [, family, list, direction] =
    /^(?:apply access-list )?(ip|ipv6) (?:access-group )?(\S+|"[^"]+") (?:vlan-|routed-)?(in|out)$/.exec(
      text,
    ) ?? []
  if (list === undefined || !/access-(?:list|group) /.test(text)) return undefined
  return {
    list: list.replaceAll('"', ''),
    family: family === 'ipv6' ? 6 : 4,
    direction: direction === 'in' ? 'ingress' : 'egress',
  }
}

/** `ip address 10.1.0.1 255.255.255.0`, `ip address 10.1.0.1/24`, `ip static 10.9.0.1/24` at the port for management. */
function prefixIn(text: string): Prefix | undefined {
  const [, address = '', mask] =
    /^ip(?:v6)? (?:address|static) ([\da-f.:]+(?:\/\d+)?)(?: (\d+\.\d+\.\d+\.\d+))?/i.exec(text) ??
    []
  if (address === '') return undefined
  if (mask === undefined) return address.includes('/') ? prefixFrom(address) : undefined
  const length = maskLength(ipv4(mask) ?? -1)
  return length === undefined ? undefined : prefixFrom(`${address}/${length}`)
}

/** One interface for all that was said of it; lists of ports stand where their packets are routed, which is not told. */
function together(all: readonly Found[]): readonly NetworkInterface[] {
  const groups = [...Map.groupBy(all, ({ name }) => name)]
  const made = groups.map(([name, parts]) => ({
    ...joined(parts.map(({ own }) => own)),
    name,
    ingress: parts.flatMap(({ ingress }) => ingress),
    egress: parts.flatMap(({ egress }) => egress),
  }))
  return withPortLists(made, ({ name }) => name.startsWith('vlan')).filter(isRouted)
}

function joined(all: readonly Found['own'][]): Found['own'] {
  const [first, ...more] = all
  if (first === undefined) throw new Error('an interface of nothing')
  return more.reduce(
    (one, other) => ({
      ...one,
      alias: one.alias ?? other.alias,
      vrf: other.vrf === 'default' ? one.vrf : other.vrf,
      isUp: one.isUp && other.isUp,
      isDynamic: one.isDynamic || other.isDynamic,
      prefixes: [...one.prefixes, ...other.prefixes],
    }),
    first,
  )
}
