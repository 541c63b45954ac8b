// Addresses that mean nothing outside: private, shared, local and loopback ranges (RFC 6890).

import { BlockList, isIP } from 'node:net'

const RANGES = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
] as const

const ranges = new BlockList()
for (const [network, prefix, family] of RANGES) ranges.addSubnet(network, prefix, family)

/** False for what is no address. */
export function isInsideAddress(value: string): boolean {
  const family = isIP(value)
  return family !== 0 && ranges.check(value, family === 6 ? 'ipv6' : 'ipv4')
}
