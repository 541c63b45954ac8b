// What the program's exit code means.

import { isVigieError } from '../core/index.ts'

export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  findings: 3,
  partial: 4,
  unreachable: 5,
  interrupted: 130,
} as const

export function exitCodeOf(thrown: unknown): number {
  if (!isVigieError(thrown)) return EXIT.failed
  switch (thrown.code) {
    case 'STATION_UNREACHABLE':
    case 'ENGINE_UNREACHABLE':
    case 'NOT_AUTHORISED':
      return EXIT.unreachable
    case 'SETTING_INVALID':
    case 'BAD_REQUEST':
    case 'NOTHING_TO_READ':
      return EXIT.usage
    default:
      return EXIT.failed
  }
}
