// Security groups and network ACLs as filters. A group only permits, and remembers; an ACL is a list without memory, by numbers.

import { ANY_ADDRESS, ANY_V4, ANY_V6, bothAddresses, prefix } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Filter, Rule } from '../../packets/rule.ts'
import { ANY_SERVICE, protocolNumber } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import { isTrueAt, itemsAt, member, numberAt, textAt, textsAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import { unreadFilter } from '../parts.ts'
import { ruleOf } from '../rule-of.ts'
import type { Found, Resources } from './resources.ts'

export type Direction = 'in' | 'out'

export type FilterWorld = {
  readonly resources: Resources
  /** Addresses of those in a group; `undefined`: not known. */
  readonly members: (group: string) => Addresses | undefined
}

const PERMISSIONS = { in: 'IpPermissions', out: 'IpPermissionsEgress' } as const

/** What any of some groups lets through. */
export function groupsFilter(
  ids: readonly string[],
  direction: Direction,
  world: FilterWorld,
): Filter {
  return onceFor(world.resources, `${ids.join(' ')} ${direction}`, (name): Filter => {
    const rules = ids.flatMap((id) => groupRules(id, direction, world))
    return { name, rules, fallback: 'deny', isStateful: true }
  })
}

const filters = new WeakMap<Resources, Map<string, Filter>>()

/** One filter for all that meet the same groups: its set of packets is worked out once. */
function onceFor(of: Resources, name: string, make: (name: string) => Filter): Filter {
  const known = filters.get(of) ?? new Map<string, Filter>()
  filters.set(of, known)
  const found = known.get(name) ?? make(name)
  known.set(name, found)
  return found
}

function groupRules(id: string, direction: Direction, world: FilterWorld): readonly Rule[] {
  const found = world.resources.get('SecurityGroups', id)
  if (found === undefined || world.resources.isDisputed(id)) return unreadFilter(id, id).rules
  const list = member(found.json, PERMISSIONS[direction])
  if (list?.kind !== 'list') return unreadFilter(id, PERMISSIONS[direction]).rules
  return list.items.flatMap((entry) => permissionRules(entry, { found, direction, world }))
}

type In = { readonly found: Found; readonly direction: Direction; readonly world: FilterWorld }

type Peer = {
  readonly text: string
  readonly addresses: Addresses | undefined
  readonly json: Json
}

function permissionRules(entry: Json, { found, direction, world }: In): readonly Rule[] {
  const services = permissionServices(entry)
  const words = serviceWords(entry)
  return peersOf(entry, world).map(({ text, addresses, json }) =>
    ruleOf({
      action: 'permit',
      source: direction === 'in' ? addresses : ANY_ADDRESS,
      destination: direction === 'in' ? ANY_ADDRESS : addresses,
      services,
      first: json.first,
      last: json.last,
      label: `${found.id} ${textAt(found.json, 'GroupName') ?? ''}`.trim(),
      text: `${PERMISSIONS[direction]} ${words} ${text} (${found.file})`,
    }),
  )
}

function peersOf(entry: Json, world: FilterWorld): readonly Peer[] {
  const from = (list: string, key: string, of: (text: string) => Addresses | undefined) =>
    itemsAt(entry, list).map((json): Peer => {
      const text = textAt(json, key)
      return {
        text: text ?? list,
        json,
        addresses: text === undefined ? undefined : of(text),
      }
    })
  return [
    ...from('IpRanges', 'CidrIp', prefix),
    ...from('Ipv6Ranges', 'CidrIpv6', prefix),
    ...from('UserIdGroupPairs', 'GroupId', (id) => world.members(id)),
    ...from('PrefixListIds', 'PrefixListId', (id) => listed(id, world.resources)),
  ]
}

/** `undefined`: the list was not given. */
export function listed(id: string, resources: Resources): Addresses | undefined {
  const texts = prefixListTexts(id, resources)
  if (texts === undefined) return undefined
  const all = texts.map(prefix)
  return all.some((one) => one === undefined)
    ? undefined
    : bothAddresses(all.flatMap((one) => one ?? []))
}

export function prefixListTexts(id: string, resources: Resources): readonly string[] | undefined {
  const found = resources.get('PrefixLists', id)?.json
  if (found === undefined) return undefined
  const texts = [
    ...textsAt(found, 'Cidrs'),
    ...itemsAt(found, 'Entries').flatMap((one) => textAt(one, 'Cidr') ?? []),
  ]
  return texts.length === 0 ? undefined : texts
}

function serviceWords(entry: Json): string {
  const protocol = textAt(entry, 'IpProtocol') ?? '?'
  const [low, high] = [numberAt(entry, 'FromPort'), numberAt(entry, 'ToPort')]
  if (protocol === '-1' || low === undefined) return protocol
  return low === high ? `${protocol} ${low}` : `${protocol} ${low}-${high}`
}

const ICMP = 1
const ICMP6 = 58

function permissionServices(entry: Json): readonly Service[] | undefined {
  const name = textAt(entry, 'IpProtocol') ?? ''
  if (name === '-1') return [ANY_SERVICE]
  const number = name === 'icmpv6' ? ICMP6 : protocolNumber(name)
  const [low, high] = [numberAt(entry, 'FromPort'), numberAt(entry, 'ToPort')]
  if (number === undefined) return undefined
  return serviceFrom(number, low, high)
}

/** Of ICMP the numbers are type and code. `undefined`: not understood. */
function serviceFrom(
  protocol: number,
  low: number | undefined,
  high: number | undefined,
): readonly Service[] | undefined {
  const of = (destination: Service['destination']): readonly Service[] => [
    { protocols: [protocol, protocol], destination, source: null },
  ]
  if (low === undefined && high === undefined) return of(null)
  if (low === undefined || high === undefined) return undefined
  if (protocol === ICMP || protocol === ICMP6) {
    if (low === -1) return of(null)
    if (low < 0 || low > 255 || high > 255) return undefined
    return of(high < 0 ? [low * 256, low * 256 + 255] : [low * 256 + high, low * 256 + high])
  }
  if (protocol !== 6 && protocol !== 17) return of(null)
  if (low === -1 && high === -1) return of(null)
  return low < 0 || high > 65_535 || high < low ? undefined : of([low, high])
}

/** `null`: no ACL was given for this subnet. */
export function aclFilters(
  subnet: string,
  resources: Resources,
): Readonly<Record<Direction, Filter>> {
  const found = resources
    .of('NetworkAcls')
    .find(({ json }) =>
      itemsAt(json, 'Associations').some((one) => textAt(one, 'SubnetId') === subnet),
    )
  if (found === undefined || resources.isDisputed(found.id)) {
    const name = found?.id ?? `NetworkAcl ${subnet}`
    return {
      in: unreadFilter(`${name} in`, 'NetworkAcls'),
      out: unreadFilter(`${name} out`, 'NetworkAcls'),
    }
  }
  return { in: aclFilter(found, 'in'), out: aclFilter(found, 'out') }
}

const LAST_NUMBER = 32_767

const made = new WeakMap<Json, Partial<Record<Direction, Filter>>>()

export function aclFilter(found: Found, direction: Direction): Filter {
  const known = made.get(found.json)
  const ready = known?.[direction]
  if (ready !== undefined) return ready
  const entries = itemsAt(found.json, 'Entries')
    .filter((entry) => isTrueAt(entry, 'Egress') === (direction === 'out'))
    .map((entry) => ({ entry, number: numberAt(entry, 'RuleNumber') ?? -1 }))
    // The last of every list is the maker's, and says what happens anyway.
    .filter(({ number }) => number !== LAST_NUMBER)
    .toSorted((a, b) => a.number - b.number)
  const filter: Filter = {
    name: `${found.id} ${direction}`,
    rules: entries.map(({ entry, number }) => aclRule(entry, number, { found, direction })),
    fallback: 'deny',
    isStateful: false,
    ...(member(found.json, 'Entries')?.kind === 'list' ? {} : { isPartial: true }),
  }
  made.set(found.json, { ...known, [direction]: filter })
  return filter
}

function aclRule(entry: Json, number: number, { found, direction }: Omit<In, 'world'>): Rule {
  const text = textAt(entry, 'CidrBlock') ?? textAt(entry, 'Ipv6CidrBlock')
  const addresses = text === undefined ? undefined : prefix(text)
  const any = addresses === undefined ? ANY_ADDRESS : addresses.v4.length > 0 ? ANY_V4 : ANY_V6
  const action = textAt(entry, 'RuleAction')
  return ruleOf({
    action: action === 'allow' ? 'permit' : 'deny',
    source: direction === 'in' ? addresses : any,
    destination: direction === 'in' ? any : addresses,
    services: aclServices(entry),
    unread: [
      ...(action === 'allow' || action === 'deny' ? [] : ['RuleAction']),
      ...(number < 0 ? ['RuleNumber'] : []),
    ],
    first: entry.first,
    last: entry.last,
    label: `${found.id} ${number}`,
    text: `${number} ${textAt(entry, 'Protocol') ?? '?'} ${text ?? '?'} ${action ?? '?'} (${found.file})`,
  })
}

function aclServices(entry: Json): readonly Service[] | undefined {
  const name = textAt(entry, 'Protocol') ?? ''
  if (name === '-1') return [ANY_SERVICE]
  const protocol = protocolNumber(name)
  if (protocol === undefined) return undefined
  if (protocol === ICMP || protocol === ICMP6)
    return serviceFrom(
      protocol,
      numberAt(entry, 'IcmpTypeCode', 'Type'),
      numberAt(entry, 'IcmpTypeCode', 'Code'),
    )
  return serviceFrom(
    protocol,
    numberAt(entry, 'PortRange', 'From'),
    numberAt(entry, 'PortRange', 'To'),
  )
}
