// What a station asks a hub blindly with, and how a question is put: whatever is wrong with the answer has a name.

import { BlindRefusedSchema } from '../../model/index.ts'
import type { BlindClass, BlindHit, BlindKind, BlindProblem } from '../../model/index.ts'
import type { EventEngine, Records, Sql } from '../../store/index.ts'
import type { HubLink } from '../member/hub-link.ts'
import { safeJson } from '../member/own-registration.ts'
import type { PeerRow } from '../peer/peers.ts'
import type { Crunch } from './crunch.ts'
import type { SeenOf } from './hits.ts'

type FreshAsk = {
  readonly class: BlindClass
  /** By when they were received. */
  readonly fromMs: number
  readonly toMs: number
  /** Values that are not wanted, one column. */
  readonly known: Sql
  readonly most: number
}

/** What a station has to ask with; filled by whoever wires the rooms. */
export type BlindStation = {
  readonly engine: EventEngine
  readonly crunch: Crunch
  /** Values of events that came from outside, each once. */
  readonly fresh: (
    ask: FreshAsk,
  ) => Promise<readonly { readonly kind: BlindKind; readonly value: string }[]>
  /** Too common to say anything: not asked about. */
  readonly isWarned: (kind: BlindKind, value: string) => boolean
  readonly seen: SeenOf
  /** Shown to people before anything else is done with it. */
  readonly onHits: (peer: string, hits: readonly BlindHit[]) => Promise<void>
}

export type Round = {
  readonly records: Records
  readonly station: BlindStation
  readonly peer: PeerRow
  readonly link: HubLink
  readonly nowMs: number
  readonly signal: AbortSignal
  /** Something waits to go to the hub. */
  readonly onTold: () => void
}

export class BlindTrouble extends Error {
  readonly code: BlindProblem
  constructor(code: BlindProblem, about = '') {
    super(about)
    this.code = code
  }
}

type Schema<T> = {
  readonly safeParse: (value: unknown) => {
    readonly success: boolean
    readonly data?: T | undefined
  }
}
/** A page of a list is 760 KB. */
const MOST_ANSWER = 2 * 1024 * 1024

/** Throws BlindTrouble. */
export async function said<T>(
  { link }: Round,
  path: string,
  { body, schema }: { readonly body: unknown; readonly schema: Schema<T> },
): Promise<T> {
  const response = await link.post(path, body).catch((cause: unknown) => {
    throw new BlindTrouble('unreachable', cause instanceof Error ? cause.message : String(cause))
  })
  const text = await response.text()
  const answer = text.length > MOST_ANSWER ? undefined : safeJson(text)
  const refused = BlindRefusedSchema.safeParse(answer)
  if (refused.success) throw new BlindTrouble(refused.data.refused)
  const read = schema.safeParse(answer)
  if (!response.ok || read.data === undefined)
    throw new BlindTrouble('not understood', String(response.status))
  return read.data
}
