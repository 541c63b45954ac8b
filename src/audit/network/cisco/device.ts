// A device of Cisco or Arista as the network sees it.

import type { Filter } from '../../packets/rule.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'
import { withPortLists } from '../by-port.ts'
import type { Device, DeviceLimit, Policy, PolicyRule } from '../device.ts'
import { wide } from '../wide.ts'
import { inspectionIn } from './inspection.ts'
import { interfacesIn } from './interfaces.ts'
import type { CiscoInterface } from './interfaces.ts'
import { listsIn } from './lists.ts'
import { objectsIn } from './objects.ts'
import { routesIn } from './routes.ts'
import { translationsIn } from './translations.ts'

export type DeviceRead = Omit<Device, 'name' | 'source' | 'make'>

export function ciscoDevice(tree: ConfigTree, make: string): DeviceRead {
  const isAsa = make === 'cisco-asa'
  const objects = objectsIn(tree, isAsa ? 'mask' : 'wildcard')
  const lists = listsIn(tree, objects, isAsa)
  const limits = new Set<DeviceLimit>()
  const found = interfacesIn(tree, { lists, limits, isAsa })
  const interfaces = isAsa
    ? withAsaLists(tree, found, lists)
    : withPortLists(found, ({ name }) => /^vlan/i.test(name))
  noteLimits(tree, limits)
  const translations = translationsIn(tree, { objects, isAsa, limits, lists })
  return {
    interfaces,
    policy: isAsa ? levels(tree, interfaces) : inspected(tree, interfaces, lists),
    translations,
    routes: isAsa ? byName(routesIn(tree), interfaces) : routesIn(tree),
    filters: [...lists.values()],
    limits: [...limits],
  }
}

function noteLimits(tree: ConfigTree, limits: Set<DeviceLimit>): void {
  for (const node of tree.root.children)
    if (/^router (?:bgp|ospf|ospfv3|eigrp|rip|isis)\b/.test(plainText(node, tree.form)))
      limits.add('dynamic_routing')
}

/** `access-group LIST in interface NAME` stands apart from the interface. */
function withAsaLists(
  tree: ConfigTree,
  interfaces: readonly CiscoInterface[],
  lists: ReadonlyMap<string, Filter>,
): readonly CiscoInterface[] {
  const groups = tree.root.children.flatMap((node) => {
    const [, list, direction, name] =
      /^access-group (\S+) (?:(in|out) interface (\S+)|global)/.exec(plainText(node, tree.form)) ??
      []
    return list === undefined ? [] : [{ list, direction: direction ?? 'in', name: name ?? null }]
  })
  // On ASA one list judges both families.
  const named = (list: string) =>
    lists.get(`4 ${list}`) ?? {
      name: list,
      rules: [],
      fallback: 'permit' as const,
      isStateful: true,
      isPartial: true,
    }
  return interfaces.map((one) => {
    const own = groups.filter(({ name }) => name === one.zone)
    const ingress = own.filter(({ direction }) => direction === 'in').map(({ list }) => named(list))
    const global = groups.filter(({ name }) => name === null).map(({ list }) => named(list))
    const egress = own.filter(({ direction }) => direction === 'out').map(({ list }) => named(list))
    return { ...one, ingress: [...ingress, ...(ingress.length === 0 ? global : [])], egress }
  })
}

function byName(routes: Device['routes'], interfaces: readonly CiscoInterface[]): Device['routes'] {
  return routes.map((route) => ({
    ...route,
    interface: interfaces.find(({ zone }) => zone === route.interface)?.name ?? route.interface,
  }))
}

/** ASA without a list: from a higher security level to a lower one. With a list: the list alone. */
function levels(tree: ConfigTree, interfaces: readonly CiscoInterface[]): Policy {
  const says = (pattern: RegExp) =>
    tree.root.children.find((node) => pattern.test(plainText(node, tree.form)))
  const same = says(/^same-security-traffic permit inter-interface/)
  const rules = interfaces.map((from): PolicyRule => {
    const others = interfaces.filter(
      (to) =>
        to !== from &&
        (from.ingress.length > 0 ||
          levelOf(from) > levelOf(to) ||
          (same !== undefined && levelOf(from) === levelOf(to))),
    )
    const label = `security-level ${levelOf(from)}`
    return wide({
      label,
      line: from.line,
      from: new Set([from.name]),
      to: new Set(others.map(({ name }) => name)),
    })
  })
  return { name: 'security-level', rules, fallback: 'deny', isStateful: true, sees: 'after' }
}

function levelOf({ level, zone }: CiscoInterface): number {
  return level ?? (zone === 'inside' ? 100 : 0)
}

/** Between zones of IOS zone-pairs decide; inside one, and between interfaces without any, everything passes. */
function inspected(
  tree: ConfigTree,
  interfaces: readonly CiscoInterface[],
  lists: ReadonlyMap<string, Filter>,
): Policy | null {
  const zoned = interfaces.filter(({ zone }) => zone !== null)
  if (zoned.length === 0) return null
  const inZone = (zone: string) =>
    new Set(interfaces.filter((one) => one.zone === zone).map(({ name }) => name))
  const zones = [...new Set(zoned.map(({ zone }) => zone ?? ''))]
  const without = interfaces.filter(({ zone }) => zone === null).map(({ name }) => name)
  const line = zoned[0]?.line ?? 1
  const rules: PolicyRule[] = zones.map((zone) =>
    wide({ label: `zone ${zone}`, line, from: inZone(zone), to: inZone(zone) }),
  )
  rules.push(wide({ label: 'no zone', line, from: new Set(without), to: new Set(without) }))
  const inspection = inspectionIn(tree, lists)
  for (const node of tree.root.children) {
    const [, label, source, destination] =
      /^zone-pair security (\S+) source (\S+) destination (\S+)/.exec(plainText(node, tree.form)) ??
      []
    if (label === undefined || source === undefined || destination === undefined) continue
    const pair = { from: inZone(source), to: inZone(destination) }
    const found = inspection.rulesOf(node)
    if (found === undefined)
      rules.push(
        wide({ label, line: node.line, certainty: 'unknown', because: ['policy-map'], ...pair }),
      )
    else rules.push(...found.map((rule) => ({ ...rule, ...pair, label: `${label} ${rule.label}` })))
  }
  return { name: 'zone-pair', rules, fallback: 'deny', isStateful: true, sees: 'after' }
}
