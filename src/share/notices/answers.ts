// Answers: from a member's station, by the code in a message, or written down after a call. Each is kept with who gave it, and one
// that comes twice counts once.

import { NOTICE_CHANNELS, NOTICE_STATES } from '../../model/index.ts'
import type { NoticeAnswer, NoticeChannel } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { codeHash } from './codes.ts'
import { afterAnswer } from './steps.ts'

export type Answering = {
  readonly notice: string
  /** The one it must be about; undefined for the hub's own people. */
  readonly organisation?: string
  readonly answer: NoticeAnswer
  readonly who: string
  readonly comment: string
  /** Of the answer itself, so that it counts once. */
  readonly ref?: string
  readonly channel?: NoticeChannel
  readonly nowMs: number
}

/** False when there is no such notice, or it is another's. */
export async function answerNotice(records: Records, answering: Answering): Promise<boolean> {
  const { notice, organisation, answer, who, comment, ref, nowMs } = answering
  return records.transaction().execute(async (step) => {
    const row = await step
      .selectFrom('notices')
      .selectAll()
      .where('id', '=', notice)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined || (organisation !== undefined && row.organisation !== organisation))
      return false
    const now = new Date(nowMs)
    const { numInsertedOrUpdatedRows } = await step
      .insertInto('notice_log')
      .values({
        notice,
        at: now,
        who: who.slice(0, 200),
        act: answer,
        detail: comment.slice(0, 1000),
        ref: ref ?? null,
      })
      .onConflict((conflict) => conflict.column('ref').doNothing())
      .executeTakeFirst()
    if ((numInsertedOrUpdatedRows ?? 0n) === 0n) return true
    const before = NOTICE_STATES.find((one) => one === row.state) ?? 'told'
    const after = afterAnswer(before, answer)
    await step
      .updateTable('notices')
      .set({
        state: after,
        is_unanswered: false,
        acknowledged: row.acknowledged ?? now,
        answered_by_channel:
          row.answered_by_channel ?? answering.channel ?? (await lastChannel(step, notice)),
        ...(after === 'fixed' ? { fixed: row.fixed ?? now } : {}),
        ...(after === 'closed' ? { closed: row.closed ?? now } : {}),
      })
      .where('id', '=', notice)
      .execute()
    if (answer === 'not ours') await doubt(step, row.organisation, notice)
    return true
  })
}

async function lastChannel(records: Records, notice: string): Promise<NoticeChannel | null> {
  const row = await records
    .selectFrom('notice_deliveries')
    .select('channel')
    .where('notice', '=', notice)
    .where('state', 'in', ['sent', 'called'])
    .orderBy('sent', 'desc')
    .limit(1)
    .executeTakeFirst()
  return NOTICE_CHANNELS.find((one) => one === row?.channel) ?? null
}

/** What is said not to be theirs goes to the hub's people: somebody holds it. */
async function doubt(records: Records, organisation: string, notice: string): Promise<void> {
  const seen = await records
    .selectFrom('notice_observations')
    .selectAll()
    .where('notice', '=', notice)
    .execute()
  if (seen.length === 0) return
  await records
    .insertInto('notice_unplaced')
    .values(
      seen.map((row) => ({
        id: row.id,
        reason: 'not theirs',
        organisations: JSON.stringify([organisation]),
        class: row.class,
        seen: '{}',
        what: row.what,
        about: row.about,
        detail: row.detail,
        count: BigInt(row.count),
        first_seen: row.first_seen,
        last_seen: row.last_seen,
        source: row.source,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ reason: 'not theirs', settled: null }),
    )
    .execute()
}

export type CodeState = 'open' | 'answered' | 'unknown'

/** What a code stands for. */
export async function findCode(
  records: Records,
  typed: string,
): Promise<{
  readonly state: CodeState
  readonly notice: string
  readonly contact: string
  readonly channel: string
}> {
  const row = await records
    .selectFrom('notice_deliveries as delivery')
    .innerJoin('notices as notice', 'notice.id', 'delivery.notice')
    .select(['notice.id', 'notice.state', 'delivery.contact', 'delivery.channel'])
    .where('delivery.code_hash', '=', codeHash(typed))
    .executeTakeFirst()
  if (row === undefined) return { state: 'unknown', notice: '', contact: '', channel: '' }
  const contact = row.contact
  const name =
    typeof contact === 'object' && contact !== null && 'name' in contact ? String(contact.name) : ''
  return {
    state: row.state === 'told' ? 'open' : 'answered',
    notice: row.id,
    contact: name,
    channel: row.channel,
  }
}

/** Answers by a code, once: what was answered stays. */
export async function answerByCode(
  records: Records,
  {
    code,
    answer,
    comment,
    nowMs,
  }: {
    readonly code: string
    readonly answer: NoticeAnswer
    readonly comment: string
    readonly nowMs: number
  },
): Promise<CodeState> {
  const found = await findCode(records, code)
  if (found.state !== 'open') return found.state
  const channel = NOTICE_CHANNELS.find((one) => one === found.channel)
  await answerNotice(records, {
    notice: found.notice,
    answer,
    who: found.contact,
    comment,
    ref: `code ${codeHash(code)}`,
    ...(channel === undefined ? {} : { channel }),
    nowMs,
  })
  return 'open'
}

/** After a call: reached and told, or not. */
export async function noteCall(
  records: Records,
  call: {
    readonly notice: string
    readonly reached: boolean
    readonly comment: string
    readonly who: string
    readonly nowMs: number
  },
): Promise<boolean> {
  const { notice, reached, comment, who, nowMs } = call
  const now = new Date(nowMs)
  return records.transaction().execute(async (step) => {
    const rows = await step
      .updateTable('notice_deliveries')
      .set(
        reached
          ? { state: 'called', sent: now }
          : { state: 'failed', problem: comment === '' ? 'not reached' : comment },
      )
      .where('notice', '=', notice)
      .where('state', '=', 'to call')
      .returning('id')
      .execute()
    if (rows.length === 0) return false
    if (reached)
      await step
        .updateTable('notices')
        .set({ told: now })
        .where('id', '=', notice)
        .where('told', 'is', null)
        .execute()
    await step
      .insertInto('notice_log')
      .values({
        notice,
        at: now,
        who,
        act: reached ? 'called' : 'not reached',
        detail: comment,
        ref: null,
      })
      .execute()
    return true
  })
}
