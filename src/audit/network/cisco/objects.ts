// Objects and object groups of Cisco's makes and of EOS: names for addresses, services and ports.

import { bothAddresses, prefix, range4 } from '../../packets/addresses.ts'
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

export function objectsIn(tree: ConfigTree, masks: Objects['masks']): Objects {
  const book = new ObjectBook(tree, masks)
  return book.objects
}

class ObjectBook {
  readonly objects: Objects
  readonly #form: ConfigTree['form']
  readonly #defined = new Map<string, ConfigNode[]>()
  readonly #names = new Map<string, string>()

  constructor({ root, form }: ConfigTree, masks: Objects['masks']) {
    this.#form = form
    for (const node of root.children) {
      const text = plainText(node, form)
      const [, name] = GROUP.exec(text) ?? []
      if (name !== undefined) this.#defined.set(name, [...(this.#defined.get(name) ?? []), node])
      const [, address, alias] = /^name (\d\S+) (\S+)/.exec(text) ?? []
      if (address !== undefined && alias !== undefined) this.#names.set(alias, address)
    }
    this.objects = {
      masks,
      addresses: (name) => this.#addresses(name, 0),
      services: (name) => this.#services(name, 0),
      ports: (name) => this.#ports(name, 0),
    }
  }

  #members(name: string): readonly string[] {
    return (this.#defined.get(name) ?? [])
      .flatMap(({ children }) => children)
      .filter(({ kind }) => kind !== 'comment' && kind !== 'closer')
      .map((node) => plainText(node, this.#form).replace(/^\d+ (?=\D|\d+\.)/, ''))
      .filter((text) => !/^(?:description|remark|nat) /.test(text))
  }

  #addresses(name: string, depth: number): Addresses | undefined {
    if (!this.#defined.has(name)) {
      const address = this.#names.get(name)
      return address === undefined ? undefined : prefix(address)
    }
    if (depth > DEEPEST) return undefined
    const all = this.#members(name).map((text) => this.#addressMember(text, depth))
    return all.includes(undefined)
      ? undefined
      : bothAddresses(all.flatMap((one) => (one === undefined ? [] : [one])))
  }

  #addressMember(text: string, depth: number): Addresses | undefined {
    const plain = text
      .replace(/^network-object (?=host |object |\d|[0-9a-f:]+\/)/, '')
      .replace(/^subnet /, '')
    const [, inner] = /^(?:group-object|object) (\S+)$/.exec(plain) ?? []
    if (inner !== undefined) return this.#addresses(inner, depth + 1)
    const [, from, to] = /^range (\S+) (\S+)$/.exec(plain) ?? []
    if (from !== undefined && to !== undefined) return range4(from, to)
    // Members are written with masks where lists are written with wildcards; NX-OS writes wildcards in both.
    const isMask = this.objects.masks === 'mask' || /\b255\.\d+\.\d+\.\d+$/.test(plain)
    const words = new Words(plain)
    const read = readAddress(words, { ...this.objects, masks: isMask ? 'mask' : 'wildcard' })
    return words.isEnd ? read : undefined
  }

  #services(name: string, depth: number): readonly Service[] | undefined {
    const head = this.#defined.get(name)?.[0]
    if (head === undefined || depth > DEEPEST) return undefined
    const [, protocols = 'tcp-udp'] =
      /^object-group service \S+ (tcp-udp|tcp|udp)$/.exec(head.text) ?? []
    const all = this.#members(name).map((text) => {
      const [, inner] = /^(?:group-object|service-object object) (\S+)$/.exec(text) ?? []
      if (inner !== undefined) return this.#services(inner, depth + 1)
      const plain = text.replace(/^(?:service-object|service|protocol-object|protocol) /, '')
      const words = new Words(plain.replace(/^port-object /, `${protocols} destination `))
      const read = readService(words, this.objects)
      return words.isEnd ? read : undefined
    })
    return all.includes(undefined) ? undefined : all.flatMap((one) => one ?? [])
  }

  /** The ports of a group, whatever protocol it names. */
  #ports(name: string, depth: number): Ranges | undefined {
    if (!this.#defined.has(name) || depth > DEEPEST) return undefined
    const tests = this.#members(name).map((text) => {
      const [, inner] = /^group-object (\S+)$/.exec(text) ?? []
      if (inner !== undefined) return this.#ports(inner, depth + 1)
      const [operator = '', ...values] = text.replace(/^port-object /, '').split(' ')
      return portTest(operator, values)
    })
    return tests.includes(undefined)
      ? undefined
      : ranges(tests.flatMap((test) => spansOf(test ?? [])))
  }
}

const GROUP =
  /^(?:object-group (?:ip address|ip port|ipv6 address|network|service|protocol|icmp-type|ipv4|port)|object (?:network|service)) (\S+)/
