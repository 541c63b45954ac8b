// Addresses that a cloud shows to the Internet for those inside: one for one, and one for all others.

import { prefix } from '../../packets/addresses.ts'
import type { Translation } from '../device.ts'
import { addressesIn, cubesFor } from '../parts.ts'

export type Pair = { readonly own: string; readonly public: string; readonly line: number }

/** Both ways. Nothing for what is no address of IPv4. */
export function pairTranslations({ own, public: shown, line }: Pair): readonly Translation[] {
  const [mine, seen] = [prefix(own), prefix(shown)]
  if (mine === undefined || seen === undefined) return []
  const common = { from: null, to: null, port: null, first: line, last: line, isExact: true }
  return [
    {
      ...common,
      kind: 'destination',
      match: cubesFor({ destination: seen }),
      address: mine.v4,
      label: `${shown} → ${own}`,
    },
    {
      ...common,
      kind: 'source',
      match: cubesFor({ source: mine }),
      address: seen.v4,
      label: `${own} → ${shown}`,
    },
  ]
}

/** What has none of its own leaves under one that is not known. */
export function sharedTranslation(blocks: readonly string[], line: number): Translation {
  return {
    kind: 'source',
    from: new Set(['network']),
    to: null,
    match: cubesFor({ source: addressesIn(blocks) }),
    address: null,
    port: null,
    first: line,
    last: line,
    label: 'outbound',
    isExact: false,
  }
}
