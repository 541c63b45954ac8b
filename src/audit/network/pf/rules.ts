// Rules of pf. The last match decides unless a rule is quick; those of an interface are. In the order of first match: floating and
// quick, groups of interfaces, interfaces, then what is not quick from the last to the first.

import type { Addresses } from '../../packets/addresses.ts'
import { ANY_V4, ANY_V6, ANY_ADDRESS, otherThan } from '../../packets/addresses.ts'
import type { Ranges } from '../../packets/ranges.ts'
import { ANY_SERVICE, icmpType, protocolNumber } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { NetworkInterface, PolicyRule } from '../device.ts'
import { ruleOf } from '../rule-of.ts'
import type { Aliases } from './aliases.ts'
import { childOf, elementsAt, textAt } from './elements.ts'
import type { Element } from './elements.ts'

export type RuleContext = {
  readonly interfaces: readonly NetworkInterface[]
  readonly aliases: Aliases
  readonly groups: ReadonlyMap<string, readonly string[]>
}

type Placed = {
  readonly rule: PolicyRule
  readonly rank: 'floating' | 'group' | 'interface' | 'last'
  readonly direction: 'in' | 'out' | 'any'
}

export function rulesIn(tree: ConfigTree, context: RuleContext) {
  const elements = [
    ...elementsAt(tree, 'filter').flatMap(({ children }) =>
      children.filter(({ name }) => name === 'rule'),
    ),
    ...elementsAt(tree, 'Filter').flatMap(({ children }) =>
      children
        .filter(({ name }) => name === 'rules')
        .flatMap((all) => all.children.filter(({ name }) => name.startsWith('rule'))),
    ),
  ]
  const placed = elements.flatMap((one) => placedRule(one, context))
  const order = (rank: Placed['rank']) => placed.filter((one) => one.rank === rank)
  const all = [
    ...order('floating'),
    ...order('group'),
    ...order('interface'),
    ...order('last').toReversed(),
  ]
  return {
    incoming: all.filter(({ direction }) => direction !== 'out').map(({ rule }) => rule),
    outgoing: all
      .filter(({ direction }) => direction !== 'in')
      .map(({ rule }) => ({ ...rule, from: null, to: rule.from })),
  }
}

function isOff(rule: Element): boolean {
  const disabled = textAt(rule, 'disabled')
  return (disabled !== undefined && disabled !== '0') || textAt(rule, 'enabled') === '0'
}

function placedRule(rule: Element, context: RuleContext): readonly Placed[] {
  const type = textAt(rule, 'type') ?? textAt(rule, 'action') ?? 'pass'
  // A match rule marks and decides nothing.
  if (isOff(rule) || type === 'match') return []
  const names = (textAt(rule, 'interface') ?? '').split(',').filter((name) => name !== '')
  const from =
    names.length === 0 || names.includes('any')
      ? null
      : new Set(names.flatMap((name) => context.groups.get(name) ?? [name]))
  const floating = textAt(rule, 'floating')
  const isFloating =
    (floating !== undefined && floating !== 'no' && floating !== '0') || names.length !== 1
  const quick = textAt(rule, 'quick')
  const isQuick = isFloating
    ? quick !== undefined && quick !== '0' && quick !== 'no'
    : quick !== '0'
  const isGroup = names.some((name) => context.groups.has(name))
  const asked = textAt(rule, 'direction')
  return [
    {
      rule: { ...readRule(rule, type, context.aliases), from, to: null },
      rank: isQuick ? (isFloating ? 'floating' : isGroup ? 'group' : 'interface') : 'last',
      direction:
        asked === 'out' || asked === 'any'
          ? asked
          : isFloating && (asked === undefined || asked === '')
            ? 'any'
            : 'in',
    },
  ]
}

const CONDITIONS = [
  'sched',
  'os',
  'gateway',
  'statetimeout',
  'dscp',
  'tagged',
  'tcpflags1',
  'source-mac',
  'max-src-conn',
]

function readRule(rule: Element, type: string, aliases: Aliases) {
  const traffic = trafficOf(rule, aliases)
  const conditions = CONDITIONS.filter(
    (name) => (textAt(rule, name) ?? '') !== '' && name !== 'gateway',
  ).map((name) => `${name} ${textAt(rule, name)}`)
  const description = textAt(rule, 'descr') ?? textAt(rule, 'description') ?? ''
  return ruleOf({
    action: type === 'pass' ? 'permit' : 'deny',
    ...traffic,
    conditions,
    first: rule.first,
    last: rule.last,
    label: description === '' ? `${rule.first}` : description,
    text: `${type} ${description}`.trim(),
  })
}

export function trafficOf(rule: Element, aliases: Aliases) {
  const version = textAt(rule, 'ipprotocol') ?? 'inet'
  const any = version === 'inet6' ? ANY_V6 : version === 'inet46' ? ANY_ADDRESS : ANY_V4
  const source = sideOf(rule, 'source', aliases, any)
  const destination = sideOf(rule, 'destination', aliases, any)
  return { source, destination, services: servicesIn(rule, aliases) }
}

// oxlint-disable-next-line max-params
function sideOf(
  rule: Element,
  side: 'source' | 'destination',
  aliases: Aliases,
  any: Addresses,
): Addresses | undefined {
  const element = childOf(rule, side)
  const name =
    textAt(rule, `${side}_net`) ?? textAt(element, 'network') ?? textAt(element, 'address') ?? 'any'
  const isAny =
    name === '' ||
    name === 'any' ||
    (childOf(element, 'any') !== undefined &&
      textAt(element, 'network') === undefined &&
      textAt(element, 'address') === undefined)
  if (isAny) return any
  const found = aliases.addresses(name)
  const isOther = childOf(element, 'not') !== undefined || textAt(rule, `${side}_not`) === '1'
  if (found === undefined || !isOther) return found
  return otherThan(found)
}

const BOTH = [6, 6, 17, 17] as const

function servicesIn(rule: Element, aliases: Aliases): readonly Service[] | undefined {
  const protocol = (textAt(rule, 'protocol') ?? 'any').toLowerCase()
  if (protocol === '' || protocol === 'any') return portless(rule) ? [ANY_SERVICE] : undefined
  const number = protocolNumber(protocol)
  const protocols: Ranges | undefined =
    protocol === 'tcp/udp' ? BOTH : number === undefined ? undefined : [number, number]
  if (protocols === undefined) return undefined
  if (protocol === 'icmp') return icmpOf(textAt(rule, 'icmptype') ?? '')
  const destination = portsAt(rule, 'destination', aliases)
  const source = portsAt(rule, 'source', aliases)
  return destination === undefined || source === undefined
    ? undefined
    : [{ protocols, destination, source }]
}

function portless(rule: Element): boolean {
  return ['source', 'destination'].every((side) => (textAt(rule, side, 'port') ?? '') === '')
}

function portsAt(
  rule: Element,
  side: 'source' | 'destination',
  aliases: Aliases,
): Ranges | null | undefined {
  const short = side === 'source' ? 'srcport' : 'dstport'
  const text =
    textAt(rule, side, 'port') ?? textAt(rule, `${side}_port`) ?? textAt(rule, short) ?? ''
  return text === '' || text === 'any' ? null : aliases.ports(text)
}

/** pf's short names for messages. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['echoreq', 'echo-request'],
  ['echorep', 'echo-reply'],
  ['unreach', 'unreachable'],
  ['timex', 'time-exceeded'],
  ['paramprob', 'parameter-problem'],
  ['redir', 'redirect'],
  ['timereq', 'timestamp-request'],
  ['timerep', 'timestamp-reply'],
  ['squench', 'source-quench'],
  ['trace', 'traceroute'],
])

function icmpOf(text: string): readonly Service[] | undefined {
  if (text === '' || text === 'any') return [{ ...ANY_SERVICE, protocols: [1, 1] }]
  const all = text.split(',').map((name) => icmpType(SHORT.get(name) ?? name))
  return all.includes(undefined)
    ? undefined
    : all.map((destination) => ({
        protocols: [1, 1],
        destination: destination ?? null,
        source: null,
      }))
}
