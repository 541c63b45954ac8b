// A FortiGate as the network sees it: policies in the order of the file, virtual addresses, routes.

import {
  ANY_ADDRESS,
  ANY_V4,
  ipv4,
  ipv6,
  maskLength,
  prefix,
  prefix4,
} from '../../packets/addresses.ts'
import { matchOf } from '../../packets/match.ts'
import { ANY_SERVICE, portList, protocolNumber } from '../../packets/services.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import { walk } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'
import type { DeviceRead } from '../cisco/device.ts'
import type {
  DeviceLimit,
  NetworkInterface,
  PolicyRule,
  Prefix,
  Route,
  Translation,
} from '../device.ts'
import { addressesBehind, servicesBehind } from '../named-objects.ts'
import { EVERY_PACKET, ruleOf } from '../rule-of.ts'
import { fortiAddresses, fortiServices, spanOf } from './objects.ts'
import { tablesIn } from './tables.ts'
import type { Row, Tables } from './tables.ts'

export function fortiDevice(tree: ConfigTree): DeviceRead {
  const tables = tablesIn(tree)
  const context = {
    addresses: fortiAddresses(tables),
    services: fortiServices(tables),
    zones: zonesIn(tables),
  }
  const limits = new Set<DeviceLimit>()
  if (isDynamic(tree)) limits.add('dynamic_routing')
  if (tables('router policy').length > 0) limits.add('policy_routing')
  return {
    interfaces: tables('system interface').map((row) => interfaceOf(row, context.zones)),
    policy: {
      name: 'firewall policy',
      rules: [
        ...tables('firewall policy').flatMap((row) => policyOf(row, context)),
        ...insideZones(tables),
      ],
      fallback: 'deny',
      isStateful: true,
      sees: 'after',
    },
    translations: [
      ...tables('firewall vip').flatMap((row) => virtualOf(row, limits)),
      ...hiding(tables, context),
    ],
    routes: tables('router static').flatMap(routeOf),
    filters: [],
    limits: [...limits],
  }
}

type Zones = ReadonlyMap<string, readonly string[]>

type Context = {
  readonly addresses: ReturnType<typeof fortiAddresses>
  readonly services: ReturnType<typeof fortiServices>
  readonly zones: Zones
}

function zonesIn(tables: Tables): Zones {
  return new Map(
    [...tables('system zone'), ...tables('system sdwan zone')].map((row) => [
      row.name,
      row.values('interface'),
    ]),
  )
}

/** A protocol with neighbours or networks; the empty blocks stand in every file. */
function isDynamic(tree: ConfigTree): boolean {
  for (const node of walk(tree.root)) {
    if (!/^config router (?:bgp|ospf6?|rip|isis)$/.test(node.text)) continue
    for (const child of node.children)
      if (
        /^config (?:neighbor|network|interface|ospf-interface|area|isis-interface)$/.test(
          child.text,
        ) &&
        child.children.some(({ text }) => text.startsWith('edit '))
      )
        return true
    if (node.children.some((child) => /^as \d/.test(plainText(child, tree.form)))) return true
  }
  return false
}

function interfaceOf(row: Row, zones: Zones): NetworkInterface {
  const texts = [row.values('ip').join(' '), ...row.values('ip6-address')]
  return {
    name: row.name,
    alias: row.value('alias') ?? row.value('description') ?? null,
    vrf: row.value('vdom') ?? 'root',
    zone: [...zones].find(([, own]) => own.includes(row.name))?.[0] ?? null,
    isUp: row.value('status') !== 'down',
    prefixes: texts.flatMap(prefixOf),
    isDynamic: row.value('mode') === 'dhcp' || row.value('mode') === 'pppoe',
    ingress: [],
    egress: [],
    line: row.first,
  }
}

function prefixOf(text: string): readonly Prefix[] {
  const [address = '', mask = '32'] = text.split(/[ /]/)
  const v4 = ipv4(address)
  if (v4 !== undefined) {
    const ones = ipv4(mask)
    const length = ones === undefined ? Number(mask) : maskLength(ones)
    return length === undefined || !(length >= 0 && length <= 32) || v4 === 0
      ? []
      : [{ family: 4, address: v4, length }]
  }
  const v6 = ipv6(address)
  return v6 === undefined ? [] : [{ family: 6, address: v6, length: Number(mask) }]
}

function interfacesOf(names: readonly string[], zones: Zones): ReadonlySet<string> | null {
  if (names.includes('any')) return null
  return new Set(names.flatMap((name) => zones.get(name) ?? [name]))
}

/** Settings that want more than a header says. */
const CONDITIONS = [
  'groups',
  'users',
  'fsso-groups',
  'internet-service-name',
  'internet-service-id',
  'internet-service-src-name',
  'application-list',
  'ztna-tags',
  'src-vendor-mac',
]

function policyOf(row: Row, { addresses, services, zones }: Context): readonly PolicyRule[] {
  if (row.value('status') === 'disable') return []
  const isService = row.value('internet-service') === 'enable'
  const source = sideOf(row, 'srcaddr', addresses)
  const destination = isService
    ? { addresses: ANY_ADDRESS, conditions: [], unread: [] }
    : sideOf(row, 'dstaddr', addresses)
  const wanted = row.values('service')
  const service =
    isService || wanted.length === 0
      ? { services: [ANY_SERVICE], conditions: [], unread: [] }
      : servicesBehind(wanted, services)
  const schedule = row.value('schedule')
  const conditions = [
    ...source.conditions,
    ...destination.conditions,
    ...service.conditions,
    ...(schedule === undefined || schedule === 'always' ? [] : [`schedule ${schedule}`]),
    ...CONDITIONS.flatMap((setting) => row.values(setting).map((value) => `${setting} ${value}`)),
  ]
  const action =
    row.value('action') === 'accept' || row.value('action') === 'ipsec' ? 'permit' : 'deny'
  const name = row.value('name')
  const rule = ruleOf({
    action,
    source: source.addresses,
    destination: destination.addresses,
    services: service.services,
    conditions,
    unread: [...source.unread, ...destination.unread, ...service.unread],
    first: row.first,
    last: row.last,
    label: name === undefined ? row.name : `${row.name} ${name}`,
    text: `policy ${row.name}: ${row.value('action') ?? 'deny'}`,
  })
  return [
    {
      ...rule,
      from: interfacesOf(row.values('srcintf'), zones),
      to: interfacesOf(row.values('dstintf'), zones),
    },
  ]
}

function sideOf(row: Row, setting: 'srcaddr' | 'dstaddr', addresses: Context['addresses']) {
  const names = [...row.values(setting), ...row.values(`${setting}6`)]
  const found = addressesBehind(names, addresses, ANY_ADDRESS)
  const isOther = row.value(`${setting}-negate`) === 'enable'
  return isOther
    ? { ...found, addresses: ANY_ADDRESS, unread: [...found.unread, `${setting}-negate`] }
    : found
}

function insideZones(tables: Tables): readonly PolicyRule[] {
  return tables('system zone').flatMap((row): readonly PolicyRule[] => {
    if (row.value('intrazone') !== 'allow') return []
    const own = new Set(row.values('interface'))
    return [
      {
        action: 'permit',
        certainty: 'sure',
        match: EVERY_PACKET,
        because: [],
        first: row.first,
        last: row.last,
        label: 'intrazone',
        text: `zone ${row.name}: intrazone allow`,
        from: own,
        to: own,
      },
    ]
  })
}

function virtualOf(row: Row, limits: Set<DeviceLimit>): readonly Translation[] {
  const outer = spanOf(row.value('extip') ?? '')
  const inner = spanOf(row.value('mappedip') ?? '')
  const protocol = protocolNumber(row.value('protocol') ?? 'tcp') ?? 6
  const isForward = row.value('portforward') === 'enable'
  const outerPort = portList(row.value('extport') ?? '')
  const innerPort = portList(row.value('mappedport') ?? row.value('extport') ?? '')
  if (outer === undefined || inner === undefined || (isForward && outerPort === undefined)) {
    if (row.value('status') !== 'disable') limits.add('translation_not_understood')
    return []
  }
  const services = isForward
    ? [{ protocols: [protocol, protocol], destination: outerPort ?? null, source: null }]
    : [ANY_SERVICE]
  const match = matchOf({ source: ANY_V4, destination: outer, services })
  const from = row.value('extintf')
  return [
    {
      kind: 'destination',
      from: from === undefined || from === 'any' ? null : new Set([from]),
      to: null,
      match: match?.[4] ?? [],
      address: inner.v4,
      port: isForward ? (innerPort ?? null) : null,
      first: row.first,
      last: row.last,
      label: row.name,
      isExact: inner.v4[0] === inner.v4[1],
    },
  ]
}

/** `set nat enable`: the source becomes an address of the way out, which one is not followed. */
function hiding(tables: Tables, { zones }: Context): readonly Translation[] {
  return tables('firewall policy').flatMap((row): readonly Translation[] =>
    row.value('nat') !== 'enable' || row.value('status') === 'disable'
      ? []
      : [
          {
            kind: 'source',
            from: interfacesOf(row.values('srcintf'), zones),
            to: interfacesOf(row.values('dstintf'), zones),
            match: EVERY_PACKET[4],
            address: null,
            port: null,
            first: row.first,
            last: row.last,
            label: `policy ${row.name}`,
            isExact: false,
          },
        ],
  )
}

function routeOf(row: Row): readonly Route[] {
  if (row.value('status') === 'disable') return []
  const [address = '0.0.0.0', mask] = row.values('dst')
  const ones = ipv4(mask ?? '')
  const to =
    mask === undefined
      ? address === '0.0.0.0'
        ? { v4: [0, 0xff_ff_ff_ff], v6: [] }
        : prefix(address)
      : undefined
  const base = ipv4(address)
  const length = ones === undefined ? Number(address.split('/')[1] ?? 0) : (maskLength(ones) ?? 32)
  const v4 = to?.v4 ?? (base === undefined ? undefined : prefix4(base, length))
  if (v4 === undefined || row.value('blackhole') === 'enable') return []
  const hop = prefixOf(row.value('gateway') ?? '')[0] ?? null
  return [
    {
      vrf: 'root',
      v4,
      v6: [],
      length,
      interface: row.value('device') ?? null,
      nextHop: hop,
      line: row.first,
    },
  ]
}
