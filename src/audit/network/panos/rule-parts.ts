// What rules of PAN-OS have in common: two sides and services.

import { ANY_ADDRESS } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { ANY_SERVICE } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import { addressesBehind, servicesBehind } from '../named-objects.ts'
import { valueAt, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'
import type { panosAddresses, panosServices } from './objects.ts'
import type { Zones } from './zones.ts'

export type PanosContext = {
  readonly root: Twig
  readonly zones: Zones
  readonly addresses: ReturnType<typeof panosAddresses>
  readonly services: ReturnType<typeof panosServices>
}

export function sideOf(rule: Twig, side: 'source' | 'destination', { addresses }: PanosContext) {
  const names = valuesAt(rule, side)
  if (names.length === 0 || names.includes('any'))
    return { addresses: ANY_ADDRESS, conditions: [], unread: [] }
  const found: { addresses: Addresses; conditions: readonly string[]; unread: readonly string[] } =
    addressesBehind(names, addresses, ANY_ADDRESS)
  const isOther = valueAt(rule, `negate-${side}`) === 'yes'
  return isOther ? { ...found, unread: [...found.unread, `negate-${side}`] } : found
}

/** The ports an application uses by default are the vendor's knowledge, not the configuration's. */
export function servicesOf(rule: Twig, { services }: PanosContext) {
  const names = valuesAt(rule, 'service')
  const any: readonly Service[] = [ANY_SERVICE]
  if (names.length === 0 || names.includes('any'))
    return { services: any, conditions: [], unread: [] }
  if (names.includes('application-default'))
    return { services: any, conditions: ['application-default'], unread: [] }
  return servicesBehind(names, services)
}
