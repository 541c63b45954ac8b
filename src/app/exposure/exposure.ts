// A station's exposure: scans and knowledge that people bring, and devices that the event store sees by itself.

import type { Clock } from '../../core/index.ts'
import { HOUR_MS } from '../../core/index.ts'
import type { Evidence } from '../../evidence/index.ts'
import { openExposure, spreadsheetOf } from '../../exposure/index.ts'
import type { ExposureRoom } from '../../exposure/index.ts'
import type { Station } from '../../server/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
import type { Core } from '../core.ts'
import { tellExploited } from './alerts.ts'
import { triageCases } from './triage.ts'

export type StationExposure = {
  readonly room: ExposureRoom
  readonly close: () => Promise<void>
}

type ExposureOptions = {
  readonly core: Core
  readonly evidence: Pick<Evidence, 'note' | 'noted'>
  readonly clock: Clock
  readonly language: Language
  readonly onNote: (sentence: string) => void
  readonly onTrouble: (cause: unknown) => void
}

const FIRST_LOOK_MS = 60_000
/** A configuration that came is an asset with its version soon after; most looks find nothing. */
const CONFIGURATIONS_MS = 20_000

/** Devices that send logs become assets, a minute after the start and every hour; those whose configurations come, at once. */
export function startExposure({
  core,
  evidence,
  clock,
  language,
  onNote,
  onTrouble,
}: ExposureOptions): StationExposure {
  const say = wordsOf(language).exposure
  const triage = triageCases({ records: core.store.records, evidence, clock, language })
  let logging: Promise<unknown> = Promise.resolve()
  const room = openExposure({
    store: core.store,
    clock,
    onTriage: (needed) => {
      if (needed.length === 0) return
      const log = async () => onNote(say.triageNeeded(needed.length, await triage.log()))
      logging = logging.then(log).catch(onTrouble)
    },
    onTriageAsked: triage.ask,
    onUrgent: async (transaction, exposures) => {
      await tellExploited(transaction, exposures, clock.nowMs())
      core.live.alertsChanged()
    },
  })
  let running: Promise<unknown> = Promise.resolve()
  const after = (work: () => Promise<unknown>) => () => {
    running = running.then(work).catch(onTrouble)
  }
  const timers = [
    setTimeout(after(room.learnFromEvents), FIRST_LOOK_MS),
    setInterval(after(room.learnFromEvents), HOUR_MS),
    setInterval(after(room.learnFromConfigurations), CONFIGURATIONS_MS),
  ]
  for (const timer of timers) timer.unref()
  return {
    room,
    close: async () => {
      for (const timer of timers) clearTimeout(timer)
      await running
      await logging
    },
  }
}

export function exposureOf({ room }: StationExposure): Station['exposure'] {
  return {
    advisories: room.advisories,
    exposures: room.exposures,
    patches: room.patches,
    facets: room.facets,
    spreadsheet: async (ask, language) => spreadsheetOf(await room.rows(ask), language),
    assets: room.assets,
    asset: room.asset,
    changeAsset: room.changeAsset,
    merge: room.merge,
    unmerge: room.unmerge,
    except: room.except,
    revoke: room.revoke,
    feeds: room.feeds,
    importScan: room.importScan,
    loadKnowledge: async (bytes, file, who) => ({
      loaded: [...(await room.loadKnowledge(bytes, file, who))],
    }),
  }
}
