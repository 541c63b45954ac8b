// Objects and object groups of Cisco's makes and of EOS: names for addresses, services and ports.

import {
  NO_ADDRESS,
  bothAddresses,
  ipv4,
  maskLength,
  prefix,
  prefix4,
  range4,
} from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Ranges } from '../../packets/ranges.ts'
import { spansOf, ranges } from '../../packets/ranges.ts'
import { portTest } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import type { ConfigNode, ConfigTree } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'
import { readAddress, readService } from './rule-words.ts'
import { Words } from './word-reader.ts'

/** `undefined` for a name whose meaning is not understood. */
export type Objects = {
  readonly addresses: (name: string) => Addresses | undefined
  readonly services: (name: string) => readonly Service[] | undefined
  readonly ports: (name: string) => Ranges | undefined
  readonly masks: 'mask' | 'wildcard'
}

/** Groups inside groups. */
const DEEPEST = 16

export function objectsIn({ root, form }: ConfigTree, masks: Objects['masks']): Objects {
  const defined = new Map<string, ConfigNode[]>()
  const names = new Map<string, string>()
  for (const node of root.children) {
    const text = plainText(node, form)
    const [, name] = GROUP.exec(text) ?? []
    if (name !== undefined) defined.set(name, [...(defined.get(name) ?? []), node])
    const [, address, alias] = /^name (\d\S+) (\S+)/.exec(text) ?? []
    if (address !== undefined && alias !== undefined) names.set(alias, address)
  }
  const lines = (name: string) => (defined.get(name) ?? []).flatMap(({ children }) => children)
  const kindOf = (name: string) => defined.get(name)?.[0]?.text ?? ''
  const members = (name: string) =>
    lines(name)
      .filter(({ kind }) => kind !== 'comment' && kind !== 'closer')
      .map((node) => plainText(node, form).replace(/^\d+ (?=\D|\d+\.)/, ''))
      .filter((text) => !/^(?:description|remark|nat) /.test(text))
  const objects: Objects = {
    masks,
    addresses: (name) => addressesOf(name, 0),
    services: (name) => servicesOf(name, 0),
    ports: (name) => portsOf(name),
  }
  function addressesOf(name: string, depth: number): Addresses | undefined {
    if (!defined.has(name)) {
      const address = names.get(name)
      return address === undefined ? undefined : prefix(address)
    }
    if (depth > DEEPEST) return undefined
    const all = members(name).map((text) => addressMember(text, depth))
    return all.includes(undefined)
      ? undefined
      : bothAddresses(all.flatMap((one) => (one === undefined ? [] : [one])))
  }
  function addressMember(text: string, depth: number): Addresses | undefined {
    const plain = text
      .replace(/^network-object (?=host |object |\d|[0-9a-f:]+\/)/, '')
      .replace(/^subnet /, '')
    const [, inner] = /^(?:group-object|object) (\S+)$/.exec(plain) ?? []
    if (inner !== undefined) return addressesOf(inner, depth + 1)
    const [, from, to] = /^range (\S+) (\S+)$/.exec(plain) ?? []
    if (from !== undefined && to !== undefined) return range4(from, to)
    // Members are written with masks where lists are written with wildcards; NX-OS writes wildcards in both.
    const isMask = masks === 'mask' || /\b255\.\d+\.\d+\.\d+$/.test(plain)
    const words = new Words(plain)
    const read = readAddress(words, { ...objects, masks: isMask ? 'mask' : 'wildcard' })
    return words.isEnd ? read : undefined
  }
  function servicesOf(name: string, depth: number): readonly Service[] | undefined {
    if (!defined.has(name) || depth > DEEPEST) return undefined
    const [, protocols] = /^object-group service \S+ (tcp-udp|tcp|udp)$/.exec(kindOf(name)) ?? []
    const all = members(name).map((text) => {
      const [, inner] = /^(?:group-object|service-object object) (\S+)$/.exec(text) ?? []
      if (inner !== undefined) return servicesOf(inner, depth + 1)
      const plain = text.replace(/^(?:service-object|service|protocol-object|protocol) /, '')
      const words = new Words(
        plain.replace(/^port-object /, `${protocols ?? 'tcp-udp'} destination `),
      )
      const read = readService(words, objects)
      return words.isEnd ? read : undefined
    })
    return all.includes(undefined) ? undefined : all.flatMap((one) => one ?? [])
  }
  /** The ports of a group, whatever protocol it names. */
  function portsOf(name: string): Ranges | undefined {
    if (!defined.has(name)) return undefined
    const tests = members(name).map((text) => {
      const [operator = '', ...values] = text.replace(/^port-object /, '').split(' ')
      return portTest(operator, values) ?? innerPorts(text)
    })
    return tests.includes(undefined)
      ? undefined
      : ranges(tests.flatMap((test) => spansOf(test ?? [])))
  }
  function innerPorts(text: string): Ranges | undefined {
    const [, inner] = /^group-object (\S+)$/.exec(text) ?? []
    return inner === undefined ? undefined : portsOf(inner)
  }
  return objects
}

const GROUP =
  /^(?:object-group (?:ip address|ip port|ipv6 address|network|service|protocol|icmp-type|ipv4|port)|object (?:network|service)) (\S+)/

/** An address and its mask; `undefined` where the mask is none. */
export function masked(address: string, mask: string): Addresses | undefined {
  const base = ipv4(address)
  const ones = ipv4(mask)
  const length = ones === undefined ? undefined : maskLength(ones)
  const set = base === undefined || length === undefined ? undefined : prefix4(base, length)
  return set === undefined ? undefined : { ...NO_ADDRESS, v4: set }
}
