// What a running station does with its rules beside judging new lines.

import type { Clock, Settings } from '../../core/index.ts'
import { openHistory, watchRules } from '../../detect/index.ts'
import type { History, RuleWatch } from '../../detect/index.ts'
import { wordsOf } from '../../words/index.ts'
import { ruleFolders } from '../core.ts'
import type { Core } from '../core.ts'

/** More than this of new lines on disk, not yet rows, and rules over stored events wait. */
const BEHIND_BYTES = 64 * 1024 * 1024

/** New lines go before work over stored events. */
export function behind(core: Core): boolean {
  return core.wayIn.intake.waitingBytes > BEHIND_BYTES
}

export function historyOf(core: Core, clock: Clock): Promise<History> {
  return openHistory({
    store: core.store,
    shelf: core.detection.shelf,
    fields: core.fields,
    verbatim: core.verbatim,
    clock,
    isIntakeBehind: () => behind(core),
    onFed: async (feed) => {
      await core.correlations.fed(feed)
      await core.correlations.settle('so far')
    },
    onFound: () => core.live.alertsChanged(),
  })
}

type Watching = {
  readonly settings: Settings
  /** A sentence for the operator. */
  readonly onNote: (sentence: string) => void
  readonly onTrouble: (cause: unknown) => void
}

/** Rule files that are added, changed or removed take effect while the station runs. */
export function watchRulesOf(core: Core, { settings, onNote, onTrouble }: Watching): RuleWatch {
  const { detection, store, live } = core
  const { up } = wordsOf(settings.language).cli
  return watchRules({
    folders: ruleFolders(settings),
    known: () => detection.shelf.current.files,
    isOutOfDate: detection.isOutOfDate,
    reload: async (signal) => {
      const changes = await detection.reload(store.events.ask, signal)
      const { active, refused } = detection.counts()
      onNote(up.rulesRead(changes, active, refused))
      live.alertsChanged()
    },
    onTrouble,
  })
}
