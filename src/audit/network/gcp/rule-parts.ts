// What rules of networks and of policies have in common: whom they are about, and protocols with their ports.

import { ANY_SERVICE, portList, protocolNumber } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import { textAt, textsAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'

export type Role = {
  readonly tags: readonly string[]
  readonly accounts: readonly string[]
}

const PORTED = new Set([6, 17, 132])

export function serviceOf(entry: Json, key = 'IPProtocol'): readonly Service[] | undefined {
  const name = textAt(entry, key) ?? ''
  if (name === 'all') return [ANY_SERVICE]
  const number = name === 'ipip' ? 94 : protocolNumber(name)
  const texts = textsAt(entry, 'ports')
  const ports = texts.length === 0 ? null : portList(texts.join())
  if (number === undefined || ports === undefined) return undefined
  return [
    {
      protocols: [number, number],
      destination: PORTED.has(number) ? ports : null,
      source: null,
    },
  ]
}
