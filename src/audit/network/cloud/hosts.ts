// Hosts of a subnet behind ports: those that meet the same filters stand behind one.

import type { Filter } from '../../packets/rule.ts'
import type { NetworkInterface, Prefix } from '../device.ts'
import {
  NOTHING_PASSES,
  addressesIn,
  onlyFilter,
  port,
  prefixesFrom,
  unreadFilter,
} from '../parts.ts'

export type Host = {
  readonly name: string
  readonly line: number
  readonly texts: readonly string[]
  /** All addresses of the machine, on whatever network: it reaches itself. */
  readonly machine: readonly string[]
  /** Equal for hosts that meet the same filters. */
  readonly kind: string
  /** Made once for all of a kind. */
  readonly out: () => readonly Filter[]
  readonly in: () => readonly Filter[]
  /** Sends under no other address than its own. */
  readonly isChecked: boolean
}

export type Ground = {
  readonly name: string
  readonly line: number
  readonly blocks: readonly string[]
  /** It was said who stands here: nobody else does. */
  readonly isTold: boolean
}

export function hostPorts(ground: Ground, hosts: readonly Host[]): readonly NetworkInterface[] {
  if (hosts.length === 0) return [vacant(ground)]
  const networks = prefixesFrom(ground.blocks)
  const classes = Map.groupBy(hosts, ({ kind, isChecked }) => `${kind} ${isChecked}`)
  return [...classes.values()].flatMap((own, at) => {
    const [first] = own
    if (first === undefined) return []
    const texts = own.flatMap((host) => host.texts)
    return [
      port(own.length === 1 ? first.name : `hosts-${at + 1}`, {
        alias: ground.name,
        line: first.line,
        turns: true,
        networks,
        prefixes: prefixesFrom(texts),
        hosts: own.map(({ machine }): readonly Prefix[] => prefixesFrom(machine)),
        ingress: [
          ...(first.isChecked ? [onlyFilter('own address', { source: addressesIn(texts) })] : []),
          ...first.out(),
        ],
        egress: first.in(),
      }),
    ]
  })
}

/** Nobody stands there; or nobody said who does, and then that is not known. */
function vacant({ name, line, blocks, isTold }: Ground): NetworkInterface {
  const guard = (side: string) =>
    isTold ? NOTHING_PASSES(`${name} ${side}`) : unreadFilter(`${name} ${side}`, 'hosts')
  return port('hosts', {
    alias: name,
    line,
    turns: true,
    hosts: [],
    prefixes: prefixesFrom(blocks),
    ingress: [guard('out')],
    egress: [guard('in')],
  })
}
