// An event's name in the address: its batch and its line in it.

import type { EventRow } from '../../api-types.ts'

export function eventKey({ batch = '', line = '' }: EventRow): string {
  return `${batch}:${line}`
}
