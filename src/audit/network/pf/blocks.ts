// A prefix of an interface as addresses: its network, or the interface's own address.

import { NO_ADDRESS, prefix4, prefix6 } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Prefix } from '../device.ts'

export function blockOf(prefix: Prefix, isAddress: boolean): Addresses {
  if (prefix.family === 4)
    return { v4: prefix4(prefix.address, isAddress ? 32 : prefix.length) ?? [], v6: [] }
  const block = prefix6(prefix.address, isAddress ? 128 : prefix.length)
  return block === undefined ? NO_ADDRESS : { v4: [], v6: [block] }
}
