// An address, a network in CIDR notation or a pair of addresses, as the lowest and highest address it means.

import { isIPv4, isIPv6 } from 'node:net'

export type AddressRange = { readonly low: string; readonly high: string }

const BITS = 128
const V4_PREFIX = 96

/** Both ends in IPv6 notation; IPv4 stands in `::ffff:0:0/96` (RFC 4291 section 2.5.5.2), as in the table. */
export function addressRange(text: string): AddressRange | undefined {
  const pair = /^([^.:]*[.:].*?)\.\.(.+)$/u.exec(text)
  if (pair !== null) return between(pair[1] ?? '', pair[2] ?? '')
  const [address = '', prefix, ...more] = text.split('/')
  const number = addressNumber(address)
  if (number === undefined || more.length > 0) return undefined
  if (prefix === undefined) return { low: addressText(number), high: addressText(number) }
  return network(number, prefix, isIPv4(address))
}

function between(lowText: string, highText: string): AddressRange | undefined {
  const [low, high] = [addressNumber(lowText), addressNumber(highText)]
  if (low === undefined || high === undefined) return undefined
  return { low: addressText(low), high: addressText(high) }
}

function network(number: bigint, prefixText: string, isV4: boolean): AddressRange | undefined {
  if (!/^\d{1,3}$/u.test(prefixText)) return undefined
  const prefix = Number(prefixText) + (isV4 ? V4_PREFIX : 0)
  if (prefix > BITS) return undefined
  const rest = (1n << BigInt(BITS - prefix)) - 1n
  return { low: addressText(number & ~rest), high: addressText(number | rest) }
}

/** The 128 bits of an address, or undefined for anything else. */
function addressNumber(text: string): bigint | undefined {
  if (isIPv4(text)) return 0xff_ff_00_00_00_00n | v4Number(text)
  if (!isIPv6(text) || text.includes('%')) return undefined
  const [head = '', tail] = text.split('::')
  const front = groups(head)
  const back = tail === undefined ? [] : groups(tail)
  const gap = Array.from({ length: BITS / 16 - front.length - back.length }, () => 0n)
  return [...front, ...(tail === undefined ? [] : gap), ...back].reduce(
    (number, group) => (number << 16n) | group,
    0n,
  )
}

/** Groups of 16 bits; a trailing dotted quad (RFC 4291 section 2.2) is two of them. */
function groups(text: string): readonly bigint[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [BigInt(`0x${group}`)]
    const quad = v4Number(group)
    return [quad >> 16n, quad & 0xff_ffn]
  })
}

function v4Number(text: string): bigint {
  return text.split('.').reduce((number, part) => (number << 8n) | BigInt(part), 0n)
}

function addressText(number: bigint): string {
  const hex = number.toString(16).padStart(BITS / 4, '0')
  return (hex.match(/.{4}/gu) ?? []).join(':')
}
