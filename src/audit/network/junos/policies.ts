// Security policies of Junos (SRX): zones, address books, applications, the policies between zones in order.

import { ANY_ADDRESS, ANY_V4, ANY_V6, prefix, range4 } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { ANY_SERVICE, icmpType, portList, protocolNumber } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import type { Policy, PolicyRule } from '../device.ts'
import type { Looked, Named } from '../named-objects.ts'
import { addressesBehind, servicesBehind } from '../named-objects.ts'
import { ruleOf } from '../rule-of.ts'
import { at, childrenAt, valueAt, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'

export type JunosZones = ReadonlyMap<string, ReadonlySet<string>>

export function junosZones(root: Twig): JunosZones {
  return new Map(
    childrenAt(root, 'security', 'zones', 'security-zone').map((zone) => [
      zone.word,
      new Set(
        valuesAt(zone, 'interfaces').map((name) => (name.includes('.') ? name : `${name}.0`)),
      ),
    ]),
  )
}

/** `null`: a router without policies, which forwards by packets. */
export function junosPolicy(root: Twig, zones: JunosZones): Policy | null {
  const policies = at(root, 'security', 'policies')
  if (zones.size === 0) return null
  const context = { root, zones, services: applications(root) }
  const between = childrenAt(policies, 'from-zone').flatMap((from) =>
    childrenAt(from, 'to-zone').flatMap((to) =>
      childrenAt(to, 'policy').map((policy) =>
        policyRule(policy, { ...context, from: from.word, to: to.word }),
      ),
    ),
  )
  const global = childrenAt(policies, 'global', 'policy').map((policy) =>
    policyRule(policy, { ...context, from: null, to: null }),
  )
  const permits = at(policies, 'default-policy', 'permit-all') !== undefined
  return {
    name: 'security policies',
    rules: [...between, ...global],
    fallback: permits ? 'permit' : 'deny',
    isStateful: true,
    sees: 'after',
  }
}

type Context = {
  readonly root: Twig
  readonly zones: JunosZones
  readonly services: Named<readonly Service[]>
  readonly from: string | null
  readonly to: string | null
}

const CONDITIONS = [
  'source-identity',
  'dynamic-application',
  'url-category',
  'source-end-user-profile',
]

function policyRule(policy: Twig, context: Context): PolicyRule {
  const match = at(policy, 'match')
  const source = sideOf(match, 'source-address', context.from, context.root)
  const destination = sideOf(match, 'destination-address', context.to, context.root)
  const names = valuesAt(match, 'application')
  const service =
    names.length === 0 || names.includes('any')
      ? { services: [ANY_SERVICE], conditions: [], unread: [] }
      : servicesBehind(names, context.services)
  const actions = valuesAt(policy, 'then')
  const conditions = [
    ...source.conditions,
    ...destination.conditions,
    ...service.conditions,
    ...CONDITIONS.flatMap((word) =>
      valuesAt(match, word)
        .filter((value) => value !== 'any')
        .map((value) => `${word} ${value}`),
    ),
    ...valuesAt(policy, 'scheduler-name').map((value) => `scheduler ${value}`),
  ]
  const others = valuesAt(match).filter((word) => word.endsWith('-excluded'))
  const rule = ruleOf({
    action: actions.includes('permit') ? 'permit' : 'deny',
    source: source.addresses,
    destination: destination.addresses,
    services: service.services,
    conditions,
    unread: [...source.unread, ...destination.unread, ...service.unread, ...others],
    first: policy.first,
    last: policy.last,
    label: policy.word,
    text: `policy ${policy.word}: ${actions.join(' ')}`,
  })
  const globalFrom = valuesAt(match, 'from-zone')
  const globalTo = valuesAt(match, 'to-zone')
  return {
    ...rule,
    from: interfacesOf(context.from === null ? globalFrom : [context.from], context.zones),
    to: interfacesOf(context.to === null ? globalTo : [context.to], context.zones),
  }
}

function interfacesOf(names: readonly string[], zones: JunosZones): ReadonlySet<string> | null {
  if (names.length === 0 || names.includes('any')) return null
  return new Set(names.flatMap((name) => [...(zones.get(name) ?? [])]))
}

// oxlint-disable-next-line max-params
function sideOf(match: Twig | undefined, side: string, zone: string | null, root: Twig) {
  const names = valuesAt(match, side)
  if (names.length === 0 || names.includes('any'))
    return { addresses: ANY_ADDRESS, conditions: [], unread: [] }
  return addressesBehind(names, addressBook(root, zone), ANY_ADDRESS)
}

/** Books of the zone, books attached to it, the global one. */
function addressBook(root: Twig, zone: string | null): Named<Addresses> {
  const own =
    zone === null
      ? []
      : childrenAt(root, 'security', 'zones', 'security-zone')
          .filter(({ word }) => word === zone)
          .flatMap((one) => at(one, 'address-book') ?? [])
  const books = [...own, ...childrenAt(root, 'security', 'address-book')]
  return {
    own: (name) => {
      if (name === 'any-ipv4') return { kind: 'known', value: ANY_V4 }
      if (name === 'any-ipv6') return { kind: 'known', value: ANY_V6 }
      const found = books.flatMap((book) => at(book, 'address', name) ?? [])[0]
      return found === undefined ? undefined : addressOf(found)
    },
    members: (name) => {
      const set = books.flatMap((book) => at(book, 'address-set', name) ?? [])[0]
      return set === undefined
        ? undefined
        : [...valuesAt(set, 'address'), ...valuesAt(set, 'address-set')]
    },
  }
}

function addressOf(twig: Twig): Looked<Addresses> {
  const from = valueAt(twig, 'range-address')
  if (from !== undefined) {
    const to = valueAt(twig, 'range-address', from, 'to')
    const span = to === undefined ? undefined : range4(from, to)
    return span === undefined ? { kind: 'unknown' } : { kind: 'known', value: span }
  }
  const name = valueAt(twig, 'dns-name')
  if (name !== undefined) return { kind: 'conditional', because: name }
  const value = prefix(valueAt(twig, 'ip-prefix') ?? [...twig.children.keys()][0] ?? '')
  return value === undefined ? { kind: 'unknown' } : { kind: 'known', value }
}

function applications(root: Twig): Named<readonly Service[]> {
  const own = new Map(
    childrenAt(root, 'applications', 'application').map((twig) => [twig.word, twig]),
  )
  const sets = new Map(
    childrenAt(root, 'applications', 'application-set').map((twig) => [twig.word, twig]),
  )
  return {
    own: (name) => {
      const twig = own.get(name)
      if (twig !== undefined) return applicationOf(twig)
      const built = BUILT_IN.get(name)
      return built === undefined ? undefined : { kind: 'known', value: built }
    },
    members: (name) => {
      const set = sets.get(name)
      return set === undefined
        ? undefined
        : [...valuesAt(set, 'application'), ...valuesAt(set, 'application-set')]
    },
  }
}

function applicationOf(twig: Twig): Looked<readonly Service[]> {
  const terms = childrenAt(twig, 'term')
  const all = (terms.length === 0 ? [twig] : terms).map(serviceOf)
  return all.includes(undefined)
    ? { kind: 'unknown' }
    : { kind: 'known', value: all.flatMap((one) => one ?? []) }
}

function serviceOf(twig: Twig): Service | undefined {
  const number = protocolNumber(valueAt(twig, 'protocol') ?? '')
  if (number === undefined) return undefined
  const protocols = [number, number]
  const type = valueAt(twig, 'icmp-type')
  const target = valueAt(twig, 'destination-port')
  const origin = valueAt(twig, 'source-port')
  const destination =
    type === undefined
      ? target === undefined
        ? null
        : portList(target)
      : icmpType(type, valueAt(twig, 'icmp-code'))
  const source = origin === undefined ? null : portList(origin)
  return destination === undefined || source === undefined
    ? undefined
    : { protocols, destination, source }
}

const tcp = (...ports: readonly number[]): readonly Service[] =>
  ports.map((port) => ({ protocols: [6, 6], destination: [port, port], source: null }))
const udp = (...ports: readonly number[]): readonly Service[] =>
  ports.map((port) => ({ protocols: [17, 17], destination: [port, port], source: null }))

/** Applications that come with Junos and that policies name most. */
const BUILT_IN: ReadonlyMap<string, readonly Service[]> = new Map([
  ['junos-ssh', tcp(22)],
  ['junos-telnet', tcp(23)],
  ['junos-smtp', tcp(25)],
  ['junos-dns-udp', udp(53)],
  ['junos-dns-tcp', tcp(53)],
  ['junos-http', tcp(80)],
  ['junos-https', tcp(443)],
  ['junos-ntp', udp(123)],
  ['junos-snmp-get', udp(161)],
  ['junos-syslog', udp(514)],
  ['junos-ldap', tcp(389)],
  ['junos-bgp', tcp(179)],
  ['junos-ftp', tcp(21)],
  ['junos-tftp', udp(69)],
  ['junos-pop3', tcp(110)],
  ['junos-imap', tcp(143)],
  ['junos-smb-session', tcp(445)],
  ['junos-tacacs', tcp(49)],
  ['junos-radius', udp(1812)],
  ['junos-ike', udp(500)],
  ['junos-tcp-any', [{ protocols: [6, 6], destination: null, source: null }]],
  ['junos-udp-any', [{ protocols: [17, 17], destination: null, source: null }]],
  ['junos-icmp-all', [{ protocols: [1, 1], destination: null, source: null }]],
  ['junos-icmp-ping', [{ protocols: [1, 1], destination: [2048, 2303], source: null }]],
  ['junos-ping', [{ protocols: [1, 1], destination: [2048, 2303], source: null }]],
  ['junos-gre', [{ protocols: [47, 47], destination: null, source: null }]],
])
