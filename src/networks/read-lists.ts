// Lists as their makers write them: ranges in CSV, or networks one a line. Bounded; a line that is none is refused with its number.

import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { VigieError } from '../core/index.ts'
import type { NetworkKind } from '../model/index.ts'
import type { Operator } from './merge.ts'
import { MOST_ORGANISATION, MOST_RANGES } from './network-range.ts'
import type { Layer, Span } from './network-range.ts'
import { positionOf } from './position.ts'

type Read<Value> = (line: string) => (Span & { readonly value: Value }) | undefined

/** `first,last,number,"name"` of every autonomous system. */
export function readOperators(files: readonly string[]): Promise<Layer<Operator>> {
  const names = new Map<number, string>()
  return readLines(files, (line) => {
    const [first = '', last = '', number = ''] = line.split(',', 3)
    const span = spanOf(first, last)
    const asn = /^\d{1,10}$/.test(number) ? Number(number) : 0
    if (span === undefined || asn === 0 || asn > 4_294_967_295) return undefined
    const organisation =
      names.get(asn) ?? nameOf(line.slice(first.length + last.length + number.length + 3))
    names.set(asn, organisation)
    return { ...span, value: { asn, organisation } }
  })
}

/** `first,last,CC`. */
export function readCountries(files: readonly string[]): Promise<Layer<string>> {
  return readLines(files, (line) => {
    const [first = '', last = '', country = ''] = line.split(',', 4)
    const span = spanOf(first, last)
    return span === undefined || !/^[A-Z]{2}$/.test(country)
      ? undefined
      : { ...span, value: country }
  })
}

/** An address or a network in CIDR form a line; `#` and `;` begin a comment. */
export function readListed(file: string, kind: NetworkKind): Promise<Layer<NetworkKind>> {
  return readLines([file], (line) => {
    const span = networkOf(line.split(/[#;]/, 1)[0]?.trim() ?? '')
    return span === undefined ? undefined : { ...span, value: kind }
  })
}

async function readLines<Value>(
  files: readonly string[],
  read: Read<Value>,
): Promise<Layer<Value>> {
  const layer: Layer<Value>[number][] = []
  for (const file of files) {
    let number = 0
    for await (const line of linesOf(file)) {
      number += 1
      if (line.trim() === '' || /^\s*[#;]/.test(line)) continue
      const range = read(line.slice(0, 1000))
      if (range === undefined)
        throw new VigieError('NETWORKS_REFUSED', {
          file,
          problem: 'bad_range',
          met: `${number}: ${line.slice(0, 100)}`,
        })
      layer.push(range)
      if (layer.length > MOST_RANGES)
        throw new VigieError('NETWORKS_REFUSED', {
          file,
          problem: 'too_many',
          met: String(MOST_RANGES),
        })
    }
  }
  return layer
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const lines = createInterface({ input: createReadStream(file, 'utf8') })
  try {
    for await (const line of lines) yield line
  } catch (cause) {
    throw new VigieError('NOTHING_TO_READ', { path: file }, { cause })
  }
}

function spanOf(from: string, to: string): Span | undefined {
  const [first, last] = [positionOf(from), positionOf(to)]
  return first === undefined || last === undefined || first > last ? undefined : { first, last }
}

function networkOf(text: string): Span | undefined {
  const [address = '', bits, ...more] = text.split('/')
  const position = positionOf(address)
  if (position === undefined || more.length > 0) return undefined
  const most = address.includes(':') ? 128 : 32
  if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > most)) return undefined
  // An IPv6 network narrower than 64 bits is one place in the line of numbers.
  const width = most === 32 ? 32 : 64
  const free = BigInt(Math.max(0, width - Math.min(width, Number(bits ?? most))))
  const first = (position >> free) << free
  return { first, last: first + (1n << free) - 1n }
}

function nameOf(met: string): string {
  const bare = met.startsWith('"') ? met.replace(/^"|"$/g, '').replaceAll('""', '"') : met
  return bare
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, MOST_ORGANISATION)
}
