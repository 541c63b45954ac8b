// Aliases of pfSense and OPNsense, and the networks that interfaces stand for.

import { ANY_ADDRESS, bothAddresses, prefix, range4 } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { ranges, spansOf } from '../../packets/ranges.ts'
import type { Ranges } from '../../packets/ranges.ts'
import { portList } from '../../packets/services.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { NetworkInterface } from '../device.ts'
import { blockOf } from './blocks.ts'
import { elementsAt, textAt } from './elements.ts'

export type Aliases = {
  readonly any: Addresses
  /** `undefined`: not known from the configuration, or not understood. */
  readonly addresses: (name: string) => Addresses | undefined
  readonly ports: (name: string) => Ranges | undefined
}

const DEEPEST = 16

type Alias = { readonly type: string; readonly members: readonly string[] }

export function aliasesIn(tree: ConfigTree, interfaces: readonly NetworkInterface[]): Aliases {
  const known = new Map<string, Alias>()
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
  const addresses = (text: string, depth = 0): Addresses | undefined => {
    const name = text.trim()
    if (name === '' || name === 'any') return ANY_ADDRESS
    if (name === '(self)' || name === 'self')
      return bothAddresses(
        interfaces.flatMap(({ prefixes }) => prefixes.map((one) => blockOf(one, true))),
      )
    const alias = known.get(name)
    if (alias !== undefined) {
      if (depth > DEEPEST || !/^(?:host|network|networkgroup)$/.test(alias.type)) return undefined
      const all = alias.members.map((member) => addresses(member, depth + 1))
      return all.includes(undefined) ? undefined : bothAddresses(all.flatMap((one) => one ?? []))
    }
    const [, from, to] = /^([\d.]+)-([\d.]+)$/.exec(name) ?? []
    if (from !== undefined && to !== undefined) return range4(from, to)
    const direct = prefix(name)
    if (direct !== undefined) return direct
    return ofInterface(name, false) ?? ofInterface(name.replace(/ip$/, ''), true)
  }
  const ports = (text: string, depth = 0): Ranges | undefined => {
    const alias = known.get(text.trim())
    if (alias === undefined) return portList(text)
    if (depth > DEEPEST || alias.type !== 'port') return undefined
    const all = alias.members.map((member) => ports(member, depth + 1))
    return all.includes(undefined) ? undefined : ranges(all.flatMap((one) => spansOf(one ?? [])))
  }
  return { any: ANY_ADDRESS, addresses: (name) => addresses(name), ports: (name) => ports(name) }
}
