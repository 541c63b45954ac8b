// Addresses and ports as Comware writes them in rules: a wildcard, `0` for one host, a length for IPv6, a group's name.

import {
  ANY_ADDRESS,
  bothAddresses,
  ipv4,
  ipv6,
  maskLength,
  prefix,
  range4,
  wildcard4,
} from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { ranges, spansOf } from '../../packets/ranges.ts'
import type { Ranges } from '../../packets/ranges.ts'
import { portTest } from '../../packets/services.ts'
import type { ConfigNode, ConfigTree } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'
import type { Words } from '../cisco/word-reader.ts'
import { once } from '../once.ts'

/** `undefined` for a name whose meaning is not understood. */
export type Groups = {
  readonly addresses: (name: string) => Addresses | undefined
  readonly ports: (name: string) => Ranges | undefined
}

const GROUP = /^object-group (?:ip address|ipv6 address|port|service) (\S+)$/

export function groupsIn({ root, form }: ConfigTree): Groups {
  const defined = new Map<string, readonly ConfigNode[]>()
  for (const node of root.children) {
    const [, name] = GROUP.exec(plainText(node, form)) ?? []
    if (name !== undefined) defined.set(name, [...(defined.get(name) ?? []), ...node.children])
  }
  const members = (name: string) =>
    defined
      .get(name)
      ?.filter(({ kind }) => kind === 'statement' || kind === 'unparsed')
      .map((node) => plainText(node, form).replace(/^\d+ /, ''))
      .filter((text) => !/^(?:description|security-zone)\b/.test(text))
  const knownAddresses = new Map<string, Addresses | undefined>()
  const knownPorts = new Map<string, Ranges | undefined>()
  const addresses = (name: string): Addresses | undefined =>
    once(knownAddresses, name, () => {
      const all = members(name)?.map((text) => addressMember(text, addresses))
      return all === undefined || all.includes(undefined)
        ? undefined
        : bothAddresses(all.flatMap((one) => one ?? []))
    })
  const ports = (name: string): Ranges | undefined =>
    once(knownPorts, name, () => {
      const all = members(name)?.map((text) => portMember(text, ports))
      return all === undefined || all.includes(undefined)
        ? undefined
        : ranges(all.flatMap((one) => spansOf(one ?? [])))
    })
  return { addresses, ports }
}

/** `network subnet 10.1.0.0 255.255.255.0`, `network host address 10.1.0.5`, `network range 10.1.0.1 10.1.0.9`. */
function addressMember(text: string, group: Groups['addresses']): Addresses | undefined {
  const [, kind, first = '', second = ''] =
    /^network (subnet|host address|range|group-object) (\S+)(?: (\S+))?$/.exec(text) ?? []
  if (kind === 'group-object') return group(first)
  if (kind === 'host address') return prefix(first)
  if (kind === 'range') return range4(first, second)
  if (kind !== 'subnet') return undefined
  const mask = ipv4(second)
  const length = mask === undefined ? Number(second) : maskLength(mask)
  return length === undefined || second === '' ? undefined : prefix(`${first}/${length}`)
}

function portMember(text: string, group: Groups['ports']): Ranges | undefined {
  const [, kind = '', ...values] = text.split(' ')
  if (!text.startsWith('port ')) return undefined
  return kind === 'group-object' ? group(values[0] ?? '') : portTest(kind, values)
}

/** `any`, `10.1.0.0 0.0.0.255`, `10.1.0.5 0`, `2001:db8::/64`, `2001:db8:: 64`, `object-group X`. */
export function readAddress(words: Words, groups: Groups): Addresses | undefined {
  const word = words.take()
  if (word === 'any') return ANY_ADDRESS
  if (word === 'object-group') return groups.addresses(words.take())
  const base = ipv4(word)
  if (base !== undefined) {
    const wild = words.next === '0' ? 0 : ipv4(words.next)
    if (wild === undefined) return undefined
    words.take()
    const set = wildcard4(base, wild)
    return set === undefined ? undefined : { v4: set, v6: [] }
  }
  if (ipv6(word) === undefined) return prefix(word)
  return /^\d{1,3}$/.test(words.next) ? prefix(`${word}/${words.take()}`) : undefined
}

/** `eq 443`, `range 1 5`, `object-group X`. */
export function readPorts(words: Words, groups: Groups): Ranges | undefined {
  const operator = words.take()
  if (operator === 'object-group') return groups.ports(words.take())
  const values = [words.take()]
  if (operator === 'range') values.push(words.take())
  return portTest(operator, values)
}
