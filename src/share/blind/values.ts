// Values in the one spelling in which both sides must have them before they are blinded.

import { IndicatorKindSchema } from '../../model/index.ts'
import type { IndicatorKind } from '../../model/index.ts'
import { networkOf } from '../pattern/network.ts'

export type BlindValue = { readonly kind: IndicatorKind; readonly value: string }

const LOWER: ReadonlySet<IndicatorKind> = new Set([
  'domain',
  'hash',
  'email',
  'fingerprint',
  'certificate',
])

/** Kind and value as bytes; an address in any spelling is the same bytes. */
export function blindInput({ kind, value }: BlindValue): Buffer {
  const trimmed = value.trim()
  const spelled = kind === 'address' ? (networkOf(trimmed)?.low ?? trimmed) : trimmed
  const one = LOWER.has(kind) ? spelled.toLowerCase().replace(/\.$/, '') : spelled
  return Buffer.from(`${IndicatorKindSchema.parse(kind)}\u0000${one}`, 'utf8')
}
