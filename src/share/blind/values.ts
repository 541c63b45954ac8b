// Values in the one spelling in which both sides must have them before they are blinded.

import type { BlindKind } from '../../model/index.ts'
import { networkOf } from '../pattern/network.ts'

export type BlindValue = { readonly kind: BlindKind; readonly value: string }

/** Kind and value as bytes; an address in any spelling is the same bytes. */
export function inputOf({ kind, value }: BlindValue): Buffer {
  const trimmed = value.trim()
  const spelled = kind === 'address' ? (networkOf(trimmed)?.low ?? trimmed) : trimmed
  const one = spelled.toLowerCase().replace(/\.$/, '')
  return Buffer.from(`${kind}\u0000${one}`, 'utf8')
}
