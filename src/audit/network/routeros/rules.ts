// The forward chain of RouterOS. What no rule decides passes.

import {
  ANY_V4,
  NO_ADDRESS,
  bothAddresses,
  otherThan,
  prefix,
  range4,
} from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { portList, protocolNumber } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { PolicyRule } from '../device.ts'
import { ruleOf } from '../rule-of.ts'
import { entriesAt } from './rows.ts'
import type { Entry } from './rows.ts'

export type Lists = {
  readonly interfaces: (text: string) => ReadonlySet<string> | undefined
  readonly addresses: (list: string) => Addresses | undefined
  /** Where translated packets go. */
  readonly targets: Addresses
}

/** `undefined`: a list that is filled while running, or not there. */
export function addressLists(tree: ConfigTree): (list: string) => Addresses | undefined {
  const lists = new Map<string, (Addresses | undefined)[]>()
  for (const entry of entriesAt(tree, '/ip firewall address-list')) {
    const list = entry.get('list') ?? ''
    lists.set(list, [...(lists.get(list) ?? []), addressText(entry.get('address') ?? '')])
  }
  const filled = new Set(
    entriesAt(tree, '/ip firewall filter').flatMap((entry) => entry.get('address-list') ?? []),
  )
  return (list) => {
    const all = lists.get(list)
    if (all === undefined || filled.has(list) || all.includes(undefined)) return undefined
    return bothAddresses(all.flatMap((one) => one ?? []))
  }
}

export function forwardRules(tree: ConfigTree, lists: Lists): readonly PolicyRule[] {
  return entriesAt(tree, '/ip firewall filter').flatMap((entry) =>
    entry.get('chain') === 'forward' ? ruleFrom(entry, lists) : [],
  )
}

const PERMITS = new Set(['accept', 'fasttrack-connection'])
const DENIES = new Set(['drop', 'reject', 'tarpit'])
/** What only notes or counts. */
const NOTES = new Set(['log', 'passthrough', 'add-src-to-address-list', 'add-dst-to-address-list'])

function ruleFrom(entry: Entry, lists: Lists): readonly PolicyRule[] {
  const action = entry.get('action') ?? 'accept'
  const states = entry.get('connection-state')?.split(',') ?? []
  // An invalid packet belongs to nothing that is asked about.
  if (NOTES.has(action) || (states.length > 0 && states.every((state) => state === 'invalid')))
    return []
  if (PERMITS.has(action)) return made(entry, 'permit', lists)
  if (DENIES.has(action)) return made(entry, 'deny', lists)
  // A jump may do either; what it leaves undecided goes on.
  return [...made(entry, 'permit', lists, [action]), ...made(entry, 'deny', lists, [action])]
}

const READ = new Set([
  'chain',
  'action',
  'comment',
  'log',
  'log-prefix',
  'src-address',
  'dst-address',
  'src-address-list',
  'dst-address-list',
  'in-interface',
  'out-interface',
  'in-interface-list',
  'out-interface-list',
  'protocol',
  'src-port',
  'dst-port',
  'port',
  'connection-state',
  'connection-nat-state',
  'disabled',
  'reject-with',
  'hw-offload',
  'jump-target',
  'icmp-options',
])

// oxlint-disable-next-line max-params
function made(
  entry: Entry,
  action: PolicyRule['action'],
  lists: Lists,
  unread: readonly string[] = [],
): readonly PolicyRule[] {
  const from = sideInterfaces(entry, 'in', lists)
  const to = sideInterfaces(entry, 'out', lists)
  const parts = {
    action,
    source: sideAddresses(entry, 'src', lists),
    services: servicesOf(entry),
    conditions: entry.names
      .filter((name) => !READ.has(name))
      .map((name) => `${name} ${entry.get(name)}`),
    unread: [...unread, ...(from === undefined || to === undefined ? ['interface'] : [])],
    first: entry.first,
    last: entry.last,
    label: entry.get('comment') ?? `${entry.first}`,
    text: entry.text,
  }
  const sides = { from: from ?? null, to: to ?? null }
  const destination = sideAddresses(entry, 'dst', lists)
  const state = entry.get('connection-nat-state')
  const icmp = entry.get('icmp-options') === undefined ? [] : ['icmp-options']
  if (state === undefined)
    return [{ ...ruleOf({ ...parts, destination, unread: [...parts.unread, ...icmp] }), ...sides }]
  const rest = state === '!dstnat' && destination === ANY_V4 ? otherThan(lists.targets) : undefined
  const conditional = {
    ...parts,
    conditions: [...parts.conditions, `connection-nat-state ${state}`],
  }
  if (rest === undefined) return [{ ...ruleOf({ ...conditional, destination }), ...sides }]
  // What goes nowhere that translation sends it was not translated.
  return [
    { ...ruleOf({ ...parts, destination: { v4: rest.v4, v6: [] } }), ...sides },
    { ...ruleOf({ ...conditional, destination: lists.targets }), ...sides },
  ]
}

function sideInterfaces(
  entry: Entry,
  side: 'in' | 'out',
  lists: Lists,
): ReadonlySet<string> | null | undefined {
  const text = entry.get(`${side}-interface`) ?? entry.get(`${side}-interface-list`)
  return text === undefined ? null : lists.interfaces(text)
}

function sideAddresses(entry: Entry, side: 'src' | 'dst', lists: Lists): Addresses | undefined {
  const text = entry.get(`${side}-address`)
  const list = entry.get(`${side}-address-list`)
  if (text !== undefined && list !== undefined) return undefined
  if (text === undefined && list === undefined) return ANY_V4
  const name = text ?? list ?? ''
  const plain = name.replace(/^!/, '')
  const found = text === undefined ? lists.addresses(plain) : addressText(plain)
  if (found === undefined || plain === name) return found
  const rest = otherThan(found)
  return rest === undefined ? undefined : { v4: rest.v4, v6: [] }
}

export function addressText(text: string): Addresses | undefined {
  const [, from, to] = /^([\d.]+)-([\d.]+)$/.exec(text) ?? []
  if (from !== undefined && to !== undefined) return range4(from, to)
  const found = prefix(text)
  return found === undefined ? undefined : found.v6.length > 0 ? NO_ADDRESS : found
}

function servicesOf(entry: Entry): readonly Service[] | undefined {
  const name = entry.get('protocol')
  const number = name === undefined ? undefined : protocolNumber(name)
  if (name !== undefined && number === undefined) return undefined
  const ports = (setting: string) => {
    const text = entry.get(setting)
    return text === undefined ? null : portList(text)
  }
  const destination = ports('dst-port')
  const source = ports('src-port')
  const either = ports('port')
  if (destination === undefined || source === undefined || either === undefined) return undefined
  const states = entry.get('connection-state')?.split(',') ?? []
  const isAnswer =
    states.length > 0 && !states.includes('new') && !states.some((state) => state.startsWith('!'))
  const base = {
    protocols: number === undefined ? null : [number, number],
    destination,
    source,
    ...(isAnswer ? { established: true } : {}),
  }
  return either === null
    ? [base]
    : [
        { ...base, destination: either },
        { ...base, source: either },
      ]
}
