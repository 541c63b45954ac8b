// Objects of a Check Point management server: what a uid stands for. Dictionaries and lists of all files are one.

import {
  ANY_ADDRESS,
  NO_ADDRESS,
  bothAddresses,
  ipv4,
  otherThan,
  prefix,
  range4,
  wildcard4,
} from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { ANY_SERVICE, portList, portTest } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import { itemsAt, numberAt, textAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import { addressesBehind, servicesBehind } from '../named-objects.ts'
import type { Looked, Named } from '../named-objects.ts'

export type Objects = ReadonlyMap<string, Json>

/** What has a uid and a type, wherever it stands. The fullest telling of one thing is taken. */
export function objectsIn(docs: readonly Json[]): Objects {
  const found = new Map<string, Json>()
  const visit = (json: Json): void => {
    if (json.kind === 'list') for (const item of json.items) visit(item)
    if (json.kind !== 'object') return
    const [uid, type] = [textAt(json, 'uid'), textAt(json, 'type')]
    if (uid !== undefined && type !== undefined && sizeOf(json) > sizeOf(found.get(uid)))
      found.set(uid, json)
    for (const inner of json.members.values()) if (inner.kind !== 'value') visit(inner)
  }
  for (const doc of docs) visit(doc)
  return found
}

function sizeOf(json: Json | undefined): number {
  return json?.kind === 'object' ? json.members.size : 0
}

/** A uid, or the object itself, as the level of details has it. */
export function uidsOf(json: Json, ...path: readonly string[]): readonly string[] {
  return itemsAt(json, ...path).flatMap((item) => uidOf(item) ?? [])
}

export function uidOf(json: Json | undefined): string | undefined {
  if (json?.kind === 'value' && typeof json.value === 'string') return json.value
  return textAt(json, 'uid')
}

export function typeOf(uid: string, objects: Objects): string {
  return textAt(objects.get(uid), 'type') ?? ''
}

export function nameOf(uid: string, objects: Objects): string {
  return textAt(objects.get(uid), 'name') ?? uid
}

export function isAny(uid: string, objects: Objects): boolean {
  return typeOf(uid, objects) === 'CpmiAnyObject'
}

/** Known by names, zones, people or the maker's lists: no header says it. */
const CONDITIONS =
  /^(?:dns-domain|updatable-object|access-role|dynamic-object|security-zone|data-center-object|data-center-query|network-feed|CpmiUserGroup|application-site.*|user.*|interoperable-device)$/

function membersOf(uid: string, objects: Objects, type: RegExp): readonly string[] | undefined {
  const found = objects.get(uid)
  if (!type.test(textAt(found, 'type') ?? '')) return undefined
  // A group told without its members is not known.
  return found?.kind === 'object' && found.members.get('members')?.kind === 'list'
    ? uidsOf(found, 'members')
    : undefined
}

export function addressesOf(uids: readonly string[], isNot: boolean, objects: Objects) {
  const from: Named<Addresses> = {
    members: (uid) => membersOf(uid, objects, /^group$/),
    own: (uid) => looked(uid, objects, addressIn),
  }
  const found = addressesBehind(uids, from, ANY_ADDRESS)
  if (!isNot || found.unread.length + found.conditions.length > 0) return found
  const rest = found.addresses === ANY_ADDRESS ? NO_ADDRESS : otherThan(found.addresses)
  return rest === undefined ? { ...found, unread: ['negate'] } : { ...found, addresses: rest }
}

function looked<Value>(
  uid: string,
  objects: Objects,
  read: (json: Json, type: string) => Value | undefined,
): Looked<Value> | undefined {
  const json = objects.get(uid)
  const type = textAt(json, 'type') ?? ''
  if (json === undefined) return undefined
  if (CONDITIONS.test(type)) return { kind: 'conditional', because: nameOf(uid, objects) }
  const value = read(json, type)
  return value === undefined ? { kind: 'unknown' } : { kind: 'known', value }
}

function addressIn(json: Json, type: string): Addresses | undefined {
  if (type === 'CpmiAnyObject') return ANY_ADDRESS
  if (type === 'network') {
    const v4 = withLength(textAt(json, 'subnet4'), numberAt(json, 'mask-length4'))
    const v6 = withLength(textAt(json, 'subnet6'), numberAt(json, 'mask-length6'))
    return both(v4, v6)
  }
  if (type === 'address-range' || type === 'multicast-address-range') {
    const [low, high] = [textAt(json, 'ipv4-address-first'), textAt(json, 'ipv4-address-last')]
    if (low !== undefined && high !== undefined && !hasText(json, 'ipv6-address-first'))
      return range4(low, high)
    return type === 'multicast-address-range' ? plainAddress(json) : undefined
  }
  if (type === 'wildcard') {
    const [address, wild] = [
      ipv4(textAt(json, 'ipv4-address') ?? ''),
      ipv4(textAt(json, 'ipv4-mask-wildcard') ?? ''),
    ]
    const set = address === undefined || wild === undefined ? undefined : wildcard4(address, wild)
    return set === undefined || hasText(json, 'ipv6-address') ? undefined : { v4: set, v6: [] }
  }
  if (/^(?:host|checkpoint-host|CpmiHostCkp)$/.test(type)) return plainAddress(json)
  // A gateway is all its addresses.
  if (
    /^(?:simple-gateway|simple-cluster|CpmiGatewayCluster|CpmiClusterMember|cluster-member)$/.test(
      type,
    )
  ) {
    const own = itemsAt(json, 'interfaces').flatMap((one) => plainAddress(one) ?? [])
    const main = plainAddress(json)
    return main === undefined ? undefined : bothAddresses([main, ...own])
  }
  return undefined
}

function hasText(json: Json, name: string): boolean {
  return (textAt(json, name) ?? '') !== ''
}

function plainAddress(json: Json): Addresses | undefined {
  return both(textAt(json, 'ipv4-address'), textAt(json, 'ipv6-address'))
}

function withLength(address: string | undefined, length: number | undefined): string | undefined {
  return address === undefined || length === undefined ? undefined : `${address}/${length}`
}

function both(...texts: readonly (string | undefined)[]): Addresses | undefined {
  const said = texts.filter((text) => text !== undefined && text !== '')
  const sets = said.map((text) => prefix(text ?? ''))
  return sets.length === 0 || sets.includes(undefined)
    ? undefined
    : bothAddresses(sets.flatMap((one) => one ?? []))
}

export function servicesOf(uids: readonly string[], objects: Objects) {
  return servicesBehind(uids, {
    members: (uid) => membersOf(uid, objects, /^service-group$/),
    own: (uid) => looked(uid, objects, serviceIn),
  })
}

const NUMBERS: Readonly<Record<string, number>> = {
  'service-tcp': 6,
  'service-udp': 17,
  'service-sctp': 132,
  'service-icmp': 1,
  'service-icmp6': 58,
}

function serviceIn(json: Json, type: string): readonly Service[] | undefined {
  if (type === 'CpmiAnyObject') return [ANY_SERVICE]
  if (type === 'service-other') {
    const number = numberAt(json, 'ip-protocol')
    // An expression of the maker's own language may narrow it.
    if (number === undefined || hasText(json, 'match')) return undefined
    return [{ protocols: [number, number], destination: null, source: null }]
  }
  const number = NUMBERS[type]
  if (number === undefined) return undefined
  if (number === 1 || number === 58) {
    const [kind, code] = [numberAt(json, 'icmp-type'), numberAt(json, 'icmp-code')]
    if (kind === undefined || kind < 0 || kind > 255)
      return kind === undefined
        ? [{ protocols: [number, number], destination: null, source: null }]
        : undefined
    const destination =
      code === undefined ? [kind * 256, kind * 256 + 255] : [kind * 256 + code, kind * 256 + code]
    return [{ protocols: [number, number], destination, source: null }]
  }
  const destination = portsIn(textAt(json, 'port'))
  const source = hasText(json, 'source-port') ? portsIn(textAt(json, 'source-port')) : null
  if (destination === undefined || source === undefined) return undefined
  return [{ protocols: [number, number], destination, source }]
}

/** `80`, `1024-65535`, `>1023`, `<1024`; nothing: any. */
function portsIn(text: string | undefined): Service['destination'] | undefined {
  if (text === undefined || text === '') return null
  const [, sign, number] = /^([<>])(\d+)$/.exec(text) ?? []
  return sign === undefined ? portList(text) : portTest(sign === '>' ? 'gt' : 'lt', [number ?? ''])
}
