// The parts of one entry of a Cisco-like list: protocol, addresses, ports, and what stands behind them.

import {
  ANY_ADDRESS,
  ANY_V4,
  ANY_V6,
  ipv4,
  ipv6,
  maskLength,
  prefix,
  prefix4,
  wildcard4,
} from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Ranges } from '../../packets/ranges.ts'
import {
  ANY_SERVICE,
  icmpType,
  portNumber,
  portTest,
  protocolNumber,
} from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import type { Objects } from './named-objects.ts'
import type { Words } from './word-reader.ts'

/** `undefined`: not understood; at least one word is taken. */
export function readAddress(words: Words, objects: Objects): Addresses | undefined {
  const word = words.take()
  if (word === 'any') return ANY_ADDRESS
  if (word === 'any4') return ANY_V4
  if (word === 'any6') return ANY_V6
  if (word === 'host') return hostOf(words.take(), objects)
  if (['object-group', 'object', 'addrgroup', 'net-group'].includes(word))
    return objects.addresses(words.take())
  if (word === 'interface') {
    words.take()
    return undefined
  }
  // AOS-CX: `10.1.0.0/255.255.255.0`.
  const [, address = '', ones] = /^([\d.]+)\/(\d+\.[\d.]+)$/.exec(word) ?? []
  const base = ipv4(address === '' ? word : address)
  if (ones !== undefined && base !== undefined) {
    const mask = ipv4(ones)
    return mask === undefined ? undefined : masked(base, mask, 'mask')
  }
  if (base === undefined) {
    if (ipv6(word) !== undefined && words.accept('/') !== undefined) return undefined
    return prefix(word) ?? objects.addresses(word)
  }
  const mask = ipv4(words.next)
  if (mask === undefined) return prefix(word)
  words.take()
  return masked(base, mask, objects.masks)
}

function hostOf(name: string, objects: Objects): Addresses | undefined {
  return name.includes('/') ? undefined : (prefix(name) ?? objects.addresses(name))
}

function masked(base: number, mask: number, masks: Objects['masks']): Addresses | undefined {
  if (masks === 'wildcard') {
    const set = wildcard4(base, mask)
    return set === undefined ? undefined : { v4: set, v6: [] }
  }
  const length = maskLength(mask)
  const set = length === undefined ? wildcard4(base, 0xff_ff_ff_ff - mask) : prefix4(base, length)
  return set === undefined ? undefined : { v4: set, v6: [] }
}

const OPERATORS = ['eq', 'neq', 'gt', 'lt', 'ge', 'le', 'range'] as const

/** A port test, where one stands next; `null`: none. */
export function readPorts(words: Words, objects: Objects): Ranges | null | undefined {
  if (words.accept('portgroup', 'port-group', 'group') !== undefined)
    return objects.ports(words.take())
  if (words.next === 'object-group' && objects.ports(words.second) !== undefined) {
    words.take()
    return objects.ports(words.take())
  }
  const operator = words.accept(...OPERATORS)
  if (operator === undefined) return null
  const values = [words.take()]
  if (operator === 'range') values.push(words.take())
  else while (!words.isEnd && portNumber(words.next) !== undefined) values.push(words.take())
  return portTest(operator, values)
}

const BOTH = [6, 6, 17, 17] as const

export function protocolsOf(word: string): Ranges | null | undefined {
  if (word === 'ip' || word === 'ipv4' || word === 'any') return null
  if (word === 'tcp-udp' || word === 'tcp-or-udp') return BOTH
  const number = protocolNumber(word)
  return number === undefined ? undefined : [number, number]
}

export function isIcmp(protocols: Ranges | null): boolean {
  return protocols !== null && protocols.length === 2 && (protocols[0] === 1 || protocols[0] === 58)
}

/** A member of a service group: `tcp eq 80`, `tcp source gt 1023 destination 443`, `icmp echo`, `udp`. */
export function readService(words: Words, objects: Objects): readonly Service[] | undefined {
  const protocols = protocolsOf(words.take())
  if (protocols === undefined) return undefined
  if (isIcmp(protocols)) {
    if (words.isEnd) return [{ ...ANY_SERVICE, protocols }]
    words.accept('icmp-type')
    const destination = icmpType(words.take(), words.isEnd ? undefined : words.take())
    return destination === undefined ? undefined : [{ protocols, destination, source: null }]
  }
  const source = words.accept('source') === undefined ? null : openPorts(words, objects)
  words.accept('destination')
  const destination = words.isEnd ? null : openPorts(words, objects)
  if (source === undefined || destination === undefined) return undefined
  return [{ protocols, destination, source }]
}

/** `eq` may be left out. */
function openPorts(words: Words, objects: Objects): Ranges | undefined | null {
  const read = readPorts(words, objects)
  if (read !== null) return read
  const port = portNumber(words.take())
  return port === undefined ? undefined : [port, port]
}
