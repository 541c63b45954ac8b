// Steps of the escalation ladder as rows: what can be sent is sent and tried again, a telephone call is a task with a name and a number.

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { VigieError } from '../../core/index.ts'
import type { Records } from '../../store/index.ts'
import type { Rung } from './clocks.ts'

export const CALL_CHANNELS = ['mail', 'webhook', 'call'] as const
export type CallChannel = (typeof CALL_CHANNELS)[number]

/** `613-555-0100, ann@town.example`: each way is a step of its own, at the same time. */
export function waysOf(how: string): readonly { channel: CallChannel; target: string }[] {
  return how
    .split(/[;,\n]|\s+(?=https?:\/\/)/u)
    .map((way) => way.trim())
    .filter((way) => way !== '')
    .map((target) => ({ channel: channelOf(target), target: target.replace(/^mailto:/iu, '') }))
}

function channelOf(target: string): CallChannel {
  if (/^https?:\/\/\S+$/iu.test(target)) return 'webhook'
  return /^(?:mailto:)?[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/iu.test(target) ? 'mail' : 'call'
}

export type NewCall = { readonly clock: string; readonly rung: Rung; readonly nowMs: number }

export async function addCalls(records: Records, { clock, rung, nowMs }: NewCall): Promise<void> {
  for (const { channel, target } of waysOf(rung.how))
    await records
      .insertInto('critical_calls')
      .values({
        id: randomUUID(),
        clock,
        who: rung.who,
        channel,
        target,
        due: new Date(nowMs),
        state: channel === 'call' ? 'open' : 'waiting',
        attempts: 0,
        next: new Date(nowMs),
        problem: null,
        ended: null,
        ended_by: null,
        note: null,
      })
      .execute()
}

export type ToSend = {
  readonly id: string
  readonly who: string
  readonly channel: 'mail' | 'webhook'
  readonly target: string
  readonly item: string
  readonly band: string
  readonly alert: string
  readonly title: { readonly en: string; readonly fr: string }
  readonly acknowledgeBy: string
}
type SendRow = Omit<ToSend, 'title' | 'acknowledgeBy'> & {
  title_en: string
  title_fr: string
  acknowledge_by: Date
}

const MOST_A_ROUND = 50
/** A process that died in between gives its messages back after this. */
const LEASE_MS = 120_000

/** Messages that are due. Each is taken before it is sent, so that two processes send it once. */
export async function takeDue(records: Records, nowMs: number): Promise<readonly ToSend[]> {
  const { rows } = await sql<SendRow>`
    UPDATE critical_calls c SET next = ${new Date(nowMs + LEASE_MS)}, attempts = c.attempts + 1
    FROM critical_clocks k JOIN critical_items i ON i.id = k.item LEFT JOIN alerts a ON a.id = k.alert
    WHERE k.id = c.clock AND c.id IN (SELECT id FROM critical_calls WHERE state = 'waiting' AND next <= ${new Date(nowMs)}
      ORDER BY due LIMIT ${MOST_A_ROUND} FOR UPDATE SKIP LOCKED)
    RETURNING c.id, c.who, c.channel, c.target, i.name AS item, k.band, k.alert, coalesce(a.title_en, '') AS title_en,
      coalesce(a.title_fr, '') AS title_fr, k.acknowledge_by`.execute(records)
  return rows.map(({ title_en, title_fr, acknowledge_by, ...row }) => ({
    ...row,
    title: { en: title_en, fr: title_fr },
    acknowledgeBy: acknowledge_by.toISOString(),
  }))
}

/** Escalation does not wait an hour: 30 s, 1, 2, 4 min; after that somebody has to call. */
const RETRY_MS = 30_000
const MOST_ATTEMPTS = 5

export async function noteSent(records: Records, id: string, nowMs: number): Promise<void> {
  await sql`UPDATE critical_calls SET state = 'sent', ended = ${new Date(nowMs)}, problem = NULL WHERE id = ${id} AND state = 'waiting'`.execute(
    records,
  )
}

/** What cannot be sent is a task for a person; gives whether it became one. */
export async function noteFailed(
  records: Records,
  {
    id,
    problem,
    isFinal,
    nowMs,
  }: {
    readonly id: string
    readonly problem: string
    readonly isFinal: boolean
    readonly nowMs: number
  },
): Promise<boolean> {
  const { rows } = await sql<{ state: string }>`
    UPDATE critical_calls SET problem = ${problem.slice(0, 500)},
      state = CASE WHEN ${isFinal} OR attempts >= ${MOST_ATTEMPTS} THEN 'failed' ELSE 'waiting' END,
      next = ${new Date(nowMs)}::timestamptz + (${RETRY_MS} * power(2, attempts - 1)) * interval '1 millisecond'
    WHERE id = ${id} AND state = 'waiting' RETURNING state`.execute(records)
  return rows[0]?.state === 'failed'
}

/** A person called, or reached them otherwise. Throws NOT_FOUND when there is no such task or it is done. */
export async function noteCalled(
  records: Records,
  id: string,
  { who, note, nowMs }: { readonly who: string; readonly note: string; readonly nowMs: number },
): Promise<void> {
  const done = await records
    .updateTable('critical_calls')
    .set({ state: 'done', ended: new Date(nowMs), ended_by: who, note })
    .where('id', '=', id)
    .where('state', 'in', ['open', 'failed'])
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw new VigieError('NOT_FOUND', { what: id })
}

/** Once somebody has the alert, nobody else is called. */
export async function dropNeedless(records: Records, nowMs: number): Promise<void> {
  await sql`UPDATE critical_calls c SET state = 'needless', ended = ${new Date(nowMs)} FROM critical_clocks k
    WHERE k.id = c.clock AND k.acknowledged IS NOT NULL AND c.state IN ('waiting', 'open', 'failed')`.execute(
    records,
  )
}
