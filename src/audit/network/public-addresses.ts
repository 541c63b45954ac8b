// Addresses of the Internet: all but those that IANA's registries set aside.

import { bothAddresses, otherThan, prefix } from '../packets/addresses.ts'
import type { Addresses } from '../packets/addresses.ts'

const addressesIn = (texts: readonly string[]) =>
  bothAddresses(texts.flatMap((text) => prefix(text) ?? []))

export const SPECIAL: Addresses = addressesIn([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
])
export const PUBLIC: Addresses = {
  v4: otherThan(SPECIAL)?.v4 ?? [],
  v6: addressesIn(['2000::/3']).v6,
}
