// The forward chain of iptables, with the chains that it calls written out where they are called.

import { ANY_V4, ANY_V6, NO_ADDRESS, otherThan, prefix } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { icmpType, portList, protocolNumber } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import type { Family } from '../../packets/space.ts'
import type { PolicyRule } from '../device.ts'
import { ruleOf } from '../rule-of.ts'
import type { Chain, ChainRule, Option } from './chains.ts'

export type Reading = {
  readonly chains: ReadonlyMap<string, Chain>
  readonly family: Family
  readonly interfaces: readonly string[]
}

/** Chains in chains; and rules of all of them together, which may multiply. */
const DEEPEST = 8
const MOST_RULES = 20_000

const PERMITS = new Set(['ACCEPT'])
const DENIES = new Set(['DROP', 'REJECT'])
/** What notes, counts or marks, and goes on. */
const NOTES = new Set([
  '',
  'LOG',
  'NFLOG',
  'ULOG',
  'MARK',
  'CONNMARK',
  'TRACE',
  'AUDIT',
  'TCPMSS',
  'CT',
])

/** `undefined`: more than is written out. */
export function forwardRules(reading: Reading): readonly PolicyRule[] | undefined {
  const rules: PolicyRule[] = []
  const isWhole = written('FORWARD', { rules, options: [], unread: [], depth: 0, reading })
  return isWhole && rules.length <= MOST_RULES ? rules : undefined
}

type Writing = {
  readonly rules: PolicyRule[]
  /** What the calls on the way want. */
  readonly options: readonly Option[]
  readonly unread: readonly string[]
  readonly depth: number
  readonly reading: Reading
}

function written(name: string, writing: Writing): boolean {
  const { rules, options, depth, reading } = writing
  const unread = [...writing.unread]
  for (const rule of reading.chains.get(name)?.rules ?? []) {
    if (rules.length > MOST_RULES) return false
    const own = { ...rule, options: [...options, ...rule.options] }
    const add = (action: PolicyRule['action'], more: readonly string[] = []) => {
      const made = ruleFrom(own, { action, unread: [...unread, ...more], reading })
      if (made !== null) rules.push(made)
    }
    if (PERMITS.has(rule.target.split(' ')[0] ?? '')) add('permit')
    else if (DENIES.has(rule.target.split(' ')[0] ?? '')) add('deny')
    else if (NOTES.has(rule.target.split(' ')[0] ?? '')) continue
    else if (rule.target === 'RETURN') {
      // What it takes out of the chain is not judged by the rest: these are about what is left, which is not worked out.
      if (rule.options.length === 0) return true
      unread.push('RETURN')
    } else if (reading.chains.has(rule.target) && depth < DEEPEST) {
      const inner = { ...writing, options: own.options, unread, depth: depth + 1 }
      if (!written(rule.target, inner)) return false
    } else {
      add('permit', [rule.target])
      add('deny', [rule.target])
    }
  }
  return true
}

type Making = {
  readonly action: PolicyRule['action']
  readonly unread: readonly string[]
  readonly reading: Reading
}

const READ = new Set(
  'source destination in-interface out-interface protocol m match sport dport sports dports state ctstate icmp-type icmpv6-type comment reject-with syn'.split(
    ' ',
  ),
)
/** What a header does not say. */
const CONDITIONS = new Set(
  'limit limit-burst timestart timestop weekdays datestart datestop uid-owner gid-owner probability mode connlimit-above hashlimit-above'.split(
    ' ',
  ),
)

/** `null`: about nothing that is asked. */
function ruleFrom(rule: ChainRule, { action, unread, reading }: Making): PolicyRule | null {
  const { options, line, text } = rule
  const all = (name: string) => options.filter((one) => one.name === name)
  const states = [...all('state'), ...all('ctstate')]
  const isAnswer = stateOf(states)
  if (isAnswer === 'invalid') return null
  const from = interfacesOf(all('in-interface'), reading.interfaces)
  const to = interfacesOf(all('out-interface'), reading.interfaces)
  const twice = [...READ].filter((name) => !MANY.has(name) && all(name).length > 1)
  const words = options.filter(({ name }) => !READ.has(name))
  const made = ruleOf({
    action,
    source: addressesOf(all('source'), reading.family),
    destination: addressesOf(all('destination'), reading.family),
    services: servicesOf(options, isAnswer === 'answer', reading.family),
    conditions: words.flatMap(({ name, value }) =>
      CONDITIONS.has(name) ? [`${name} ${value}`] : [],
    ),
    unread: [
      ...unread,
      ...twice,
      ...words.flatMap(({ name }) => (CONDITIONS.has(name) ? [] : [name])),
      ...(isAnswer === undefined ? ['ctstate'] : []),
    ],
    first: line,
    last: line,
    label: all('comment')[0]?.value ?? `${line}`,
    text,
  })
  return { ...made, from, to }
}

/** May stand more than once, on the way through chains. */
const MANY = new Set(['m', 'match', 'comment', 'in-interface', 'out-interface', 'state', 'ctstate'])

/** `undefined`: not understood. */
function stateOf(states: readonly Option[]): 'new' | 'answer' | 'invalid' | 'any' | undefined {
  const [first, ...more] = states
  if (first === undefined) return 'any'
  if (more.length > 0 || first.isNot) return undefined
  const words = first.value.split(',')
  if (words.every((word) => word === 'INVALID')) return 'invalid'
  if (words.includes('NEW')) return 'new'
  return words.every((word) => word === 'ESTABLISHED' || word === 'RELATED') ? 'answer' : undefined
}

/** `null`: any. */
function interfacesOf(
  wanted: readonly Option[],
  known: readonly string[],
): ReadonlySet<string> | null {
  if (wanted.length === 0) return null
  const fits = (name: string) =>
    wanted.every(({ value, isNot }) => {
      const isIt = value.endsWith('+') ? name.startsWith(value.slice(0, -1)) : name === value
      return isIt !== isNot
    })
  return new Set(known.filter(fits))
}

function addressesOf(wanted: readonly Option[], family: Family): Addresses | undefined {
  const any = family === 4 ? ANY_V4 : ANY_V6
  const [one] = wanted
  if (one === undefined) return any
  const found = prefix(masked(one.value))
  if (found === undefined) return undefined
  const isOther = family === 4 ? found.v6.length > 0 : found.v4.length > 0
  if (isOther) return NO_ADDRESS
  if (!one.isNot) return found
  const rest = family === 4 ? otherThan(found) : undefined
  return rest === undefined ? undefined : { v4: rest.v4, v6: [] }
}

/** `10.0.0.0/255.0.0.0` as `10.0.0.0/8`. */
function masked(text: string): string {
  const [address = '', mask] = text.split('/')
  if (mask === undefined || !mask.includes('.')) return text
  const bits = mask
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('')
  return /^1*0*$/.test(bits) ? `${address}/${bits.replaceAll('0', '').length}` : ''
}

function servicesOf(
  options: readonly Option[],
  isAnswer: boolean,
  family: Family,
): readonly Service[] | undefined {
  const of = (...names: readonly string[]) => options.find(({ name }) => names.includes(name))
  const protocol = of('protocol')
  const number =
    protocol === undefined || protocol.value === 'all' ? null : protocolNumber(protocol.value)
  const [dport, sport] = [of('dport', 'dports'), of('sport', 'sports')]
  const icmp = of('icmp-type', 'icmpv6-type')
  if (number === undefined || [protocol, dport, sport, icmp].some((one) => one?.isNot === true))
    return undefined
  const ports = (one: Option | undefined) =>
    one === undefined ? null : portList(one.value.replaceAll(':', '-'))
  const [type, code] = icmp?.value.split('/') ?? []
  const destination = type === undefined ? ports(dport) : icmpType(type, code, family)
  const source = ports(sport)
  if (destination === undefined || source === undefined) return undefined
  return [
    {
      protocols: number === null ? null : [number, number],
      destination,
      source,
      ...(isAnswer ? { established: true } : {}),
    },
  ]
}
