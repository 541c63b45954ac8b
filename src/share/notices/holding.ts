// What an organisation may say it holds, in one form, so that two ways of writing it are one; and what nobody holds alone.

import { BlockList, isIPv4, isIPv6 } from 'node:net'
import { domainToASCII } from 'node:url'
import type { Holding, HoldingKind } from '../../model/index.ts'

export type HoldingProblem =
  | 'not a range'
  | 'range too wide'
  | 'private range'
  | 'not a domain'
  | 'not a number'
  | 'not a fingerprint'
export type ReadHolding =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: HoldingProblem }

/** Wider ones belong to registries and carriers. */
const LEAST_PREFIX = { 4: 8, 6: 20 } as const

/** Addresses that are used in many places at once (RFC 6890), or by nobody. */
const NOT_PUBLIC = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  NOT_PUBLIC.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  NOT_PUBLIC.addSubnet(network, prefix, 'ipv6')

/** Whether an address is reached from everywhere. An IPv4 address within IPv6 is judged as the IPv4 address. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !NOT_PUBLIC.check(address, 'ipv4')
  if (!isIPv6(address)) return false
  const bits = addressBits(address)
  if (bits !== undefined && bits.value >> 32n === 0xffffn)
    return isPublicAddress(v4Text(bits.value & 0xffff_ffffn))
  return !NOT_PUBLIC.check(address, 'ipv6')
}

export function readHolding({ kind, value }: Pick<Holding, 'kind' | 'value'>): ReadHolding {
  return READ[kind](value.trim())
}

const READ: Readonly<Record<HoldingKind, (text: string) => ReadHolding>> = {
  certificate: (text) => {
    const hex = text.replaceAll(':', '').toLowerCase()
    return /^[0-9a-f]{64}$/.test(hex) ? good(hex) : bad('not a fingerprint')
  },
  range: readRange,
  domain: (text) => {
    const name = hostName(text.replace(/^\*\./, ''))
    return name === undefined ? bad('not a domain') : good(name)
  },
  asn: (text) => {
    const number = Number(/^(?:AS)?(\d{1,10})$/i.exec(text)?.[1])
    return Number.isInteger(number) && number > 0 && number < 2 ** 32
      ? good(String(number))
      : bad('not a number')
  },
  provider: (text) => good(text.toLowerCase().replaceAll(/\s+/g, ' ')),
}

const good = (value: string): ReadHolding => ({ ok: true, value })
const bad = (problem: HoldingProblem): ReadHolding => ({ ok: false, problem })

/** At least two labels, in ASCII; undefined for what is none. */
export function hostName(text: string): string | undefined {
  const name = domainToASCII(text.replace(/\.$/, '')).toLowerCase()
  return name.length <= 253 &&
    /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(name)
    ? name
    : undefined
}

function readRange(text: string): ReadHolding {
  const [, address = '', given] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const bits = addressBits(address)
  if (bits === undefined) return bad('not a range')
  const { version, value } = bits
  const width = version === 4 ? 32 : 128
  const prefix = given === undefined ? width : Number(given)
  if (prefix > width) return bad('not a range')
  if (prefix < LEAST_PREFIX[version]) return bad('range too wide')
  const network = addressText(version, maskedTo(value, width, prefix))
  return isPublicAddress(network) ? good(`${network}/${prefix}`) : bad('private range')
}

export type AddressBits = { readonly version: 4 | 6; readonly value: bigint }

/** An address as a number; undefined for what is none. */
export function addressBits(text: string): AddressBits | undefined {
  if (isIPv4(text)) return { version: 4, value: v4Value(text) }
  if (!isIPv6(text) || text.includes('%')) return undefined
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const last = dotted === null ? 0n : v4Value(dotted[2] ?? '')
  const plain =
    dotted === null
      ? text
      : `${dotted[1] ?? ''}${(last >> 16n).toString(16)}:${(last & 0xffffn).toString(16)}`
  const [head = '', tail] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const between = tail === undefined ? 0 : 8 - before.length - after.length
  const groups = [...before, ...Array<string>(between).fill('0'), ...after]
  return {
    version: 6,
    value: groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n),
  }
}

function v4Value(text: string): bigint {
  return text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n)
}

function v4Text(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.')
}

export function maskedTo(value: bigint, width: number, prefix: number): bigint {
  const rest = BigInt(width - prefix)
  return (value >> rest) << rest
}

function addressText(version: 4 | 6, value: bigint): string {
  if (version === 4) return v4Text(value)
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((value >> BigInt(112 - 16 * at)) & 0xffffn).toString(16),
  )
  // RFC 5952: the URL parser writes the one form.
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1)
}
