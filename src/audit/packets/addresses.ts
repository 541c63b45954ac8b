// Addresses as they are written, as sets: what an address, a prefix, a mask, a wildcard or a range holds.

import { NOTHING, ranges, spansOf, union } from './ranges.ts'
import type { Ranges } from './ranges.ts'

/** Four words of 32 bits, each with its own values: a prefix of IPv6. */
export type Block6 = readonly [Ranges, Ranges, Ranges, Ranges]

export type Addresses = {
  readonly v4: Ranges
  readonly v6: readonly Block6[]
}

const TOP = 0xff_ff_ff_ff
const FULL: Ranges = [0, TOP]

export const ANY_ADDRESS: Addresses = { v4: FULL, v6: [[FULL, FULL, FULL, FULL]] }
export const ANY_V4: Addresses = { v4: FULL, v6: [] }
export const ANY_V6: Addresses = { v4: NOTHING, v6: [[FULL, FULL, FULL, FULL]] }
export const NO_ADDRESS: Addresses = { v4: NOTHING, v6: [] }

export function bothAddresses(all: readonly Addresses[]): Addresses {
  if (all.length === 1) return all[0] ?? NO_ADDRESS
  return {
    v4: ranges(all.flatMap(({ v4 }) => spansOf(v4))),
    v6: [...new Set(all.flatMap(({ v6 }) => v6))],
  }
}

export function ipv4(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number)
  if (parts === undefined || parts.some((part) => part > 255)) return undefined
  return parts.reduce((sum, part) => sum * 256 + part, 0)
}

export function ipv4Text(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')
}

/** Eight groups as four words; `undefined` for what is no address. */
export function ipv6(text: string): readonly number[] | undefined {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const v4 = tail === null ? undefined : ipv4(tail[2] ?? '')
  if (tail !== null && v4 === undefined) return undefined
  const hex =
    v4 === undefined
      ? text
      : `${tail?.[1]}${(v4 >>> 16).toString(16)}:${(v4 % 65_536).toString(16)}`
  if (!/^[0-9a-f:]{2,39}$/i.test(hex)) return undefined
  const [left = '', right, ...more] = hex.split('::')
  if (more.length > 0) return undefined
  const head = left === '' ? [] : left.split(':')
  const end = right === undefined || right === '' ? [] : right.split(':')
  const missing = 8 - head.length - end.length
  if (right === undefined ? missing !== 0 : missing < 1) return undefined
  const groups = [
    ...head,
    ...Array.from({ length: right === undefined ? 0 : missing }, () => '0'),
    ...end,
  ]
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined
  const values = groups.map((group) => Number.parseInt(group, 16))
  return [0, 2, 4, 6].map((at) => (values[at] ?? 0) * 65_536 + (values[at + 1] ?? 0))
}

export function ipv6Text(words: readonly number[]): string {
  const groups = words.flatMap((word) => [Math.floor(word / 65_536), word % 65_536])
  const text = groups.map((group) => group.toString(16)).join(':')
  const zeros = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].toSorted(
    (a, b) => b[0].length - a[0].length,
  )[0]
  if (zeros === undefined) return text
  const short = `${text.slice(0, zeros.index)}::${text.slice(zeros.index + zeros[0].length).replace(/^:/, '')}`
  return short
}

/** `undefined` for a length that no prefix has. */
export function prefix4(address: number, length: number): Ranges | undefined {
  if (!Number.isInteger(length) || length < 0 || length > 32) return undefined
  const size = 2 ** (32 - length)
  const low = Math.floor(address / size) * size
  return [low, low + size - 1]
}

export function prefix6(words: readonly number[], length: number): Block6 | undefined {
  if (!Number.isInteger(length) || length < 0 || length > 128) return undefined
  const word = (at: number): Ranges => {
    const bits = Math.min(32, Math.max(0, length - 32 * at))
    return prefix4(words[at] ?? 0, bits) ?? FULL
  }
  return [word(0), word(1), word(2), word(3)]
}

/** `10.1.0.0/16`, `10.1.2.3`, `2001:db8::/32`, `2001:db8::1`. */
export function prefix(text: string): Addresses | undefined {
  const [address = '', length, ...more] = text.split('/')
  if (more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined
  const v4 = ipv4(address)
  if (v4 !== undefined) {
    const set = prefix4(v4, length === undefined ? 32 : Number(length))
    return set === undefined ? undefined : { v4: set, v6: [] }
  }
  const v6 = ipv6(address)
  const block =
    v6 === undefined ? undefined : prefix6(v6, length === undefined ? 128 : Number(length))
  return block === undefined ? undefined : { v4: NOTHING, v6: [block] }
}

/** `255.255.0.0` is 16; `undefined` where the ones are not all in front. */
export function maskLength(mask: number): number | undefined {
  const free = TOP - mask
  const length = 32 - Math.log2(free + 1)
  return Number.isInteger(length) ? length : undefined
}

/** Intervals a wildcard may fall into before it is called not understood. */
const MOST_INTERVALS = 4096

/** An address with a wildcard: bits that are set are free. Free bits need not stand at the end. */
export function wildcard4(address: number, wild: number): Ranges | undefined {
  let low = 0
  while (low < 32 && Math.floor(wild / 2 ** low) % 2 === 1) low += 1
  const size = 2 ** low
  const free: number[] = []
  for (let bit = low; bit < 32; bit += 1)
    if (Math.floor(wild / 2 ** bit) % 2 === 1) free.push(2 ** bit)
  if (2 ** free.length > MOST_INTERVALS) return undefined
  let base = Math.floor(address / size) * size
  for (const bit of free) if (Math.floor(base / bit) % 2 === 1) base -= bit
  let starts = [base]
  for (const bit of free) starts = starts.flatMap((start) => [start, start + bit])
  return ranges(starts.map((start) => [start, start + size - 1]))
}

export function range4(from: string, to: string): Addresses | undefined {
  const low = ipv4(from)
  const high = ipv4(to)
  if (low === undefined || high === undefined || high < low) return undefined
  return { v4: [low, high], v6: [] }
}

/** All addresses but these; IPv6 only where it is all or nothing. */
export function otherThan({ v4, v6 }: Addresses): Addresses | undefined {
  if (v6.length > 0) return undefined
  const rest: [number, number][] = []
  let low = 0
  for (const [from, to] of spansOf(v4)) {
    if (from > low) rest.push([low, from - 1])
    low = to + 1
  }
  if (low <= TOP) rest.push([low, TOP])
  return { v4: ranges(rest), v6: ANY_V6.v6 }
}

export function addressUnion(a: Addresses, b: Addresses): Addresses {
  return { v4: union(a.v4, b.v4), v6: [...a.v6, ...b.v6] }
}
