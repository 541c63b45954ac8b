// An Azure Firewall as a device: what subnets send to its address comes in, and goes on from the subnet it stands in, or to the Internet
// under an address of its own.

import { bothAddresses, ipv4 } from '../../packets/addresses.ts'
import { ANY_ADDRESS, prefix } from '../../packets/addresses.ts'
import { portList } from '../../packets/services.ts'
import type { Json } from '../../tree/json-values.ts'
import { textsAt } from '../../tree/json-values.ts'
import type { Device, PolicyRule, Translation } from '../device.ts'
import {
  addressesIn,
  between,
  cubesFor,
  deviceFrom,
  internetRoute,
  onlyFilter,
  port,
  routeTo,
  unreadFilter,
} from '../parts.ts'
import { ruleOf } from '../rule-of.ts'
import { firewallRules, ownAddress, servicesOf } from './firewall-rules.ts'
import { idAt, propItems, propText } from './resources.ts'
import type { Resource } from './resources.ts'
import type { Subnet, World } from './world.ts'

/** By the address that tables name. */
export function firewallAt(address: string, world: World): Resource | undefined {
  return world.resources.of('azureFirewalls').find((one) => ownAddress(one)?.text === address)
}

/** Those that stand in a subnet put packets down there. */
export function firewallPorts({ id }: Subnet, world: World): Device['interfaces'] {
  return world.resources
    .of('azureFirewalls')
    .filter((one) => ownAddress(one)?.subnet === id)
    .map((one) => port(`from ${one.name}`, { line: one.json.first }))
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']

export function firewallDevices(world: World): readonly Device[] {
  const subnets = world.networks.flatMap((network) => network.subnets)
  return world.resources.of('azureFirewalls').flatMap((found) => {
    const own = ownAddress(found)
    const subnet = subnets.find(({ id }) => id === own?.subnet)
    return subnet === undefined ? [] : [firewallDevice(found, subnet, world)]
  })
}

function firewallDevice(found: Resource, subnet: Subnet, world: World): Device {
  const { json, name, file } = found
  const { rules, translations, isWhole } = firewallRules(found, world.resources)
  const moved = translations.map(translationFrom)
  const shown = translations.flatMap((rule) => textsOf(rule, 'destinationAddresses'))
  const blocks = world.networks.flatMap((network) => network.blocks)
  return deviceFrom({
    name,
    source: file,
    make: 'azure',
    interfaces: [
      port('in', {
        line: json.first,
        ...(isWhole ? {} : { ingress: [unreadFilter(name, 'firewallPolicies')] }),
      }),
      port('out', {
        line: json.first,
        leadsTo: { device: subnet.device, interface: `from ${name}` },
      }),
      port('internet', {
        line: json.first,
        isInternet: true,
        ingress: [onlyFilter(`${name} in`, { destination: addressesIn(shown) })],
      }),
    ],
    policy: {
      name,
      rules: [
        ...rules.map((rule) => between(rule, ['in'], null)),
        ...(isWhole ? [] : [everything(found)]),
        ...translations.map(fromInternet),
      ],
      fallback: 'deny',
      isStateful: true,
      sees: 'before',
    },
    translations: [...moved.flatMap((one) => one ?? []), sentAs(found, world)],
    routes: [
      ...[...PRIVATE, ...blocks].flatMap((text) => routeTo('out', text, json.first) ?? []),
      internetRoute('internet', json.first),
    ],
    limits: moved.includes(undefined) ? ['translation_not_understood'] : [],
  })
}

function textsOf(rule: Json, name: string): readonly string[] {
  const own = textsAt(rule, 'properties', name)
  return own.length > 0 ? own : textsAt(rule, name)
}

/** Its rules were not given: those at its door say that nothing is known. */
function everything({ json, name }: Resource): PolicyRule {
  const rule = ruleOf({
    action: 'permit',
    source: ANY_ADDRESS,
    destination: ANY_ADDRESS,
    services: [{ protocols: null, destination: null, source: null }],
    unread: ['firewallPolicies'],
    first: json.first,
    last: json.last,
    label: name,
    text: name,
  })
  return between(rule, null, null)
}

function fromInternet(rule: Json): PolicyRule {
  const name = propText(rule, 'name') ?? ''
  const made = ruleOf({
    action: 'permit',
    source: sourceOf(rule),
    destination: addressesIn(textsOf(rule, 'destinationAddresses')),
    services: servicesOf(rule),
    first: rule.first,
    last: rule.last,
    label: name,
    text: `${name} dnat`,
  })
  return between(made, ['internet'], null)
}

function sourceOf(rule: Json) {
  const all = textsOf(rule, 'sourceAddresses').map((text) =>
    text === '*' ? ANY_ADDRESS : prefix(text),
  )
  return all.length === 0 || all.includes(undefined)
    ? undefined
    : bothAddresses(all.flatMap((one) => one ?? []))
}

/** `undefined`: into a name, or in a way that is not understood. */
function translationFrom(rule: Json): Translation | undefined {
  const inside = ipv4(propText(rule, 'translatedAddress') ?? '')
  const target = portList(propText(rule, 'translatedPort') ?? '')
  const services = servicesOf(rule)
  if (inside === undefined || services === undefined) return undefined
  return {
    kind: 'destination',
    from: new Set(['internet']),
    to: null,
    match: cubesFor({
      source: sourceOf(rule) ?? ANY_ADDRESS,
      destination: addressesIn(textsOf(rule, 'destinationAddresses')),
      services,
    }),
    address: [inside, inside],
    port: target ?? null,
    first: rule.first,
    last: rule.last,
    label: propText(rule, 'name') ?? '',
    isExact: true,
  }
}

/** To the Internet under one of its public addresses. */
function sentAs({ json, name }: Resource, world: World): Translation {
  const texts = propItems(json, 'ipConfigurations').flatMap((one) => {
    const id = idAt(one, 'publicIPAddress') ?? idAt(one, 'publicIpAddress')
    return propText(world.resources.get(id)?.json, 'ipAddress') ?? []
  })
  const { v4 } = addressesIn(texts)
  return {
    kind: 'source',
    from: new Set(['in']),
    to: new Set(['internet']),
    match: cubesFor({}),
    address: v4.length === 0 ? null : v4,
    port: null,
    first: json.first,
    last: json.last,
    label: name,
    isExact: false,
  }
}
