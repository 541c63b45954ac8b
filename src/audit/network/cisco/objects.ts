// Objects and object groups of Cisco's makes and of EOS: names for addresses, services and ports.

import { bothAddresses, prefix, range4 } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Ranges } from '../../packets/ranges.ts'
import { spansOf, ranges } from '../../packets/ranges.ts'
import { portTest } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import type { ConfigNode, ConfigTree } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'
import { once } from '../once.ts'
import type { Objects } from './named-objects.ts'
import { readAddress, readService } from './rule-words.ts'
import { Words } from './word-reader.ts'

/** Services a group may come to, through groups in it. */
const MOST_SERVICES = 10_000

export function objectsIn(tree: ConfigTree, masks: Objects['masks']): Objects {
  const book = new ObjectBook(tree, masks)
  return book.objects
}

class ObjectBook {
  readonly objects: Objects
  readonly #form: ConfigTree['form']
  readonly #defined = new Map<string, ConfigNode[]>()
  readonly #names = new Map<string, string>()
  /** Each group is worked out once; one that holds itself is not understood. */
  readonly #knownAddresses = new Map<string, Addresses | undefined>()
  readonly #knownServices = new Map<string, readonly Service[] | undefined>()
  readonly #knownPorts = new Map<string, Ranges | undefined>()

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
      addresses: (name) => this.#addresses(name),
      services: (name) => this.#services(name),
      ports: (name) => this.#ports(name),
    }
  }

  #members(name: string): readonly string[] {
    return (this.#defined.get(name) ?? [])
      .flatMap(({ children }) => children)
      .filter(({ kind }) => kind !== 'comment' && kind !== 'closer')
      .map((node) => plainText(node, this.#form).replace(/^\d+ (?=\D|\d+\.)/, ''))
      .filter((text) => !/^(?:description|remark|nat) /.test(text))
  }

  #addresses(name: string): Addresses | undefined {
    return once(this.#knownAddresses, name, () => this.#addressesOf(name))
  }

  #addressesOf(name: string): Addresses | undefined {
    if (!this.#defined.has(name)) {
      const address = this.#names.get(name)
      return address === undefined ? undefined : prefix(address)
    }
    const all = this.#members(name).map((text) => this.#addressMember(text))
    return all.includes(undefined)
      ? undefined
      : bothAddresses(all.flatMap((one) => (one === undefined ? [] : [one])))
  }

  #addressMember(text: string): Addresses | undefined {
    const plain = text
      .replace(/^network-object (?=host |object |\d|[0-9a-f:]+\/)/, '')
      .replace(/^subnet /, '')
    const [, inner] = /^(?:group-object|object) (\S+)$/.exec(plain) ?? []
    if (inner !== undefined) return this.#addresses(inner)
    const [, from, to] = /^range (\S+) (\S+)$/.exec(plain) ?? []
    if (from !== undefined && to !== undefined) return range4(from, to)
    // Members are written with masks where lists are written with wildcards; NX-OS writes wildcards in both.
    const isMask = this.objects.masks === 'mask' || /\b255\.\d+\.\d+\.\d+$/.test(plain)
    const words = new Words(plain)
    const read = readAddress(words, { ...this.objects, masks: isMask ? 'mask' : 'wildcard' })
    return words.isEnd ? read : undefined
  }

  #services(name: string): readonly Service[] | undefined {
    return once(this.#knownServices, name, () => this.#servicesOf(name))
  }

  #servicesOf(name: string): readonly Service[] | undefined {
    const head = this.#defined.get(name)?.[0]
    if (head === undefined) return undefined
    const [, protocols = 'tcp-udp'] =
      /^object-group service \S+ (tcp-udp|tcp|udp)$/.exec(head.text) ?? []
    const all = this.#members(name).map((text) => {
      const [, inner] = /^(?:group-object|service-object object) (\S+)$/.exec(text) ?? []
      if (inner !== undefined) return this.#services(inner)
      const plain = text.replace(/^(?:service-object|service|protocol-object|protocol) /, '')
      const words = new Words(plain.replace(/^port-object /, `${protocols} destination `))
      const read = readService(words, this.objects)
      return words.isEnd ? read : undefined
    })
    const services = [...new Set(all.flatMap((one) => one ?? []))]
    return all.includes(undefined) || services.length > MOST_SERVICES ? undefined : services
  }

  /** The ports of a group, whatever protocol it names. */
  #ports(name: string): Ranges | undefined {
    return once(this.#knownPorts, name, () => this.#portsOf(name))
  }

  #portsOf(name: string): Ranges | undefined {
    if (!this.#defined.has(name)) return undefined
    const tests = this.#members(name).map((text) => {
      const [, inner] = /^group-object (\S+)$/.exec(text) ?? []
      if (inner !== undefined) return this.#ports(inner)
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
