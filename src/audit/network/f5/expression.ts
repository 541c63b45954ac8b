// Expressions of libpcap as far as packet filters are written with them: protocols, hosts, nets and ports, with `and`, `or` and brackets.
// What they say besides is not understood, and then nothing of them is.

import { ANY_ADDRESS, prefix } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Traffic } from '../../packets/match.ts'
import { intersect } from '../../packets/ranges.ts'
import type { Ranges } from '../../packets/ranges.ts'
import { ANY_SERVICE, portList, protocolNumber } from '../../packets/services.ts'

/** What holds at the same time; `null`: anything. */
type Term = {
  readonly protocols: Ranges | null
  readonly source: Addresses | null
  readonly destination: Addresses | null
  readonly sourcePorts: Ranges | null
  readonly ports: Ranges | null
}

const ANYTHING: Term = {
  protocols: null,
  source: null,
  destination: null,
  sourcePorts: null,
  ports: null,
}

/** Longest expression, ways it may hold, brackets in brackets. */
const MOST_WORDS = 2000
const MOST_TERMS = 500
const DEEPEST = 30

/** Each entry is one way in which the expression holds. `undefined`: it is not understood. */
export function readExpression(text: string): readonly Traffic[] | undefined {
  const words = text.match(/[()]|[^\s()]+/g) ?? []
  if (words.length > MOST_WORDS) return undefined
  const reader: Reader = { words, at: 0, depth: 0 }
  const terms = words.length === 0 ? [ANYTHING] : readEither(reader)
  if (terms === undefined || reader.at < words.length) return undefined
  return terms.map(({ protocols, source, destination, sourcePorts, ports }) => ({
    source: source ?? ANY_ADDRESS,
    destination: destination ?? ANY_ADDRESS,
    services: [{ ...ANY_SERVICE, protocols, source: sourcePorts, destination: ports }],
  }))
}

type Reader = { readonly words: readonly string[]; at: number; depth: number }
type Terms = readonly Term[] | undefined

function accept(reader: Reader, ...words: readonly string[]): boolean {
  if (!words.includes(reader.words[reader.at]?.toLowerCase() ?? '')) return false
  reader.at += 1
  return true
}

function readEither(reader: Reader): Terms {
  let terms = readAll(reader)
  while (terms !== undefined && accept(reader, 'or', '||')) {
    const more = readAll(reader)
    terms = more === undefined ? undefined : capped([...terms, ...more])
  }
  return terms
}

function readAll(reader: Reader): Terms {
  let terms = readOne(reader)
  while (terms !== undefined && accept(reader, 'and', '&&')) {
    const more = readOne(reader)
    if (more === undefined || more.length * terms.length > MOST_TERMS) return undefined
    const combined = terms.flatMap((one) => more.map((other) => both(one, other)))
    terms = combined.includes(undefined) ? undefined : combined.flatMap((one) => one ?? [])
  }
  return terms
}

function capped(terms: readonly Term[]): Terms {
  return terms.length > MOST_TERMS ? undefined : terms
}

function readOne(reader: Reader): Terms {
  if (!accept(reader, '(')) return readPrimitive(reader)
  reader.depth += 1
  if (reader.depth > DEEPEST) return undefined
  const inside = readEither(reader)
  reader.depth -= 1
  return accept(reader, ')') ? inside : undefined
}

function readPrimitive(reader: Reader): Terms {
  accept(reader, 'ip', 'ip6')
  if (accept(reader, 'proto')) {
    const number = protocolNumber(take(reader).replace(/^\\/, ''))
    return number === undefined ? undefined : [{ ...ANYTHING, protocols: [number, number] }]
  }
  const isSource = accept(reader, 'src')
  if (!isSource && !accept(reader, 'dst')) return readProtocol(reader)
  if (accept(reader, 'port', 'portrange')) {
    const ports = portList(take(reader))
    if (ports === undefined) return undefined
    return [isSource ? { ...ANYTHING, sourcePorts: ports } : { ...ANYTHING, ports }]
  }
  accept(reader, 'host', 'net')
  const address = prefix(take(reader))
  if (address === undefined) return undefined
  return [isSource ? { ...ANYTHING, source: address } : { ...ANYTHING, destination: address }]
}

/** `tcp`, `udp`, `icmp` alone. */
function readProtocol(reader: Reader): Terms {
  const number = protocolNumber(take(reader))
  return number === undefined ? undefined : [{ ...ANYTHING, protocols: [number, number] }]
}

function take(reader: Reader): string {
  const word = reader.words[reader.at] ?? ''
  reader.at += 1
  return word
}

/** `undefined` where nobody worked out what both hold. */
function both(a: Term, b: Term): Term | undefined {
  const source = bothAddresses(a.source, b.source)
  const destination = bothAddresses(a.destination, b.destination)
  if (source === undefined || destination === undefined) return undefined
  return {
    protocols: bothRanges(a.protocols, b.protocols),
    source,
    destination,
    sourcePorts: bothRanges(a.sourcePorts, b.sourcePorts),
    ports: bothRanges(a.ports, b.ports),
  }
}

function bothRanges(a: Ranges | null, b: Ranges | null): Ranges | null {
  return a === null || b === null ? (a ?? b) : intersect(a, b)
}

function bothAddresses(a: Addresses | null, b: Addresses | null): Addresses | null | undefined {
  if (a === null || b === null) return a ?? b
  // Where both name addresses of IPv6, what they share is not worked out.
  return a.v6.length > 0 && b.v6.length > 0 ? undefined : { v4: intersect(a.v4, b.v4), v6: [] }
}
