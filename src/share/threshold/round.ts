// What a station reports with, and how a question is put: whatever is wrong with the answer has a name.

import { ThresholdProblemSchema, ThresholdRefusedSchema } from '../../model/index.ts'
import type { ThresholdProblem, ThresholdSaid } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import type { Crunch } from '../blind/crunch.ts'
import type { HubLink } from '../member/hub-link.ts'
import { safeJson } from '../member/own-registration.ts'
import type { PeerRow } from '../peer/peers.ts'

export type LoginsAsk = {
  /** By when they were received. */
  readonly fromMs: number
  readonly toMs: number
  readonly most: number
}

/** Filled by whoever wires the rooms. */
export type ThresholdStation = {
  readonly crunch: Crunch
  /** Outside addresses that logged in here with success, each once, always in one order. */
  readonly logins: (ask: LoginsAsk) => Promise<readonly ThresholdSaid[]>
  /** Too common to say anything, or this organisation's own: not asked about. */
  readonly isCommon: (address: string) => Promise<boolean>
  /** Opened at the hub: people are shown that it logged in elsewhere too. */
  readonly onOpened: (peer: string, said: readonly ThresholdSaid[], least: number) => Promise<void>
}

export type ThresholdRound = {
  readonly records: Records
  readonly station: ThresholdStation
  readonly peer: PeerRow
  readonly link: HubLink
  readonly nowMs: number
  readonly signal: AbortSignal
}

export class ThresholdTrouble extends Error {
  readonly code: ThresholdProblem
  constructor(code: ThresholdProblem, about = '') {
    super(about)
    this.code = code
  }
}

type Schema<T> = {
  readonly safeParse: (value: unknown) => { readonly data?: T | undefined }
}
const MOST_ANSWER = 256 * 1024

/** Throws ThresholdTrouble. */
export async function askThreshold<T>(
  link: HubLink,
  path: string,
  { body, schema }: { readonly body: unknown; readonly schema: Schema<T> },
): Promise<T> {
  const response = await link.post(path, body).catch((cause: unknown) => {
    const about = cause instanceof Error ? cause.message : String(cause)
    throw new ThresholdTrouble('unreachable', about)
  })
  const text = await response.text()
  const answer = text.length > MOST_ANSWER ? undefined : safeJson(text)
  const refused = ThresholdRefusedSchema.safeParse(answer)
  if (refused.success) throw new ThresholdTrouble(refused.data.refused)
  // A hub of before knows nothing of it.
  if (response.status === 404) throw new ThresholdTrouble('no terms')
  const read = schema.safeParse(answer)
  if (!response.ok || read.data === undefined)
    throw new ThresholdTrouble('not understood', String(response.status))
  return read.data
}

/** Says once what is wrong and since when; undefined when it is over. `peer`: the hub that is reported to. */
export async function noteThresholdProblem(
  records: Records,
  peer: string,
  trouble: { readonly code: ThresholdProblem; readonly about: string } | undefined,
  nowMs: number,
): Promise<void> {
  const row = await records
    .selectFrom('threshold_hubs')
    .select('problem')
    .where('peer', '=', peer)
    .executeTakeFirst()
  const before = ThresholdProblemSchema.safeParse(row?.problem).data
  if (before?.code === trouble?.code) return
  const problem =
    trouble === undefined
      ? null
      : JSON.stringify({
          code: trouble.code,
          about: trouble.about.slice(0, 300),
          since: new Date(nowMs).toISOString(),
        })
  await records.updateTable('threshold_hubs').set({ problem }).where('peer', '=', peer).execute()
}
