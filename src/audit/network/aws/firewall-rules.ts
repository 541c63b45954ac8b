// Rules of AWS Network Firewall: stateful ones as five values or as lines of Suricata, lists of names. A group that was not given may pass
// or stop anything.

import { ANY_ADDRESS, bothAddresses, otherThan, prefix } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Ranges } from '../../packets/ranges.ts'
import type { Rule } from '../../packets/rule.ts'
import { ANY_SERVICE, portList, protocolNumber } from '../../packets/services.ts'
import { itemsAt, textAt, textsAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import { ruleOf } from '../rule-of.ts'

/** What `$NAME` stands for; `undefined`: nobody says. */
export type Variables = (name: string) => readonly string[] | undefined

export type Judged = { readonly verb: string; readonly rule: Rule }

/** Lines of Suricata that are read. */
const MOST_LINES = 5000

/** All rules of a group, in its order. */
export function groupRules(group: Json, name: string, variables: Variables): readonly Judged[] {
  const shown = { name, at: group, variables }
  const headers = itemsAt(group, 'RulesSource', 'StatefulRules').map((one) => headerOf(one))
  const text = textAt(group, 'RulesSource', 'RulesString')
  const lines = text?.split('\n').slice(0, MOST_LINES + 1) ?? []
  const written = lines.flatMap((line) => lineOf(line.trim()))
  const isCut = lines.length > MOST_LINES
  return [
    ...[...headers, ...written].flatMap((header) => ruleFrom(header, shown)),
    ...namesOf(group, shown),
    ...(isCut ? unreadGroup(`${name}: ${MOST_LINES}`, group) : []),
  ]
}

/** May pass anything, and may stop it. */
export function unreadGroup(name: string, { first, last }: Json): readonly Judged[] {
  const make = (action: Rule['action'], verb: string): Judged => ({
    verb,
    rule: ruleOf({
      action,
      source: ANY_ADDRESS,
      destination: ANY_ADDRESS,
      services: [ANY_SERVICE],
      unread: [name],
      first,
      last,
      label: name,
      text: name,
    }),
  })
  return [make('permit', 'pass'), make('deny', 'drop')]
}

type Header = {
  readonly verb: string
  readonly protocol: string
  readonly source: string
  readonly sourcePort: string
  readonly direction: string
  readonly destination: string
  readonly port: string
  /** Keywords behind it that say nothing of packets are left out. */
  readonly options: readonly string[]
}

const HARMLESS =
  /^(?:sid|msg|rev|priority|gid|classtype|reference|metadata|noalert)\b|^flow:\s*to_server$/i

function headerOf(rule: Json): Header {
  const header = (name: string) => textAt(rule, 'Header', name) ?? ''
  return {
    verb: (textAt(rule, 'Action') ?? '').toLowerCase(),
    protocol: header('Protocol').toLowerCase(),
    source: header('Source'),
    sourcePort: header('SourcePort'),
    direction: header('Direction') === 'ANY' ? '<>' : '->',
    destination: header('Destination'),
    port: header('DestinationPort'),
    options: itemsAt(rule, 'RuleOptions')
      .map((one) => [textAt(one, 'Keyword') ?? '', ...textsAt(one, 'Settings')].join(':'))
      .filter((word) => !HARMLESS.test(word)),
  }
}

/** `pass tcp $HOME_NET any -> 10.2.0.0/16 443 (msg:"x"; sid:1;)` */
function lineOf(line: string): readonly Header[] {
  if (line === '' || line.startsWith('#')) return []
  const [, head = line, rest = ''] = /^([^(]*)\((.*)\)$/.exec(line) ?? []
  const [
    verb = '',
    protocol = '',
    source = '',
    sourcePort = '',
    direction = '',
    destination = '',
    port = '',
  ] = head
    .replaceAll(/\s*,\s*/g, ',')
    .replaceAll(/\[\s*/g, '[')
    .replaceAll(/\s*\]/g, ']')
    .trim()
    .split(/\s+/)
  return [
    {
      verb: verb.toLowerCase(),
      protocol: protocol.toLowerCase(),
      source,
      sourcePort,
      direction,
      destination,
      port,
      options: rest
        .split(';')
        .map((word) => word.trim())
        .filter((word) => word !== '' && !HARMLESS.test(word)),
    },
  ]
}

type Shown = { readonly name: string; readonly at: Json; readonly variables: Variables }

/** Protocols that are seen in what is said, over TCP or UDP. */
const SEEN_INSIDE =
  /^(?:http2?|tls|ssl|smb|ftp|ssh|smtp|imap|krb5|dcerpc|msn|ikev2|tftp|ntp|dhcp|dns|snmp|rfb|rdp|sip|quic|nfs|modbus|dnp3|enip|mqtt)$/

function ruleFrom(header: Header, { name, at, variables }: Shown): readonly Judged[] {
  const { verb, protocol } = header
  // Tells and lets go on.
  if (verb === 'alert') return []
  const isInside = SEEN_INSIDE.test(protocol)
  const number = protocol === 'ip' || isInside ? null : protocolNumber(protocol)
  const isKnown = /^(?:pass|drop|reject)$/.test(verb) && number !== undefined
  const [source, destination] = [
    addressesOf(header.source, variables),
    addressesOf(header.destination, variables),
  ]
  const [from, to] = [portsOf(header.sourcePort, variables), portsOf(header.port, variables)]
  const protocols: Ranges | null = typeof number === 'number' ? [number, number] : null
  const make = (
    one: Addresses | undefined,
    other: Addresses | undefined,
    ports: readonly (Ranges | null | undefined)[],
  ): Judged => ({
    verb,
    rule: ruleOf({
      action: verb === 'pass' ? 'permit' : 'deny',
      source: one,
      destination: other,
      services:
        ports.includes(undefined) || !isKnown
          ? undefined
          : [{ protocols, source: ports[0] ?? null, destination: ports[1] ?? null }],
      conditions: [...(isInside ? [protocol] : []), ...header.options],
      first: at.first,
      last: at.last,
      label: name,
      text: `${verb} ${protocol} ${header.source} ${header.direction} ${header.destination} ${header.port}`,
    }),
  })
  const there = make(source, destination, [from, to])
  return header.direction === '<>' ? [there, make(destination, source, [to, from])] : [there]
}

/** `ANY`, `10.0.0.0/8`, `[10.0.0.0/8,10.9.0.1]`, `!x`, `$HOME_NET`. */
function addressesOf(text: string, variables: Variables, depth = 0): Addresses | undefined {
  if (/^any$/i.test(text)) return ANY_ADDRESS
  if (depth > 4) return undefined
  if (text.startsWith('!')) {
    const found = addressesOf(text.slice(1), variables, depth + 1)
    return found === undefined ? undefined : otherThan(found)
  }
  if (text === '$EXTERNAL_NET' && variables('EXTERNAL_NET') === undefined)
    return addressesOf('!$HOME_NET', variables, depth + 1)
  const parts = text.startsWith('$')
    ? variables(text.slice(1))
    : text.replace(/^\[(.*)\]$/, '$1').split(',')
  if (parts === undefined || parts.length === 0) return undefined
  if (parts.length === 1 && parts[0] === text) return prefix(text)
  const all = parts.map((part) => addressesOf(part.trim(), variables, depth + 1))
  return all.includes(undefined) ? undefined : bothAddresses(all.flatMap((one) => one ?? []))
}

/** `null`: every port. */
function portsOf(text: string, variables: Variables): Ranges | null | undefined {
  if (/^any$/i.test(text)) return null
  const plain = text.startsWith('$')
    ? variables(text.slice(1))?.join()
    : text.replace(/^\[(.*)\]$/, '$1')
  return plain === undefined ? undefined : portList(plain)
}

/** A list of names lets these pass and no others, or stops them: seen in what is said. */
function namesOf(group: Json, { name, at }: Shown): readonly Judged[] {
  const targets = textsAt(group, 'RulesSource', 'RulesSourceList', 'Targets')
  if (targets.length === 0) return []
  const isAllowed = /ALLOW/i.test(
    textAt(group, 'RulesSource', 'RulesSourceList', 'GeneratedRulesType') ?? '',
  )
  const make = (action: Rule['action'], verb: string, because: string): Judged => ({
    verb,
    rule: ruleOf({
      action,
      source: ANY_ADDRESS,
      destination: ANY_ADDRESS,
      services: [{ protocols: [6, 6], destination: null, source: null }],
      conditions: [because],
      first: at.first,
      last: at.last,
      label: name,
      text: `${verb} ${targets.slice(0, 5).join()}`,
    }),
  })
  const shown = targets.slice(0, 5).join(', ')
  return isAllowed
    ? [make('permit', 'pass', shown), make('deny', 'drop', `≠ ${shown}`)]
    : [make('deny', 'drop', shown)]
}
