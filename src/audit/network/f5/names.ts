// What every part of a BIG-IP's configuration shares: names without the common partition, addresses, ports, groups of them.

import { bothAddresses, ipv4, ipv6, maskLength, prefix, range4 } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { ranges, spansOf } from '../../packets/ranges.ts'
import type { Ranges } from '../../packets/ranges.ts'
import { portList, portNumber } from '../../packets/services.ts'
import { at, childrenAt, valueAt, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'

/** Objects of the common partition are named with and without it. */
export function shortName(name: string): string {
  return name.replace(/^\/Common\//, '')
}

const objects = new WeakMap<Twig, Map<string, ReadonlyMap<string, Twig>>>()

/** Objects of a kind by their short names: `ltm virtual`. Put together once for a configuration. */
export function objectsAt(root: Twig, ...path: readonly string[]): ReadonlyMap<string, Twig> {
  const known = objects.get(root) ?? new Map<string, ReadonlyMap<string, Twig>>()
  objects.set(root, known)
  const key = path.join(' ')
  const found =
    known.get(key) ?? new Map(childrenAt(root, ...path).map((twig) => [shortName(twig.word), twig]))
  known.set(key, found)
  return found
}

/** Route domain 0 is the one that need not be said. */
export function plainAddress(text: string): string {
  return shortName(text).replace(/%0(?=$|\/|:|\.)/, '')
}

/** An address, a prefix, a range. `undefined`: a name, or an address of another route domain. */
export function addressText(text: string): Addresses | undefined {
  const plain = plainAddress(text)
  if (plain === 'any') return prefix('0.0.0.0/0')
  if (plain === 'any6') return prefix('::/0')
  const [, from, to] = /^([\d.]+)-([\d.]+)$/.exec(plain) ?? []
  return from !== undefined && to !== undefined ? range4(from, to) : prefix(plain)
}

export type Target = { readonly address: string; readonly port: string }

/** `/Common/10.1.0.1:443`, `10.1.0.1:https`, `2001:db8::1.443`, `0.0.0.0:any`. */
export function targetOf(text: string): Target {
  const plain = plainAddress(text)
  const cut = plain.lastIndexOf(/:[^:]*:/.test(plain) || plain.startsWith('any6') ? '.' : ':')
  return cut === -1
    ? { address: plain, port: 'any' }
    : { address: plain.slice(0, cut), port: plain.slice(cut + 1) }
}

/** `null`: every port. */
export function portText(text: string): Ranges | null | undefined {
  if (text === 'any' || text === '0' || text === '*') return null
  const number = portNumber(text)
  return number === undefined ? portList(text) : [number, number]
}

/** With the mask it is given: a length, a dotted mask, or one of IPv6 written as an address. */
export function maskedText(address: string, mask: string | undefined): Addresses | undefined {
  if (address === 'any' || address === 'any6') return addressText(address)
  if (mask === undefined) return addressText(address === '0.0.0.0' ? '0.0.0.0/0' : address)
  if (mask === 'any' || mask === 'any6') return prefix(address.includes(':') ? '::/0' : '0.0.0.0/0')
  const dotted = ipv4(mask)
  const words = ipv6(mask)
  const length =
    dotted === undefined
      ? words?.reduce((sum, word) => sum + (maskLength(word) ?? Number.NaN), 0)
      : maskLength(dotted)
  return length === undefined || Number.isNaN(length) ? undefined : prefix(`${address}/${length}`)
}

/** Deepest that lists hold lists. */
const DEEPEST = 8

/** Addresses said here and in the lists named here; `null`: none said. */
export function addressesHere(
  twig: Twig | undefined,
  root: Twig,
  depth = 0,
): Addresses | null | undefined {
  const own = valuesAt(twig, 'addresses').map(addressText)
  const lists = valuesAt(twig, 'address-lists').map((name) => {
    const list = listNamed(root, 'address-list', name)
    return list === undefined || depth > DEEPEST
      ? undefined
      : (addressesHere(list, root, depth + 1) ?? undefined)
  })
  const all = [...own, ...lists]
  if (all.length === 0) return null
  return all.includes(undefined) ? undefined : bothAddresses(all.flatMap((one) => one ?? []))
}

export function portsHere(
  twig: Twig | undefined,
  root: Twig,
  depth = 0,
): Ranges | null | undefined {
  const own = valuesAt(twig, 'ports').map(portText)
  const lists = valuesAt(twig, 'port-lists').map((name) => {
    const list = listNamed(root, 'port-list', name)
    return list === undefined || depth > DEEPEST
      ? undefined
      : (portsHere(list, root, depth + 1) ?? undefined)
  })
  const all = [...own, ...lists]
  if (all.length === 0 || all.includes(null)) return null
  return all.includes(undefined) ? undefined : ranges(all.flatMap((one) => spansOf(one ?? [])))
}

function listNamed(root: Twig, kind: string, name: string): Twig | undefined {
  const short = shortName(name)
  return (
    objectsAt(root, 'security', 'firewall', kind).get(short) ??
    objectsAt(root, 'net', kind).get(short)
  )
}

/** VLANs it listens on; `null`: all. */
export function vlansOf(twig: Twig, all: readonly string[]): ReadonlySet<string> | null {
  const named = new Set(valuesAt(twig, 'vlans').map(shortName))
  if (twig.children.has('vlans-enabled')) return named
  if (twig.children.has('vlans-disabled') && named.size > 0)
    return new Set(all.filter((name) => !named.has(name)))
  return null
}

export function isDisabled(twig: Twig): boolean {
  return twig.children.has('disabled') || valueAt(twig, 'status') === 'disabled'
}

/** The value of a variable of the system: `sys db packetfilter { value "enable" }`. */
export function systemValue(root: Twig, name: string): string | undefined {
  return valueAt(at(root, 'sys', 'db', name), 'value')
}
