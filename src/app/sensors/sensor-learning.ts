// What a sensor learns from its station: content in use, lines that go first, values that are told at once.

import { join } from 'node:path'
import { ContentStore, LineMarks, Sightings } from '../../collect/forward/index.ts'
import type { Identity, Uplink } from '../../collect/forward/index.ts'
import { dataFolders } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import type { SensorNote } from './sensor-notes.ts'

export type Learning = {
  readonly store: ContentStore
  readonly marks: LineMarks
  /** Called when content was taken into use. */
  readonly onChange: (changed: () => void) => void
  readonly stop: () => Promise<void>
}

export type LearningOptions = {
  readonly settings: Settings
  readonly clock: Clock
  readonly identity: Identity
  readonly uplink: Pick<Uplink, 'sight'>
  readonly onNote: (note: SensorNote) => void
}

/** Takes up what an earlier run learned. */
export function openLearning(options: LearningOptions): Learning {
  const { settings, clock, identity, uplink, onNote } = options
  const sightings = new Sightings({ send: (some) => uplink.sight(some) })
  const marks = new LineMarks({
    matchesIndicators: settings.matchIndicators === 'on',
    nowMs: clock.nowMs,
    onSighting: sightings.add,
  })
  let tell = () => {}
  let isOpen = false
  const store = new ContentStore({
    folder: join(dataFolders(settings.data).sensor, 'content'),
    authority: identity.authority,
    onContent: (content) => {
      marks.use(content)
      if (isOpen) onNote({ kind: 'content', made: new Date(content.version).toISOString() })
      tell()
    },
    onRefused: (problem) => onNote({ kind: 'content_refused', problem }),
  })
  store.open()
  isOpen = true
  return {
    store,
    marks,
    onChange: (changed) => {
      tell = changed
    },
    stop: () => sightings.stop(),
  }
}
