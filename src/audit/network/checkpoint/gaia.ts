// Interfaces and static routes of a gateway by its Gaia configuration. What passes it is decided by the management server's policy.

import { prefix } from '../../packets/addresses.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import type { Device, DeviceLimit, NetworkInterface, Route } from '../device.ts'
import { port, prefixFrom, routeTo } from '../parts.ts'

export type Gaia = {
  readonly interfaces: readonly NetworkInterface[]
  readonly routes: readonly Route[]
  readonly limits: readonly DeviceLimit[]
}

type Building = { line: number; isUp: boolean; comment: string | null; texts: string[] }

export function gaiaOf({ lines }: Pick<ConfigTree, 'lines'>): Gaia {
  const interfaces = new Map<string, Building>()
  const routes: Route[] = []
  let isDynamic = false
  lines.forEach((written, at) => {
    const words = written.trim().split(/\s+/)
    const [verb, kind, name = '', what, value, , length] = words
    if (/^(?:set|add)$/.test(verb ?? '') && kind === 'interface') {
      const known = interfaces.get(name) ?? { line: at + 1, isUp: true, comment: null, texts: [] }
      interfaces.set(name, known)
      if (what === 'state') known.isUp = value === 'on'
      if (/^ipv[46]-address$/.test(what ?? '')) known.texts.push(`${value}/${length}`)
      if (what === 'comments') known.comment = /"([^"]*)"/.exec(written)?.[1] ?? value ?? null
    }
    if (verb === 'set' && kind === 'static-route') routes.push(...routeFrom(words, at + 1))
    if (/^set (?:ospf|bgp|rip|isis|igrp|pim)\b.* (?:on|area|peer|remote-as)\b/.test(written))
      isDynamic = true
    if (/^set pbr\b/.test(written)) isDynamic = true
  })
  return {
    interfaces: [...interfaces].map(([name, { line, isUp, comment, texts }]) =>
      port(name, {
        line,
        isUp,
        alias: comment,
        prefixes: texts.flatMap((text) => prefixFrom(text) ?? []),
      }),
    ),
    routes,
    limits: isDynamic ? ['dynamic_routing'] : [],
  }
}

/** `set static-route default nexthop gateway address 10.0.0.1 on`, `… nexthop gateway logical eth1 on`, `… nexthop blackhole`. */
function routeFrom(words: readonly string[], line: number): readonly Route[] {
  const [, , to = '', , kind, how, target] = words
  const text = to === 'default' ? '0.0.0.0/0' : to
  if (words.at(-1) === 'off' || words[3] !== 'nexthop') return []
  if (kind === 'blackhole' || kind === 'reject')
    return [routeTo(null, text, line)].flatMap((route) => route ?? [])
  if (kind !== 'gateway') return []
  if (how === 'logical')
    return [routeTo(target ?? null, text, line)].flatMap((route) => route ?? [])
  const hop = prefixFrom(target)
  const made = routeTo(null, text, line)
  return how !== 'address' ||
    hop === undefined ||
    made === undefined ||
    prefix(target ?? '') === undefined
    ? []
    : [{ ...made, nextHop: hop }]
}

/** A gateway whose policy was not given. */
export function gaiaDevice(own: Pick<Device, 'name' | 'source'>, gaia: Gaia): Device {
  return {
    ...own,
    make: 'checkpoint-gaia',
    policy: null,
    translations: [],
    filters: [],
    interfaces: gaia.interfaces,
    routes: gaia.routes,
    limits: [...gaia.limits, 'not_a_filter_we_read'],
  }
}
