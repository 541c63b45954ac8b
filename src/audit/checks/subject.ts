// What checks are run over: a configuration, and what it was before.

import type { DeviceAudit } from '../../model/index.ts'
import type { Change } from '../diff/compare.ts'
import type { ConfigView } from '../diff/view-node.ts'

export type Subject = {
  readonly dialect: string
  readonly after: ConfigView
  /** As the text says it. */
  readonly version?: string | null
  readonly signs?: DeviceAudit['signs']
  readonly firmware?: DeviceAudit['firmware']
  /** Empty: nobody was named. */
  readonly operators?: readonly string[]
  /** Absent where the device is new: then only its state is judged. */
  readonly compared?: {
    readonly before: ConfigView
    readonly changes: readonly Change[]
    readonly version?: string | null
    readonly firmware?: DeviceAudit['firmware']
  }
}
