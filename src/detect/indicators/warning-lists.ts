// Values too common to say anything. Content, small; asked once for each entry of an import.

import { readFileSync, readdirSync } from 'node:fs'
import { BlockList, isIPv4 } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { yamlValue } from '../../core/index.ts'
import type { IndicatorKind } from '../../model/index.ts'

const Values = z.array(z.string()).default([])
const WarningListsSchema = z.array(
  z.strictObject({
    name: z.string().min(1),
    networks: Values,
    names: Values,
    hashes: Values,
    files: Values,
  }),
)

/** Name of the warning list that holds the value back, or ''. */
export type Warnings = (kind: IndicatorKind, key: string) => string

type Part = {
  readonly name: string
  readonly networks: BlockList
  readonly values: ReadonlySet<string>
}

/** Throws what a file that cannot be read throws: content is ours. */
export function loadWarnings(folder: string): Warnings {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yml'))
  const parts = files.flatMap((file) => {
    const lists = WarningListsSchema.parse(yamlValue(readFileSync(join(folder, file), 'utf8')))
    return lists.map(({ name, networks, names, hashes, files: programs }): Part => {
      const values = [
        ...names.map((value) => `domain:${value}`),
        ...names.map((value) => `url:${value}/`),
        ...hashes.map((value) => `hash:${value}`),
        ...programs.map((value) => `file_name:${value}`),
      ]
      return { name, networks: blockListOf(networks), values: new Set(values) }
    })
  })
  return (kind, key) => parts.find((part) => holds(part, kind, key))?.name ?? ''
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', length = ''] = network.split('/')
    list.addSubnet(address, Number(length), familyOf(address))
  }
  return list
}

function holds({ networks, values }: Part, kind: IndicatorKind, key: string): boolean {
  if (kind !== 'address' && kind !== 'prefix') return values.has(`${kind}:${key}`)
  const [address = ''] = key.split('/')
  if (kind === 'address') return networks.check(address, familyOf(address))
  // A network stands on a list when its first and last address do.
  return [address, lastOf(key)].every((end) => networks.check(end, familyOf(end)))
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6'
}

/** Last address of a network of version 4; of version 6 the first stands for all. */
function lastOf(prefix: string): string {
  const [address = '', length = '32'] = prefix.split('/')
  if (!isIPv4(address)) return address
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - Number(length))
  const last = Math.floor(number / size) * size + size - 1
  return [24, 16, 8, 0].map((shift) => Math.floor(last / 2 ** shift) % 256).join('.')
}
