// A router or firewall with Junos as the network sees it.

import { ipv4, ipv6, prefix } from '../../packets/addresses.ts'
import type { Filter } from '../../packets/rule.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { DeviceRead } from '../cisco/device.ts'
import type { DeviceLimit, NetworkInterface, Prefix, Route } from '../device.ts'
import { at, childrenAt, named, twigsOf, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'
import { junosFilters } from './filters.ts'
import { junosPolicy, junosZones } from './policies.ts'
import type { JunosZones } from './policies.ts'

export function junosDevice(tree: ConfigTree): DeviceRead {
  const root = twigsOf(tree)
  const filters = junosFilters(root)
  const zones = junosZones(root)
  return {
    interfaces: interfacesIn(root, { filters, zones }),
    policy: junosPolicy(root, zones),
    translations: [],
    routes: routesIn(root),
    filters: [...filters.values()],
    limits: limitsOf(root),
  }
}

function limitsOf(root: Twig): readonly DeviceLimit[] {
  const limits: DeviceLimit[] = []
  if (
    valuesAt(root, 'protocols').some((name) =>
      ['bgp', 'ospf', 'ospf3', 'isis', 'rip'].includes(name),
    )
  )
    limits.push('dynamic_routing')
  if ([...named(root, 'apply-groups')].length > 0) limits.push('groups_not_expanded')
  if (at(root, 'security', 'nat') !== undefined) limits.push('translation_not_understood')
  if (at(root, 'security', 'ipsec') !== undefined) limits.push('tunnels')
  return limits
}

type Context = { readonly filters: ReadonlyMap<string, Filter>; readonly zones: JunosZones }

function interfacesIn(root: Twig, context: Context): readonly NetworkInterface[] {
  const instances = childrenAt(root, 'routing-instances')
  return childrenAt(root, 'interfaces').flatMap((one) =>
    childrenAt(one, 'unit').map((unit) => {
      const name = `${one.word}.${unit.word}`
      const vrf = instances.find((instance) => valuesAt(instance, 'interface').includes(name))
      return interfaceOf({ name, one, unit, vrf: vrf?.word ?? 'default' }, context)
    }),
  )
}

type Unit = { readonly name: string; readonly one: Twig; readonly unit: Twig; readonly vrf: string }

function interfaceOf(
  { name, one, unit, vrf }: Unit,
  { filters, zones }: Context,
): NetworkInterface {
  const texts = [
    ...valuesAt(unit, 'family', 'inet', 'address'),
    ...valuesAt(unit, 'family', 'inet6', 'address'),
  ]
  const applied = (direction: 'input' | 'output') =>
    ([4, 6] as const).flatMap((family) => {
      const lists = listsAt(unit, family === 4 ? 'inet' : 'inet6', direction)
      const own = lists.map((list) => filters.get(`${family} ${list}`) ?? missing(list, family))
      return own.length === 0 ? [] : [chained(own)]
    })
  return {
    name,
    alias: valuesAt(unit, 'description')[0] ?? valuesAt(one, 'description')[0] ?? null,
    vrf,
    zone: [...zones].find(([, own]) => own.has(name))?.[0] ?? null,
    isUp: !one.children.has('disable') && !unit.children.has('disable'),
    prefixes: texts.flatMap(prefixOf),
    isDynamic:
      at(unit, 'family', 'inet', 'dhcp') !== undefined ||
      at(unit, 'family', 'inet', 'dhcp-client') !== undefined,
    ingress: applied('input'),
    egress: applied('output'),
    line: unit.first,
  }
}

function listsAt(unit: Twig, family: string, direction: 'input' | 'output'): readonly string[] {
  const filter = at(unit, 'family', family, 'filter')
  return [...valuesAt(filter, direction), ...valuesAt(filter, `${direction}-list`)].filter(
    (word) => word !== 'precedence',
  )
}

/** Filters in a list are one after the other: what the first leaves undecided the next decides. */
function chained(filters: readonly Filter[]): Filter {
  const [first, ...more] = filters
  if (first === undefined || more.length === 0) return first ?? missing('', 4)
  return {
    ...first,
    name: filters.map(({ name }) => name).join(' '),
    rules: filters.flatMap(({ rules }) => rules),
    isPartial: filters.some(({ isPartial }) => isPartial === true),
  }
}

function missing(name: string, family: 4 | 6): Filter {
  return { name, rules: [], fallback: 'permit', isStateful: false, isPartial: true, family }
}

function prefixOf(text: string): readonly Prefix[] {
  const [address = '', bits] = text.split('/')
  const v4 = ipv4(address)
  if (v4 !== undefined) return [{ family: 4, address: v4, length: Number(bits ?? 32) }]
  const v6 = ipv6(address)
  return v6 === undefined ? [] : [{ family: 6, address: v6, length: Number(bits ?? 128) }]
}

function routesIn(root: Twig): readonly Route[] {
  const main = childrenAt(root, 'routing-options', 'static', 'route').flatMap((one) =>
    routeOf(one, 'default'),
  )
  const others = childrenAt(root, 'routing-instances').flatMap((instance) =>
    childrenAt(instance, 'routing-options', 'static', 'route').flatMap((one) =>
      routeOf(one, instance.word),
    ),
  )
  return [...main, ...others]
}

function routeOf(twig: Twig, vrf: string): readonly Route[] {
  const to = prefix(twig.word)
  if (to === undefined || twig.children.has('discard') || twig.children.has('reject')) return []
  const length = Number(twig.word.split('/')[1] ?? 32)
  return valuesAt(twig, 'next-hop').map((hop) => {
    const [nextHop] = prefixOf(hop)
    return {
      vrf,
      v4: to.v4,
      v6: to.v6,
      length,
      interface: nextHop === undefined ? hop : null,
      nextHop: nextHop ?? null,
      line: twig.first,
    }
  })
}
