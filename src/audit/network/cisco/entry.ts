// One entry of a list: `permit tcp 10.0.0.0 0.0.0.255 any eq 443 log`.

import { ANY_ADDRESS, ANY_V4, ANY_V6 } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Ranges } from '../../packets/ranges.ts'
import type { Rule } from '../../packets/rule.ts'
import { ANY_SERVICE, icmpType } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import { ruleOf } from '../rule-of.ts'
import type { Objects } from './named-objects.ts'
import { isIcmp, protocolsOf, readAddress, readPorts } from './rule-words.ts'
import { Words } from './word-reader.ts'

export type EntryText = {
  /** From `permit` or `deny` on. */
  readonly text: string
  readonly label: string
  readonly first: number
  readonly last: number
  readonly kind: 'standard' | 'extended'
  readonly family: 4 | 6
}

/** Words that change nothing about which packets are meant; the number of words each takes. */
const HARMLESS: ReadonlyMap<string, number> = new Map<string, number>([
  ['log', 0],
  ['log-input', 0],
  ['logging', 0],
  ['count', 0],
  ['counter', 1],
  ['capture', 0],
  ['sequence', 1],
  ['hardware', 0],
  ['track', 0],
  ['reflect', 1],
  ['timeout', 1],
])

/** Levels and intervals behind `log`. */
const LOG_WORD =
  /^(?:\d+|interval|default|disable|emergencies|alerts|critical|errors|warnings|notifications|informational|debugging|list|set|session)$/

export function readEntry(entry: EntryText, objects: Objects): Rule {
  const words = new Words(entry.text)
  const action = words.take() === 'permit' ? 'permit' : 'deny'
  // Lists of ASA are about both families.
  const any = objects.masks === 'mask' ? ANY_ADDRESS : entry.family === 4 ? ANY_V4 : ANY_V6
  const shown = { first: entry.first, last: entry.last, label: entry.label, text: entry.text }
  if (entry.kind === 'standard') {
    const source = only(readAddress(words, objects), any)
    const { unread, conditions } = readTail(words)
    return ruleOf({
      action,
      source,
      destination: any,
      services: [ANY_SERVICE],
      unread,
      conditions,
      ...shown,
    })
  }
  const said = readProtocol(words, objects)
  const source = only(readAddress(words, objects), any)
  const sourcePorts = readPorts(words, objects)
  const destination = only(readAddress(words, objects), any)
  const ports = readPorts(words, objects)
  const icmp =
    said !== undefined && said.every(({ protocols }) => isIcmp(protocols))
      ? readIcmp(words, entry.family)
      : null
  const { unread, conditions, established } = readTail(words)
  const target = icmp ?? ports
  const services =
    said === undefined || sourcePorts === undefined || target === undefined
      ? undefined
      : said.map((service) =>
          withPorts(service, { source: sourcePorts, destination: target, established }),
        )
  return ruleOf({ action, source, destination, services, unread, conditions, ...shown })
}

/** A list of one family says nothing of the other. */
function only(addresses: Addresses | undefined, any: Addresses): Addresses | undefined {
  if (addresses === ANY_ADDRESS) return any
  return addresses
}

function readProtocol(words: Words, objects: Objects): readonly Service[] | undefined {
  if (words.accept('object-group', 'object') !== undefined) return objects.services(words.take())
  const protocols = protocolsOf(words.take())
  return protocols === undefined ? undefined : [{ ...ANY_SERVICE, protocols }]
}

function withPorts(
  service: Service,
  {
    source,
    destination,
    established,
  }: {
    readonly source: Ranges | null
    readonly destination: Ranges | null
    readonly established: boolean
  },
): Service {
  return {
    protocols: service.protocols,
    source: service.source ?? source,
    destination: service.destination ?? destination,
    ...(established ? { established } : {}),
  }
}

/** `null`: every message. */
function readIcmp(words: Words, family: 4 | 6): Ranges | null {
  words.accept('icmp-type')
  if (words.isEnd) return null
  const found = icmpType(words.next, undefined, family)
  if (found === undefined) return null
  const type = words.take()
  words.accept('icmp-code')
  return /^\d+$/.test(type) && /^\d+$/.test(words.next)
    ? (icmpType(type, words.take(), family) ?? null)
    : found
}

type Tail = {
  readonly unread: readonly string[]
  readonly conditions: readonly string[]
  readonly established: boolean
}

/** What a header does not say makes the entry conditional: times, users, lengths, marks. */
const CONDITIONS = new Set([
  'time-range',
  'dscp',
  'precedence',
  'ip-precedence',
  'ecn',
  'tos',
  'ttl',
  'fragments',
  'fragment',
  'packet-length',
  'option',
  'user',
  'security-group',
  'evaluate',
  'flow-label',
  'hop-limit',
  'vlan',
  'nexthop1',
  'tracked',
  'match-all',
  'match-any',
  'urg',
  'ack',
  'psh',
  'rst',
  'syn',
  'fin',
  'cwr',
  'ece',
  'udf',
  'http-method',
  'tcp-option-length',
  'tcp-flags-mask',
  'igmp',
  'routing',
  'dest-option',
  'mobility',
  'hop-by-hop',
  'auth',
  'destopts',
  'set',
])

function readTail(words: Words): Tail {
  const conditions: string[] = []
  const unread: string[] = []
  let established = false
  while (!words.isEnd) {
    const word = words.take()
    const harmless = HARMLESS.get(word)
    if (word === 'established') established = true
    else if (harmless !== undefined) {
      for (let at = 0; at < harmless; at += 1) words.take()
      while (word.startsWith('log') && LOG_WORD.test(words.next)) words.take()
    } else if (CONDITIONS.has(word.replace(/^[+-]/, ''))) {
      conditions.push([word, ...words.rest].join(' '))
      break
    } else {
      unread.push(word)
      break
    }
  }
  return { conditions, unread, established }
}
