// Named addresses and services with groups of them, as firewalls with objects have: looked up by name, groups inside groups.

import { bothAddresses } from '../packets/addresses.ts'
import type { Addresses } from '../packets/addresses.ts'
import { ANY_SERVICE } from '../packets/services.ts'
import type { Service } from '../packets/services.ts'

/** `conditional`: a name whose addresses nobody can read off the configuration (FQDN, region, dynamic list). */
export type Looked<Value> =
  | { readonly kind: 'known'; readonly value: Value }
  | { readonly kind: 'conditional'; readonly because: string }
  | { readonly kind: 'unknown' }

export type Named<Value> = {
  /** What one name means by itself; `undefined`: it is none of these. */
  readonly own: (name: string) => Looked<Value> | undefined
  /** The members of a group; `undefined`: it is none. */
  readonly members: (name: string) => readonly string[] | undefined
}

export type Gathered<Value> = {
  readonly values: readonly Value[]
  readonly conditions: readonly string[]
  readonly unread: readonly string[]
}

/** All values behind some names. */
export function gather<Value>(names: readonly string[], from: Named<Value>): Gathered<Value> {
  const values: Value[] = []
  const conditions: string[] = []
  const unread: string[] = []
  const seen = new Set<string>()
  const waiting = [...names]
  // Each name once: groups that hold each other end, and groups of groups do not multiply.
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (seen.has(name)) continue
    seen.add(name)
    const members = from.members(name)
    if (members !== undefined) {
      waiting.push(...members)
      continue
    }
    const found = from.own(name)
    if (found?.kind === 'known') values.push(found.value)
    else if (found?.kind === 'conditional') conditions.push(found.because)
    else unread.push(name)
  }
  return { values, conditions, unread }
}

/** Addresses behind names; where some are not known, all addresses could be meant. */
export function addressesBehind(
  names: readonly string[],
  from: Named<Addresses>,
  any: Addresses,
): {
  readonly addresses: Addresses
  readonly conditions: readonly string[]
  readonly unread: readonly string[]
} {
  const { values, conditions, unread } = gather(names, from)
  const isOpen = conditions.length > 0 || unread.length > 0
  return { addresses: isOpen ? any : bothAddresses(values), conditions, unread }
}

/** Services behind names; where some are not known, all could be meant. */
export function servicesBehind(names: readonly string[], from: Named<readonly Service[]>) {
  const { values, conditions, unread } = gather(names, from)
  const isOpen = conditions.length > 0 || unread.length > 0
  return { services: isOpen ? [ANY_SERVICE] : values.flat(), conditions, unread }
}
