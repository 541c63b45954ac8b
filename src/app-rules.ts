// What a running station does with its rules beside judging new lines.

import type { Core } from './app-core.ts'
import type { Clock } from './core/index.ts'
import { openHistory } from './detect/index.ts'
import type { History } from './detect/index.ts'

/** More than this of new lines on disk, not yet rows, and rules over stored events wait. */
const BEHIND_BYTES = 64 * 1024 * 1024

export function historyOf(core: Core, clock: Clock): Promise<History> {
  return openHistory({
    store: core.store,
    shelf: core.detection.shelf,
    fields: core.fields,
    clock,
    isIntakeBehind: () => core.wayIn.intake.waitingBytes > BEHIND_BYTES,
    onFound: () => core.live.alertsChanged(),
  })
}
