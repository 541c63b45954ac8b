// The parts of a running station, as those who answer for it are given them.

import { queueTroubleSentence, troubleSentence } from '../collect/index.ts'
import type { Listeners, LiveSources } from '../collect/index.ts'
import type { Clock, Settings } from '../core/index.ts'
import type { History, Searches, Trials } from '../detect/index.ts'
import type { Evidence } from '../evidence/index.ts'
import type { Sessions } from '../server/index.ts'
import type { Tools } from '../tools/index.ts'
import type { Core } from './core.ts'
import type { StationDevices } from './devices/devices.ts'
import type { ExerciseRoom } from './exercise/room.ts'
import type { StationExposure } from './exposure/exposure.ts'
import type { StationNetworks } from './networks.ts'
import type { Sensors } from './sensors/sensors.ts'
import type { Sharing } from './sharing/parts.ts'

export type StationParts = {
  readonly core: Core
  readonly history: History
  readonly trials: Trials
  readonly searches: Searches
  readonly evidence: Evidence
  readonly devices: StationDevices
  readonly exercise: ExerciseRoom
  readonly exposure: StationExposure
  readonly sharing: Sharing
  readonly networks: StationNetworks
  readonly tools: Tools
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
  const { cloud, queues } = listeners
  const dropped = (source: string) =>
    (udp.droppedFrom.get(source) ?? 0) + (flows.droppedFrom.get(source) ?? 0)
  const trouble = (source: string) => {
    const met = cloud.troubleOf(source)
    if (met !== undefined) return { en: troubleSentence(met, 'en'), fr: troubleSentence(met, 'fr') }
    const queue = queues.troubleOf(source)
    if (queue === undefined) return null
    return { en: queueTroubleSentence(queue, 'en'), fr: queueTroubleSentence(queue, 'fr') }
  }
  return {
    of: (source) => ({
      ...core.live.of(source),
      dropped: dropped(source),
      trouble: trouble(source),
    }),
    expected: [...cloud.sources(), ...queues.sources()],
  }
}
