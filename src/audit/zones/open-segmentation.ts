// A station's segmentation, as the rest of the station asks for it.

import { setImmediate } from 'node:timers/promises'
import { VigieError } from '../../core/index.ts'
import type {
  SegmentFlows,
  SegmentPair,
  Segmentation,
  ZonesFile,
  ZonesKeep,
} from '../../model/index.ts'
import { wordsOf, zonesProblems } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
import type { ReadWith } from '../read-config.ts'
import { proposalText, proposeZones } from '../segmentation/proposal.ts'
import { readZones } from '../segmentation/zones-file.ts'
import { gather, inputsOf } from './gather-network.ts'
import { devicesOf, readGiven } from './given-network.ts'
import type { Given } from './given-network.ts'
import { newestRound } from './keep-round.ts'
import { keepZones, zonesOf, zonesThatStand, zonesVersions } from './keep-zones.ts'
import { lookAround } from './rounds.ts'
import type { RoundsParts } from './rounds.ts'
import { flowsOf, pairOf, viewOf } from './segment-view.ts'
import { entriesOf, entriesProposed, textOfEntries } from './zone-entries.ts'

export type SegmentationParts = RoundsParts & {
  readonly tools: () => ReadWith
}

export type StationSegmentation = {
  readonly view: () => Promise<Segmentation>
  /** Throws NOT_FOUND. */
  readonly pair: (from: string, to: string) => Promise<SegmentPair>
  readonly flows: () => Promise<SegmentFlows>
  /** The file that stands, or an earlier one. Throws NOT_FOUND. */
  readonly zones: (version?: number) => Promise<ZonesFile>
  /** From the devices that the station holds. */
  readonly proposal: (language: Language) => Promise<ZonesFile>
  /** Throws ZONES_REFUSED, ZONES_MOVED, BAD_REQUEST. */
  readonly keep: (ask: ZonesKeep, who: string) => Promise<ZonesFile>
  /** Judges where something changed; says whether it did. */
  readonly look: (signal?: AbortSignal) => Promise<boolean>
}

export function openSegmentation(parts: SegmentationParts): StationSegmentation {
  const { records, clock } = parts
  const standing = async () => {
    const zones = await zonesThatStand(records)
    const round = await newestRound(records)
    return { zones, round, nowMs: clock.nowMs() }
  }
  const zones = async (version?: number): Promise<ZonesFile> => {
    const kept =
      version === undefined ? await zonesThatStand(records) : await zonesOf(records, version)
    if (kept === null) throw new VigieError('NOT_FOUND', { what: 'zones' })
    const { text, ...stands } = kept
    const read = readZones(text)
    const { zones: own, conduits } = read.ok ? entriesOf(read.file) : { zones: [], conduits: [] }
    const versions = await zonesVersions(records)
    return { stands, text, zones: [...own], conduits: [...conduits], versions }
  }
  return {
    zones,
    view: async () => {
      const now = await standing()
      const { inputs, versions } = await inputsOf(records, now.zones?.version ?? 0)
      return viewOf({ ...now, devices: versions, inputs })
    },
    pair: async (from, to) => pairOf(await standing(), from, to),
    flows: async () => flowsOf(await standing()),
    proposal: (language) => propose(parts, language),
    keep: async ({ text, plan, from, note = '' }, who) => {
      const own = text ?? (plan === undefined ? undefined : textOfEntries(plan))
      if (own === undefined)
        throw new VigieError('BAD_REQUEST', { met: '{}', expected: '{ text } | { plan }' })
      const read = readZones(own)
      if (!read.ok)
        throw new VigieError('ZONES_REFUSED', { file: '', ...zonesProblems(read.problems) })
      await keepZones(records, { text: own, note, from }, { who, nowMs: clock.nowMs() })
      return zones()
    },
    look: (signal) => lookAround(parts, signal),
  }
}

async function propose(
  { records, clock, tools }: SegmentationParts,
  language: Language,
): Promise<ZonesFile> {
  const { versions } = await inputsOf(records, 0)
  const { devices } = await gather(records, versions, clock.nowMs())
  const read: Given[] = []
  for (const one of devices) {
    read.push(readGiven(one, tools()))
    // Others are answered in between.
    await setImmediate()
  }
  const found = proposeZones(devicesOf(read))
  const { zones } = entriesProposed(found)
  return {
    stands: null,
    text: proposalText(found, wordsOf(language).segment.proposal),
    zones: [...zones],
    conduits: [],
    versions: await zonesVersions(records),
  }
}
