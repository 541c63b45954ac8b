// A range as one line of a pack: positions in hexadecimal, number, kind, country, name, between tabs.

import { NetworkKindSchema } from '../model/index.ts'
import { MOST_ORGANISATION } from './network-range.ts'
import type { NetworkRange } from './network-range.ts'

export function lineOf({ first, last, asn, kind, country, organisation }: NetworkRange): string {
  return `${first.toString(16)}\t${last.toString(16)}\t${asn}\t${kind}\t${country}\t${organisation}\n`
}

/** Undefined for what is no range. */
export function rangeOf(line: string): NetworkRange | undefined {
  const [from = '', to = '', number = '', kindText = '', country = '', organisation = '', ...more] =
    line.split('\t')
  if (!/^[0-9a-f]{1,16}$/.test(from) || !/^[0-9a-f]{1,16}$/.test(to)) return undefined
  if (!/^\d{1,10}$/.test(number) || !/^(?:[A-Z]{2})?$/.test(country) || more.length > 0)
    return undefined
  const kind = kindText === '' ? '' : NetworkKindSchema.safeParse(kindText).data
  const [first, last, asn] = [BigInt(`0x${from}`), BigInt(`0x${to}`), Number(number)]
  if (kind === undefined || first > last || asn > 4_294_967_295) return undefined
  if (organisation.length > MOST_ORGANISATION) return undefined
  return { first, last, asn, kind, country, organisation }
}
