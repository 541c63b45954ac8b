// Firewall filters of Junos: terms in order, what each wants, what it does.

import {
  ANY_ADDRESS,
  ANY_V4,
  ANY_V6,
  bothAddresses,
  otherThan,
  prefix,
} from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { ranges, spansOf } from '../../packets/ranges.ts'
import type { Ranges } from '../../packets/ranges.ts'
import type { Filter, Rule } from '../../packets/rule.ts'
import { icmpType, portList, protocolNumber } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import { ruleOf } from '../rule-of.ts'
import { at, childrenAt, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'

/** By family and name: `4 NAME`. */
export function junosFilters(root: Twig): ReadonlyMap<string, Filter> {
  const firewall = at(root, 'firewall')
  const found = new Map<string, Filter>()
  const add = (twigs: readonly Twig[], family: 4 | 6) => {
    for (const twig of twigs) found.set(`${family} ${twig.word}`, filterOf(twig, family, root))
  }
  add(childrenAt(firewall, 'filter'), 4)
  add(childrenAt(firewall, 'family', 'inet', 'filter'), 4)
  add(childrenAt(firewall, 'family', 'inet6', 'filter'), 6)
  return found
}

function filterOf(twig: Twig, family: 4 | 6, root: Twig): Filter {
  const isGrouped = at(twig, 'apply-groups') !== undefined
  return {
    name: twig.word,
    rules: childrenAt(twig, 'term').flatMap((term) => termOf(term, family, root)),
    fallback: 'deny',
    isStateful: false,
    family,
    ...(isGrouped ? { isPartial: true } : {}),
  }
}

const GOES_ON = new Set([
  'next',
  'count',
  'log',
  'syslog',
  'sample',
  'policer',
  'loss-priority',
  'forwarding-class',
  'dscp',
  'port-mirror',
  'traffic-class',
  'prefix-action',
  'three-color-policer',
])

function termOf(term: Twig, family: 4 | 6, root: Twig): readonly Rule[] {
  const actions = valuesAt(term, 'then')
  const isDeny = actions.some((word) => word === 'discard' || word === 'reject')
  const isPermit = actions.some((word) =>
    ['accept', 'routing-instance', 'logical-system'].includes(word),
  )
  // A term that only counts is passed; one with other actions and no decision accepts.
  if (
    actions.includes('next') ||
    (actions.length > 0 && !isDeny && !isPermit && actions.every((word) => word === 'next'))
  )
    return []
  const from = at(term, 'from')
  const any = family === 4 ? ANY_V4 : ANY_V6
  const wanted = sideAddresses(from, any, root)
  const services = servicesOf(from, family)
  const { conditions, unread } = othersIn(from)
  const isUnread = actions.some(
    (word) =>
      !GOES_ON.has(word) &&
      !['accept', 'discard', 'reject', 'routing-instance', 'logical-system'].includes(word),
  )
  return [
    ruleOf({
      action: isDeny ? 'deny' : 'permit',
      source: wanted.source,
      destination: wanted.destination,
      services,
      conditions: [...conditions, ...(wanted.isEither ? ['address'] : [])],
      unread: [...unread, ...(isUnread ? actions : [])],
      first: term.first,
      last: term.last,
      label: term.word,
      text: `term ${term.word}: ${actions.join(' ')}`,
    }),
  ]
}

/** `address` is either side: as a condition, because the two together are no box. */
function sideAddresses(from: Twig | undefined, any: Addresses, root: Twig) {
  const side = (name: string) => addressesIn(from, name, any, root)
  return {
    source: side('source'),
    destination: side('destination'),
    isEither: at(from, 'address') !== undefined || at(from, 'prefix-list') !== undefined,
  }
}

// oxlint-disable-next-line max-params
function addressesIn(
  from: Twig | undefined,
  side: string,
  any: Addresses,
  root: Twig,
): Addresses | undefined {
  const own = childrenAt(from, `${side}-address`)
  const lists = valuesAt(from, `${side}-prefix-list`)
  if (own.length + lists.length === 0) return any
  const yes = own.filter((twig) => !twig.children.has('except')).map(({ word }) => prefix(word))
  const no = own.filter((twig) => twig.children.has('except')).map(({ word }) => prefix(word))
  if (childrenAt(from, `${side}-prefix-list`).some((twig) => twig.children.has('except')))
    return undefined
  for (const list of lists) {
    const members = at(root, 'policy-options', 'prefix-list', list)
    if (members === undefined) return undefined
    yes.push(...[...members.children.keys()].map((text) => prefix(text)))
  }
  if (yes.includes(undefined) || no.includes(undefined)) return undefined
  const held = yes.length === 0 ? ANY_ADDRESS : bothAddresses(yes.flatMap((one) => one ?? []))
  if (no.length === 0) return held
  const rest = otherThan(bothAddresses(no.flatMap((one) => one ?? [])))
  return rest === undefined ? undefined : { v4: cut(held.v4, rest.v4), v6: held.v6 }
}

function cut(a: Ranges, b: Ranges): Ranges {
  return ranges(
    spansOf(a).flatMap(([low, high]) =>
      spansOf(b).map(([from, to]): [number, number] => [Math.max(low, from), Math.min(high, to)]),
    ),
  )
}

function servicesOf(from: Twig | undefined, family: 4 | 6): readonly Service[] | undefined {
  const names = [
    ...valuesAt(from, 'protocol'),
    ...valuesAt(from, 'next-header'),
    ...valuesAt(from, 'payload-protocol'),
  ]
  const numbers = names.map(protocolNumber)
  if (numbers.includes(undefined)) return undefined
  const protocols = numbers.length === 0 ? null : ranges(numbers.map((one) => [one ?? 0, one ?? 0]))
  const destination = portsIn(from, 'destination-port')
  const source = portsIn(from, 'source-port')
  const either = portsIn(from, 'port')
  const message = icmpIn(from, family)
  if (
    destination === undefined ||
    source === undefined ||
    either === undefined ||
    message === undefined
  )
    return undefined
  const established = at(from, 'tcp-established') !== undefined
  const base = {
    protocols: established && protocols === null ? [6, 6] : protocols,
    destination: message ?? destination,
    source,
    ...(established ? { established } : {}),
  }
  // `port` is either side: two services.
  if (either === null) return [base]
  return [
    { ...base, destination: either },
    { ...base, source: either },
  ]
}

function portsIn(from: Twig | undefined, name: string): Ranges | null | undefined {
  const values = valuesAt(from, name)
  return values.length === 0 ? null : portList(values.join(','))
}

function icmpIn(from: Twig | undefined, family: 4 | 6): Ranges | null | undefined {
  const types = valuesAt(from, 'icmp-type')
  if (types.length === 0) return at(from, 'icmp-code') === undefined ? null : undefined
  const [code] = valuesAt(from, 'icmp-code')
  const spans: [number, number][] = []
  for (const type of types) {
    const [low = '', high = low] = type.split(/-(?=\d)/)
    const a = icmpType(low, code, family)
    const b = icmpType(high, code, family)
    if (a === undefined || b === undefined) return undefined
    spans.push([a[0] ?? 0, b[1] ?? 0])
  }
  return ranges(spans)
}

const READ = new Set([
  'source-address',
  'destination-address',
  'source-prefix-list',
  'destination-prefix-list',
  'protocol',
  'next-header',
  'payload-protocol',
  'destination-port',
  'source-port',
  'port',
  'icmp-type',
  'icmp-code',
  'tcp-established',
])
/** What a header does not say, or says in a place that is not looked at. */
const CONDITIONS = new Set([
  'address',
  'prefix-list',
  'tcp-flags',
  'tcp-initial',
  'fragment-offset',
  'is-fragment',
  'first-fragment',
  'fragment-flags',
  'packet-length',
  'dscp',
  'precedence',
  'ttl',
  'hop-limit',
  'traffic-class',
  'ip-options',
  'interface',
  'interface-set',
  'interface-group',
  'forwarding-class',
  'loss-priority',
  'service-filter-hit',
  'flexible-match-mask',
  'ether-type',
  'source-class',
  'destination-class',
])

function othersIn(from: Twig | undefined) {
  const words = valuesAt(from).filter((word) => !READ.has(word))
  return {
    conditions: words.filter((word) => CONDITIONS.has(word)),
    unread: words.filter((word) => !CONDITIONS.has(word)),
  }
}
