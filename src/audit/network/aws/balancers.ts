// Load balancers: what arrives at a listener goes on to its targets. Which of them, and whether one is fit, no header says: at most
// conditional. Anything else ends there.

import { ANY_ADDRESS } from '../../packets/addresses.ts'
import type { Service } from '../../packets/services.ts'
import { itemsAt, numberAt, textAt, textsAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import type { Device, NetworkInterface, Translation } from '../device.ts'
import { addressesIn, between, cubesFor, deviceFrom, policyFrom, port, routeTo } from '../parts.ts'
import { ruleOf } from '../rule-of.ts'
import { groupsFilter } from './filters.ts'
import type { Eni } from './hosts.ts'
import type { Balancer, World } from './kinds.ts'
import type { Resources } from './resources.ts'

export function balancersIn(resources: Resources, enis: readonly Eni[]): readonly Balancer[] {
  return resources.of('LoadBalancers').flatMap((found) => {
    const [, path] = /:loadbalancer\/((?:app|net|gwy)\/[^/]+\/\w+)$/.exec(found.id) ?? []
    const own = enis.filter(
      ({ description }) => path !== undefined && description === `ELB ${path}`,
    )
    if (path === undefined || own.length === 0) return []
    return [
      {
        name: textAt(found.json, 'LoadBalancerName') ?? path,
        found,
        enis: own,
        isNetwork: path.startsWith('net/'),
        groups: textsAt(found.json, 'SecurityGroups'),
      },
    ]
  })
}

/** In a subnet: the way to the balancers that stand there, and where they put packets down. */
export function balancerWays(
  subnet: string,
  { balancers }: World,
): Pick<Device, 'interfaces' | 'routes'> {
  const here = balancers.filter(({ enis }) => enis.some((eni) => eni.subnet === subnet))
  return {
    interfaces: here.flatMap(({ name, found }) => [
      port(name, {
        line: found.json.first,
        leadsTo: { device: name, interface: `in ${subnet}` },
      }),
      port(`from ${name}`, { line: found.json.first }),
    ]),
    routes: here.flatMap(({ name, enis }) =>
      enis
        .filter((eni) => eni.subnet === subnet)
        .flatMap(({ texts, line }) => texts.flatMap((text) => routeTo(name, text, line) ?? [])),
    ),
  }
}

export function balancerDevice(balancer: Balancer, world: World): Device {
  const { name, found, enis, groups, isNetwork } = balancer
  const subnets = [...new Set(enis.map(({ subnet }) => subnet))]
  const listeners = listenersOf(balancer, world)
  const outs = subnets.flatMap((subnet) => outPorts(subnet, balancer, listeners))
  const targets = addressesIn(listeners.flatMap((one) => one.targets))
  const rule = ruleOf({
    action: 'permit',
    source: ANY_ADDRESS,
    destination: targets,
    services: [{ protocols: null, destination: null, source: null }],
    conditions: [isNetwork ? 'network load balancer' : 'load balancer'],
    first: found.json.first,
    last: found.json.last,
    label: name,
    text: '',
  })
  const isRead = world.resources.has('LoadBalancerListeners') || world.resources.has('Listeners')
  return deviceFrom({
    name,
    source: found.file,
    make: 'aws',
    interfaces: [
      ...subnets.map((subnet) =>
        port(`in ${subnet}`, {
          line: found.json.first,
          ingress: groups.length === 0 ? [] : [groupsFilter(groups, 'in', world)],
        }),
      ),
      ...outs,
    ],
    policy: policyFrom(name, [between(rule, null, null)], { fallback: 'deny', isStateful: true }),
    translations: [
      ...listeners.flatMap((one) => listenerTranslations(one, balancer)),
      proxyTranslation(balancer, outs),
    ],
    routes: outs.flatMap((out) =>
      ['0.0.0.0/0', '::/0'].flatMap((text) => routeTo(out.name, text, found.json.first) ?? []),
    ),
    limits: isRead ? [] : ['translation_not_understood'],
  })
}

type Listener = {
  readonly port: number
  readonly protocols: readonly number[]
  readonly targets: readonly string[]
  readonly targetPorts: readonly number[]
  readonly isByAddress: boolean
  readonly json: Json
}

/** As the sender's, as the balancer's own, or either: who decides is an attribute that may not have been given. */
function outPorts(
  subnet: string,
  { name, found, isNetwork }: Balancer,
  listeners: readonly Listener[],
): readonly NetworkInterface[] {
  const kept = isNetwork ? [`out ${subnet}`] : []
  const own =
    !isNetwork || listeners.some(({ isByAddress }) => isByAddress) ? [`proxy ${subnet}`] : []
  return [...kept, ...own].map((text) =>
    port(text, {
      line: found.json.first,
      leadsTo: { device: subnet, interface: `from ${name}` },
    }),
  )
}

function listenersOf(
  { found, isNetwork }: Balancer,
  { resources, machines }: World,
): readonly Listener[] {
  const all = [
    ...itemsAt(resources.get('LoadBalancerListeners', found.id)?.json, 'Listeners'),
    ...resources
      .of('Listeners')
      .map(({ json }) => json)
      .filter((json) => textAt(json, 'LoadBalancerArn') === found.id),
  ]
  return all.flatMap((json) => {
    const own = numberAt(json, 'Port')
    if (own === undefined) return []
    const named = itemsAt(json, 'DefaultActions').flatMap((action) => [
      textAt(action, 'TargetGroupArn') ?? '',
      ...itemsAt(action, 'ForwardConfig', 'TargetGroups').map(
        (one) => textAt(one, 'TargetGroupArn') ?? '',
      ),
    ])
    // Rules by path or host may send elsewhere: to any group that the balancer has.
    const groups = resources
      .of('TargetGroups')
      .filter(
        ({ id, json: group }) =>
          named.includes(id) ||
          (!isNetwork && textsAt(group, 'LoadBalancerArns').includes(found.id)),
      )
    const told = groups.flatMap(({ id }) =>
      itemsAt(resources.get('LoadBalancerTargetHealth', id)?.json, 'TargetHealthDescriptions'),
    )
    const targets = told.flatMap((one) => {
      const id = textAt(one, 'Target', 'Id') ?? ''
      return id.startsWith('i-') ? (machines.get(id) ?? []).flatMap(({ texts }) => texts) : [id]
    })
    const ports = told.flatMap((one) => numberAt(one, 'Target', 'Port') ?? [])
    return [
      {
        port: own,
        protocols: protocolsOf(textAt(json, 'Protocol') ?? ''),
        targets,
        targetPorts: [...new Set(ports)],
        isByAddress: groups.some(({ json: group }) => textAt(group, 'TargetType') !== 'instance'),
        json,
      },
    ]
  })
}

function protocolsOf(name: string): readonly number[] {
  if (name === 'UDP') return [17]
  return name === 'TCP_UDP' ? [6, 17] : [6]
}

function listenerTranslations(one: Listener, { name, enis }: Balancer): readonly Translation[] {
  const address = addressesIn(one.targets).v4
  if (address.length === 0) return []
  const destination = addressesIn(enis.flatMap(({ texts }) => texts))
  const services = one.protocols.map((protocol): Service => ({
    protocols: [protocol, protocol],
    destination: [one.port, one.port],
    source: null,
  }))
  const ports = one.targetPorts.length === 0 ? [one.port] : one.targetPorts
  return ports.slice(0, 1).map((to): Translation => ({
    kind: 'destination',
    from: null,
    to: null,
    match: cubesFor({ destination, services }),
    address,
    port: ports.length === 1 ? [to, to] : [0, 65_535],
    first: one.json.first,
    last: one.json.last,
    label: `${name} ${one.port}`,
    isExact: false,
  }))
}

function proxyTranslation(
  { name, enis, found }: Balancer,
  outs: readonly NetworkInterface[],
): Translation {
  return {
    kind: 'source',
    from: null,
    to: new Set(outs.map((out) => out.name).filter((text) => text.startsWith('proxy '))),
    match: cubesFor({}),
    address: addressesIn(enis.flatMap(({ texts }) => texts)).v4,
    port: null,
    first: found.json.first,
    last: found.json.last,
    label: name,
    isExact: false,
  }
}
