// What the program's exit code means.

import { isVigieError } from '../core/index.ts'
import type { ErrorCode } from '../core/index.ts'

export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  findings: 3,
  partial: 4,
  unreachable: 5,
  interrupted: 130,
} as const

const CODES: Readonly<Partial<Record<ErrorCode, number>>> = {
  STATION_UNREACHABLE: EXIT.unreachable,
  HUB_UNREACHABLE: EXIT.unreachable,
  ENGINE_UNREACHABLE: EXIT.unreachable,
  NOT_AUTHORISED: EXIT.unreachable,
  SETTING_INVALID: EXIT.usage,
  BAD_REQUEST: EXIT.usage,
  NOTHING_TO_READ: EXIT.usage,
  RULE_UNUSABLE: EXIT.usage,
  ZONES_REFUSED: EXIT.usage,
  SENSOR_CODE_INVALID: EXIT.usage,
  SENSOR_NOT_ENROLLED: EXIT.usage,
  SENSOR_CODE_REFUSED: EXIT.unreachable,
  STATION_NOT_TRUSTED: EXIT.unreachable,
}

export function exitCodeOf(thrown: unknown): number {
  return isVigieError(thrown) ? (CODES[thrown.code] ?? EXIT.failed) : EXIT.failed
}
