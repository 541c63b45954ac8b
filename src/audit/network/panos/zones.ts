// Security zones of PAN-OS and the interfaces in them.

import { at, childrenAt, named, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'

export type Zones = {
  readonly names: readonly string[]
  readonly of: (name: string) => string | undefined
  /** Interfaces of some zones; `null` for any. */
  readonly interfaces: (zones: readonly string[]) => ReadonlySet<string> | null
  readonly line: (zone: string) => number
}

export function zonesIn(root: Twig): Zones {
  const members = new Map<string, readonly string[]>()
  const lines = new Map<string, number>()
  for (const twig of named(root, 'zone')) {
    for (const zone of twig.children.values()) {
      const network = at(zone, 'network')
      if (network === undefined) continue
      members.set(
        zone.word,
        childrenAt(network).flatMap((kind) => valuesAt(kind)),
      )
      lines.set(zone.word, zone.first)
    }
  }
  return {
    names: [...members.keys()],
    of: (name) => [...members].find(([, own]) => own.includes(name))?.[0],
    interfaces: (zones) =>
      zones.length === 0 || zones.includes('any')
        ? null
        : new Set(zones.flatMap((zone) => members.get(zone) ?? [])),
    line: (zone) => lines.get(zone) ?? 1,
  }
}
