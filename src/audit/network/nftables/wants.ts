// What a rule of nftables wants of a packet, field by field. Two of them meet in one where a chain is called.

import { ANY_ADDRESS, otherThan, prefix, range4 } from '../../packets/addresses.ts'
import { bothAddresses } from '../../packets/addresses.ts'
import type { Addresses, Block6 } from '../../packets/addresses.ts'
import { intersect, ranges, spansOf, without } from '../../packets/ranges.ts'
import type { Ranges } from '../../packets/ranges.ts'
import { icmpType, portList, protocolNumber } from '../../packets/services.ts'

export type Wants = {
  readonly from: ReadonlySet<string> | null
  readonly to: ReadonlySet<string> | null
  readonly source: Addresses
  readonly destination: Addresses
  readonly protocols: Ranges | null
  readonly dport: Ranges | null
  readonly sport: Ranges | null
  readonly isAnswer: boolean
  readonly conditions: readonly string[]
  readonly unread: readonly string[]
}

export const WANTS_NOTHING: Wants = {
  from: null,
  to: null,
  source: ANY_ADDRESS,
  destination: ANY_ADDRESS,
  protocols: null,
  dport: null,
  sport: null,
  isAnswer: false,
  conditions: [],
  unread: [],
}

/** `null`: no packet is both. */
export function meet(a: Wants, b: Wants): Wants | null {
  const source = meetAddresses(a.source, b.source)
  const destination = meetAddresses(a.destination, b.destination)
  const [protocols, dport, sport] = (['protocols', 'dport', 'sport'] as const).map((field) =>
    meetRanges(a[field], b[field]),
  )
  const isEmpty =
    [source, destination].some(({ v4, v6 }) => v4.length === 0 && v6.length === 0) ||
    [protocols, dport, sport].some((set) => set !== null && set !== undefined && set.length === 0)
  if (isEmpty) return null
  return {
    from: meetNames(a.from, b.from),
    to: meetNames(a.to, b.to),
    source,
    destination,
    protocols: protocols ?? null,
    dport: dport ?? null,
    sport: sport ?? null,
    isAnswer: a.isAnswer || b.isAnswer,
    conditions: [...a.conditions, ...b.conditions],
    unread: [...a.unread, ...b.unread],
  }
}

function meetNames(a: Wants['from'], b: Wants['from']): Wants['from'] {
  if (a === null || b === null) return a ?? b
  return new Set([...a].filter((name) => b.has(name)))
}

function meetRanges(a: Ranges | null, b: Ranges | null): Ranges | null {
  if (a === null || b === null) return a ?? b
  return intersect(a, b)
}

function meetAddresses(a: Addresses, b: Addresses): Addresses {
  if (a === ANY_ADDRESS || b === ANY_ADDRESS) return a === ANY_ADDRESS ? b : a
  const v6 = a.v6.flatMap((one) =>
    b.v6.flatMap((other): readonly Block6[] => {
      const met: Block6 = [
        intersect(one[0], other[0]),
        intersect(one[1], other[1]),
        intersect(one[2], other[2]),
        intersect(one[3], other[3]),
      ]
      return met.some((word) => word.length === 0) ? [] : [met]
    }),
  )
  return { v4: intersect(a.v4, b.v4), v6 }
}

/** What a word before a value means: `ip saddr`, `tcp dport`, `iifname`. */
export type Selector = { readonly about: string; readonly name: string }

export type Value = { readonly text: string }

export type Reading = { readonly interfaces: readonly string[] }

/** Values of one selector; `undefined`: not understood. */
export function wanted(
  { about, name }: Selector,
  values: readonly string[],
  { isNot, interfaces }: Reading & { readonly isNot: boolean },
): Partial<Wants> | undefined {
  if (about === 'iif' || about === 'oif') {
    const fits = (own: string) =>
      values.some((text) => (text.endsWith('*') ? own.startsWith(text.slice(0, -1)) : own === text))
    const names = new Set(interfaces.filter((own) => fits(own) !== isNot))
    return about === 'iif' ? { from: names } : { to: names }
  }
  if (about === 'saddr' || about === 'daddr') {
    const set = addressesOf(values, name, isNot)
    if (set === undefined) return undefined
    return about === 'saddr' ? { source: set } : { destination: set }
  }
  if (about === 'protocol') {
    const numbers = values.map((text) => protocolNumber(text))
    if (numbers.includes(undefined)) return undefined
    const set = ranges(numbers.map((one) => [one ?? 0, one ?? 0]))
    return { protocols: isNot ? without([0, 255], set) : set }
  }
  if (about === 'nfproto') return familyOf(values, isNot)
  if (about === 'dport' || about === 'sport') {
    const set = portsOf(values, isNot)
    const protocols = PORTED[name]
    if (set === undefined || protocols === undefined) return undefined
    return about === 'dport' ? { protocols, dport: set } : { protocols, sport: set }
  }
  if (about === 'icmp') {
    const family = name === 'icmp' ? 4 : 6
    const sets = values.map((text) => icmpType(text, undefined, family))
    if (isNot || sets.includes(undefined)) return undefined
    const number = family === 4 ? 1 : 58
    return {
      protocols: [number, number],
      dport: ranges(sets.flatMap((set) => spansOf(set ?? []))),
    }
  }
  return undefined
}

const PORTED: Readonly<Record<string, Ranges>> = {
  tcp: [6, 6],
  udp: [17, 17],
  dccp: [33, 33],
  sctp: [132, 132],
  udplite: [136, 136],
  th: ranges([
    [6, 6],
    [17, 17],
    [33, 33],
    [132, 132],
    [136, 136],
  ]),
}

function portsOf(values: readonly string[], isNot: boolean): Ranges | undefined {
  const sets = values.map((text) => portList(text))
  if (sets.includes(undefined)) return undefined
  const set = ranges(sets.flatMap((one) => spansOf(one ?? [])))
  return isNot ? without([0, 65_535], set) : set
}

function familyOf(values: readonly string[], isNot: boolean): Partial<Wants> | undefined {
  const [only, ...more] = values
  if (more.length > 0 || (only !== 'ipv4' && only !== 'ipv6')) return undefined
  const isFour = (only === 'ipv4') !== isNot
  const side = isFour ? { v4: ANY_ADDRESS.v4, v6: [] } : { v4: [], v6: ANY_ADDRESS.v6 }
  return { source: side }
}

/** Of one family alone, also where it says `not`. */
function addressesOf(
  values: readonly string[],
  name: string,
  isNot: boolean,
): Addresses | undefined {
  const sets = values.map((text) => {
    const [low = '', high] = text.split('-')
    return high === undefined ? prefix(low) : range4(low, high)
  })
  const found = sets.flatMap((set) => set ?? [])
  if (found.length !== sets.length) return undefined
  const all = bothAddresses(found)
  if (name === 'ip6') return isNot || all.v4.length > 0 ? undefined : all
  if (all.v6.length > 0) return undefined
  const set = isNot ? otherThan(all) : all
  return set === undefined ? undefined : { v4: set.v4, v6: [] }
}
