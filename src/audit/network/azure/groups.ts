// Network security groups: rules by priority for each direction, the default ones last. A service tag that stands for addresses
// nobody gave is not known.

import { ANY_ADDRESS, addressUnion, bothAddresses, prefix } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { without } from '../../packets/ranges.ts'
import type { Filter, Rule } from '../../packets/rule.ts'
import { ANY_SERVICE, portList } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import { numberAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import { unreadFilter } from '../parts.ts'
import { PUBLIC } from '../public-addresses.ts'
import { ruleOf } from '../rule-of.ts'
import { idAt, propItems, propText, propTexts } from './resources.ts'
import type { Resource, Resources } from './resources.ts'

export type Direction = 'in' | 'out'

/** What the tags of a group mean where it stands. */
export type Around = {
  readonly resources: Resources
  /** Addresses of the network and of those it is joined with. */
  readonly inside: Addresses
  /** More belongs to it that was not given: networks behind a gateway, or joined and not given. */
  readonly isOpen: boolean
  /** Addresses of the interfaces in an application security group; `undefined`: not known. */
  readonly members: (group: string) => Addresses | undefined
}

export function groupFilter(id: string, direction: Direction, around: Around): Filter {
  const found = around.resources.get(id)
  const name = `${found?.name ?? id} ${direction}`
  if (found === undefined) return unreadFilter(name, 'networkSecurityGroups')
  const wanted = direction === 'in' ? 'inbound' : 'outbound'
  const told = propItems(found.json, 'defaultSecurityRules')
  const rules = [...propItems(found.json, 'securityRules'), ...told]
    .filter((rule) => propText(rule, 'direction')?.toLowerCase() === wanted)
    .map((rule) => ({
      rule,
      priority: numberAt(rule, 'properties', 'priority') ?? numberAt(rule, 'priority') ?? -1,
    }))
    .toSorted((a, b) => a.priority - b.priority)
    .flatMap(({ rule, priority }) => rulesFrom(rule, priority, { found, around }))
  return {
    name,
    rules: told.length > 0 ? rules : [...rules, ...defaults(direction, found, around)],
    fallback: 'deny',
    isStateful: true,
  }
}

type In = { readonly found: Resource; readonly around: Around }

const PROTOCOLS: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1, esp: 50, ah: 51 }

function rulesFrom(rule: Json, priority: number, { found, around }: In): readonly Rule[] {
  const name = propText(rule, 'name') ?? ''
  const access = propText(rule, 'access')?.toLowerCase()
  const source = side(rule, 'source', around)
  const destination = side(rule, 'destination', around)
  const make = (from: Addresses | undefined, to: Addresses | undefined, why: readonly string[]) =>
    ruleOf({
      action: access === 'allow' ? 'permit' : 'deny',
      source: from,
      destination: to,
      services: servicesOf(rule),
      unread: [
        ...why,
        ...(access === 'allow' || access === 'deny' ? [] : ['access']),
        ...(priority < 0 ? ['priority'] : []),
      ],
      first: rule.first,
      last: rule.last,
      label: `${found.name} ${priority} ${name}`.trim(),
      text: `${priority} ${name} ${access ?? '?'} ${propText(rule, 'protocol') ?? '?'} ${source.text} → ${destination.text}:${propTexts(rule, 'destinationPortRange', 'destinationPortRanges').join()} (${found.file})`,
    })
  const open = [...source.open, ...destination.open]
  const known = make(source.addresses, destination.addresses, [])
  if (open.length === 0) return [known]
  // What is known of a tag is sure; that it may hold more is not.
  const more = make(
    source.open.length > 0 ? ANY_ADDRESS : source.addresses,
    destination.open.length > 0 ? ANY_ADDRESS : destination.addresses,
    open,
  )
  return [known, more]
}

type Side = {
  readonly addresses: Addresses | undefined
  /** Tags that may hold more than is known. */
  readonly open: readonly string[]
  readonly text: string
}

function side(rule: Json, which: 'source' | 'destination', around: Around): Side {
  const texts = propTexts(rule, `${which}AddressPrefix`, `${which}AddressPrefixes`)
  const groups = propItems(rule, `${which}ApplicationSecurityGroups`).flatMap(
    (one) => idAt(one) ?? [],
  )
  const sets: Addresses[] = []
  const open: string[] = []
  for (const text of texts) {
    const found = tagged(text, around)
    if (found.addresses !== undefined) sets.push(found.addresses)
    if (found.isOpen) open.push(text)
  }
  for (const group of groups) {
    const found = around.members(group)
    if (found === undefined) open.push(group.split('/').at(-1) ?? group)
    else sets.push(found)
  }
  const isSaid = texts.length + groups.length > 0
  return {
    addresses: isSaid ? bothAddresses(sets) : undefined,
    open,
    text: [...texts, ...groups.map((id) => id.split('/').at(-1) ?? id)].join() || '?',
  }
}

/** The host's own address: probes of health come from there. */
const PROBES = prefix('168.63.129.16')

export function tagged(
  text: string,
  { inside, isOpen }: Around,
): { readonly addresses: Addresses | undefined; readonly isOpen: boolean } {
  if (text === '*' || /^any$/i.test(text)) return { addresses: ANY_ADDRESS, isOpen: false }
  const plain = prefix(text)
  if (plain !== undefined)
    return { addresses: text === '0.0.0.0/0' ? { ...ANY_ADDRESS, v6: [] } : plain, isOpen: false }
  if (/^virtualnetwork$/i.test(text))
    return { addresses: PROBES === undefined ? inside : addressUnion(inside, PROBES), isOpen }
  if (/^azureloadbalancer$/i.test(text)) return { addresses: PROBES, isOpen: false }
  if (/^internet$/i.test(text))
    return {
      addresses: { v4: without(PUBLIC.v4, inside.v4), v6: inside.v6.length > 0 ? [] : PUBLIC.v6 },
      isOpen: isOpen || inside.v6.length > 0,
    }
  return { addresses: undefined, isOpen: true }
}

export function servicesOf(rule: Json): readonly Service[] | undefined {
  const name = propText(rule, 'protocol')?.toLowerCase()
  const ports = (single: string, many: string) => {
    const texts = propTexts(rule, single, many)
    if (texts.length === 0) return undefined
    return texts.includes('*') ? null : portList(texts.join())
  }
  const destination = ports('destinationPortRange', 'destinationPortRanges')
  const source = ports('sourcePortRange', 'sourcePortRanges')
  if (name === undefined || destination === undefined || source === undefined) return undefined
  if (name === '*' || name === 'any')
    return destination === null && source === null
      ? [ANY_SERVICE]
      : [6, 17].map((number) => ({ protocols: [number, number], destination, source }))
  const number = PROTOCOLS[name]
  if (number === undefined) return undefined
  const isPorted = number === 6 || number === 17
  return [
    {
      protocols: [number, number],
      destination: isPorted ? destination : null,
      source: isPorted ? source : null,
    },
  ]
}

/** Those that every group has, where the export leaves them out. */
function defaults(direction: Direction, { name, json }: Resource, around: Around): readonly Rule[] {
  const { inside } = around
  const make = (
    action: Rule['action'],
    from: Addresses,
    to: Addresses,
    [number, text]: readonly [number, string],
    unread: readonly string[] = [],
  ) =>
    ruleOf({
      action,
      source: from,
      destination: to,
      services: [ANY_SERVICE],
      unread,
      first: json.first,
      last: json.first,
      label: `${name} ${number} ${text}`,
      text: `${number} ${text}`,
    })
  const outside = tagged('Internet', around).addresses ?? ANY_ADDRESS
  const vnet = [65_000, direction === 'in' ? 'AllowVnetInBound' : 'AllowVnetOutBound'] as const
  const more = around.isOpen
    ? [make('permit', ANY_ADDRESS, ANY_ADDRESS, vnet, ['VirtualNetwork'])]
    : []
  const second =
    direction === 'in'
      ? PROBES === undefined
        ? []
        : [make('permit', PROBES, ANY_ADDRESS, [65_001, 'AllowAzureLoadBalancerInBound'])]
      : [make('permit', ANY_ADDRESS, outside, [65_001, 'AllowInternetOutBound'])]
  return [make('permit', inside, inside, vnet), ...more, ...second]
}
