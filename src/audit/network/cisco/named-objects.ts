// What names stand for in rules of Cisco.

import type { Addresses } from '../../packets/addresses.ts'
import type { Ranges } from '../../packets/ranges.ts'
import type { Service } from '../../packets/services.ts'

/** `undefined` for a name whose meaning is not understood. */
export type Objects = {
  readonly addresses: (name: string) => Addresses | undefined
  readonly services: (name: string) => readonly Service[] | undefined
  readonly ports: (name: string) => Ranges | undefined
  readonly masks: 'mask' | 'wildcard'
}
