// The parts of a running station, as those who answer for it are given them.

import type { Core } from './app-core.ts'
import type { StationExposure } from './app-exposure.ts'
import type { Sensors } from './app-sensors.ts'
import { troubleSentence } from './collect/index.ts'
import type { Listeners, LiveSources } from './collect/index.ts'
import type { Clock, Settings } from './core/index.ts'
import type { History, Searches, Trials } from './detect/index.ts'
import type { Sessions } from './server/index.ts'

export type StationParts = {
  readonly core: Core
  readonly history: History
  readonly trials: Trials
  readonly searches: Searches
  readonly exposure: StationExposure
  readonly listeners: Listeners
  readonly sensors: Sensors
  readonly sessions: Sessions
  readonly settings: Settings
  readonly clock: Clock
  readonly onNote: (sentence: string) => void
}

/** What the running station knows of sources beside what is recorded. */
export function liveSources({ core, listeners }: StationParts): LiveSources {
  const { udp, flows } = listeners.counters()
  const { cloud } = listeners
  const dropped = (source: string) =>
    (udp.droppedFrom.get(source) ?? 0) + (flows.droppedFrom.get(source) ?? 0)
  const trouble = (source: string) => {
    const met = cloud.troubleOf(source)
    return met === undefined
      ? null
      : { en: troubleSentence(met, 'en'), fr: troubleSentence(met, 'fr') }
  }
  return {
    of: (source) => ({
      ...core.live.of(source),
      dropped: dropped(source),
      trouble: trouble(source),
    }),
    expected: cloud.sources(),
  }
}
