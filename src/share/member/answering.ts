// What answering a hub needs.

import type { Selectable } from 'kysely'
import type { Records, ShareReceivedTable } from '../../store/index.ts'
import type { ContentDesk } from '../content/content-desk.ts'
import type { PeerRow } from '../peer/peers.ts'
import type { JsonObject } from '../stix/problem.ts'
import type { Sightings } from './sightings.ts'

export type Answering = {
  readonly records: Records
  readonly watch: Watch
  /** Undefined where nothing of the kind is put to use. */
  readonly desk?: ContentDesk | undefined
  readonly peer: PeerRow
  readonly nowMs: number
}

export type Row = Selectable<ShareReceivedTable>

/** What a station can do with indicators; filled by whoever wires the rooms. */
export type Watch = {
  /** Takes them into what is looked for, in place of their former versions, and searches stored events. Again is no error. */
  readonly take: (
    peer: string,
    indicators: readonly JsonObject[],
  ) => Promise<{
    readonly search: string | null
    /** Those that were asked of stored events already, as their patterns say more than a list can hold; what of them was met. */
    readonly hunted: ReadonlyMap<string, Sightings | undefined>
    /** Why an indicator cannot be looked for, by its id. */
    readonly unwatched: ReadonlyMap<string, string>
  }>
  readonly searchState: (search: string) => Promise<'running' | 'done' | 'failed'>
  /** What of them was met, by id; those that were not are absent. A reason where one is not looked for after all. */
  readonly met: (
    peer: string,
    indicators: readonly JsonObject[] | 'all',
  ) => Promise<{
    readonly sightings: ReadonlyMap<string, Sightings>
    readonly unwatched: ReadonlyMap<string, string>
  }>
  /** From when to when events are stored; undefined without any. */
  readonly span: () => Promise<{ readonly fromMs: number; readonly toMs: number } | undefined>
}
