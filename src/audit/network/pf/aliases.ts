// Aliases of pfSense and OPNsense, and the networks that interfaces stand for.

import { ANY_ADDRESS, bothAddresses, prefix, range4 } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { ranges, spansOf } from '../../packets/ranges.ts'
import type { Ranges } from '../../packets/ranges.ts'
import { portList } from '../../packets/services.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { NetworkInterface } from '../device.ts'
import { once } from '../once.ts'
import { blockOf } from './blocks.ts'
import { elementsAt, textAt } from './elements.ts'

export type Aliases = {
  readonly any: Addresses
  /** `undefined`: not known from the configuration, or not understood. */
  readonly addresses: (name: string) => Addresses | undefined
  readonly ports: (name: string) => Ranges | undefined
}

type Alias = { readonly type: string; readonly members: readonly string[] }

export function aliasesIn(tree: ConfigTree, interfaces: readonly NetworkInterface[]): Aliases {
  const known = new Map<string, Alias>()
  const knownAddresses = new Map<string, Addresses | undefined>()
  const knownPorts = new Map<string, Ranges | undefined>()
  for (const one of elementsAt(tree, 'alias')) {
    const name = textAt(one, 'name')
    const content = textAt(one, 'address') ?? textAt(one, 'content') ?? ''
    const members = content.split(/[\s,]+/).filter((word) => word !== '')
    if (name !== undefined && name !== '')
      known.set(name, { type: textAt(one, 'type') ?? '', members })
  }
  const ofInterface = (name: string, isAddress: boolean): Addresses | undefined => {
    const found = interfaces.find((one) => one.name === name)
    const own = found?.prefixes.map((one) => blockOf(one, isAddress))
    return own === undefined || own.length === 0 ? undefined : bothAddresses(own)
  }
  const addresses = (text: string): Addresses | undefined => {
    const name = text.trim()
    if (name === '' || name === 'any') return ANY_ADDRESS
    if (name === '(self)' || name === 'self')
      return bothAddresses(
        interfaces.flatMap(({ prefixes }) => prefixes.map((one) => blockOf(one, true))),
      )
    const alias = known.get(name)
    if (alias !== undefined) {
      if (!/^(?:host|network|networkgroup)$/.test(alias.type)) return undefined
      return once(knownAddresses, name, () => {
        const all = alias.members.map((member) => addresses(member))
        return all.includes(undefined) ? undefined : bothAddresses(all.flatMap((one) => one ?? []))
      })
    }
    const [, from, to] = /^([\d.]+)-([\d.]+)$/.exec(name) ?? []
    if (from !== undefined && to !== undefined) return range4(from, to)
    const direct = prefix(name)
    if (direct !== undefined) return direct
    return ofInterface(name, false) ?? ofInterface(name.replace(/ip$/, ''), true)
  }
  const ports = (text: string): Ranges | undefined => {
    const name = text.trim()
    const alias = known.get(name)
    if (alias === undefined) return portList(text)
    if (alias.type !== 'port') return undefined
    return once(knownPorts, name, () => {
      const all = alias.members.map((member) => ports(member))
      return all.includes(undefined) ? undefined : ranges(all.flatMap((one) => spansOf(one ?? [])))
    })
  }
  return { any: ANY_ADDRESS, addresses: (name) => addresses(name), ports: (name) => ports(name) }
}
