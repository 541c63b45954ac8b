// Addresses and networks as the span of addresses they mean, in the one form that event columns have.

export type AddressSpan = { readonly low: string; readonly high: string }

/** IPv4 becomes its mapped IPv6 form (RFC 4291 section 2.5.5.2). Undefined for what is no address or network. */
export function networkOf(text: string): AddressSpan | undefined {
  const [address = '', length] = text.split('/')
  const v4 = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)
  const bits = v4 ? mapped(address) : v6(address)
  if (bits === undefined) return undefined
  const kept = length === undefined ? 128 : Number(length) + (v4 ? 96 : 0)
  if (!Number.isInteger(kept) || kept < 0 || kept > 128) return undefined
  const host = (1n << BigInt(128 - kept)) - 1n
  return { low: written(bits & ~host), high: written(bits | host) }
}

function mapped(address: string): bigint | undefined {
  const octets = address.split('.').map(Number)
  if (octets.some((octet) => octet > 255)) return undefined
  return octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0xffffn)
}

function v6(address: string): bigint | undefined {
  if (!/^[0-9A-Fa-f:.]+$/.test(address) || !URL.canParse(`http://[${address}]/`)) return undefined
  const plain = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [left = '', right = ''] = plain.split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  const [head, tail] = [groups(left), groups(right)]
  const gap = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0')
  return [...head, ...gap, ...tail].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n)
}

function written(bits: bigint): string {
  const digits = bits.toString(16).padStart(32, '0')
  return (digits.match(/.{4}/g) ?? []).join(':')
}
