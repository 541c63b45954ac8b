// Protocols and ports as they are written, as sets.

import { ranges } from './ranges.ts'
import type { Ranges } from './ranges.ts'
import { ICMP6_TYPES, ICMP_TYPES, PORT_NUMBERS, PROTOCOL_NUMBERS } from './service-names.ts'

export type Service = {
  /** `null`: every protocol. */
  readonly protocols: Ranges | null
  readonly destination: Ranges | null
  readonly source: Ranges | null
  /** Only packets that answer. */
  readonly established?: boolean
}

export const ANY_SERVICE: Service = { protocols: null, destination: null, source: null }

export const TOP_PORT = 65_535

const one = (value: number): Ranges => [value, value]

export function service(protocol: number, destination: Ranges | null = null): Service {
  return { protocols: one(protocol), destination, source: null }
}

export function protocolNumber(name: string): number | undefined {
  if (/^\d{1,3}$/.test(name)) return Number(name) < 256 ? Number(name) : undefined
  return PROTOCOL_NUMBERS.get(name.toLowerCase())
}

export function portNumber(name: string): number | undefined {
  if (/^\d{1,5}$/.test(name)) return Number(name) <= TOP_PORT ? Number(name) : undefined
  return PORT_NUMBERS.get(name.toLowerCase())
}

/** `eq 80 443`, `range 20 21`, `gt 1023`, `lt 1024`, `neq 22`; `undefined` for what is not understood. */
export function portTest(operator: string, values: readonly string[]): Ranges | undefined {
  const numbers = values.map(portNumber)
  if (numbers.length === 0 || numbers.includes(undefined)) return undefined
  const known = numbers.map((value) => value ?? 0)
  const [first = 0, second = first] = known
  if (operator === 'eq') return ranges(known.map((value) => [value, value]))
  if (operator === 'range') return ranges([[Math.min(first, second), Math.max(first, second)]])
  if (operator === 'gt') return ranges([[first + 1, TOP_PORT]])
  if (operator === 'ge') return ranges([[first, TOP_PORT]])
  if (operator === 'lt') return ranges([[0, first - 1]])
  if (operator === 'le') return ranges([[0, first]])
  return operator === 'neq' ? complement(known) : undefined
}

function complement(values: readonly number[]): Ranges {
  const rest: [number, number][] = []
  let low = 0
  for (const value of [...new Set(values)].toSorted((a, b) => a - b)) {
    rest.push([low, value - 1])
    low = value + 1
  }
  return ranges([...rest, [low, TOP_PORT]])
}

/** `80`, `1000-2000`, `1000:2000`, `http`, or several with commas. */
export function portList(text: string): Ranges | undefined {
  const spans: [number, number][] = []
  for (const part of text.split(/[,\s]+/).filter((word) => word !== '')) {
    const [, from = '', to = from] = /^([^:]*?)(?:[-:](\d*))?$/.exec(part) ?? []
    const whole = portNumber(part)
    const low = whole ?? (from === '' ? 0 : portNumber(from))
    const high = whole ?? (to === '' ? TOP_PORT : portNumber(to))
    if (low === undefined || high === undefined || high < low) return undefined
    spans.push([low, high])
  }
  return spans.length === 0 ? undefined : ranges(spans)
}

/** A message of ICMP as values of the port dimension. */
export function icmpType(type: string, code?: string, family: 4 | 6 = 4): Ranges | undefined {
  const named = (family === 4 ? ICMP_TYPES : ICMP6_TYPES).get(type.toLowerCase())
  const kind =
    named?.[0] ?? (/^\d{1,3}$/.test(type) && Number(type) < 256 ? Number(type) : undefined)
  if (kind === undefined) return undefined
  const detail =
    named?.[1] ?? (code !== undefined && /^\d{1,3}$/.test(code) ? Number(code) : undefined)
  return detail === undefined ? [kind * 256, kind * 256 + 255] : one(kind * 256 + (detail % 256))
}
