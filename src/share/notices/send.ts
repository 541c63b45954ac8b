// Sends what waits. A message is taken before it is sent and said to be sent after: killed in between, it is sent again once its
// lease has run out, under the same message id, so that receivers who look at that see one. Trouble is tried again, then given up.

import { z } from 'zod'
import { MINUTE_MS, SECOND_MS, reasonOf } from '../../core/index.ts'
import { NoticeContactSchema } from '../../model/index.ts'
import type { Notice, NoticeContact } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { answerCode } from './codes.ts'
import { readNotice } from './notice-records.ts'

export type Message = {
  /** The same however often it is sent. */
  readonly id: string
  readonly contact: NoticeContact
  readonly target: string
  readonly code: string
  readonly notice: Notice
}
/** Throws what went wrong; `PermanentRefusal` where trying again is in vain. */
export type Sender = (message: Message) => Promise<void>
export class PermanentRefusal extends Error {}
export type Senders = Readonly<Record<'email' | 'webhook' | 'hub', Sender>>

export type Sending = {
  readonly records: Records
  readonly secret: string
  readonly senders: Senders
  readonly nowMs: () => number
}

/** Longer than any sender takes. */
const LEASE_MS = 2 * MINUTE_MS
const RETRY_MS = { first: 30 * SECOND_MS, most: 10 * MINUTE_MS }
const MOST_ATTEMPTS = 5
const MOST_A_ROUND = 50

/** How many went. */
export async function sendWaiting(sending: Sending): Promise<number> {
  let sent = 0
  for (let at = 0; at < MOST_A_ROUND; at += 1) {
    const row = await claim(sending.records, sending.nowMs())
    if (row === undefined) return sent
    if (await sendOne(sending, row)) sent += 1
  }
  return sent
}

/** Takes one, so that no other process of the hub takes it. */
async function claim(records: Records, nowMs: number) {
  return records.transaction().execute(async (step) => {
    const row = await step
      .selectFrom('notice_deliveries')
      .selectAll()
      .where('state', 'in', ['waiting', 'sending'])
      .where('channel', '!=', 'console')
      .where('next', '<=', new Date(nowMs))
      .orderBy('next')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (row === undefined) return undefined
    await step
      .updateTable('notice_deliveries')
      .set({ state: 'sending', attempts: row.attempts + 1, next: new Date(nowMs + LEASE_MS) })
      .where('id', '=', row.id)
      .execute()
    return { ...row, attempts: row.attempts + 1 }
  })
}

type Claimed = NonNullable<Awaited<ReturnType<typeof claim>>>
const SenderChannel = z.enum(['email', 'webhook', 'hub'])

async function sendOne(
  { records, secret, senders, nowMs }: Sending,
  row: Claimed,
): Promise<boolean> {
  const notice = await readNotice(records, row.notice)
  // Answered since: nobody is bothered any more.
  const isOpen = notice !== undefined && notice.state === 'told'
  if (!isOpen) {
    await settle(records, row, { state: 'failed', problem: 'answered before it was sent' })
    return false
  }
  const contact = NoticeContactSchema.parse(row.contact)
  const code = answerCode(secret, row.id)
  try {
    const send = senders[SenderChannel.parse(row.channel)]
    await send({ id: row.id, contact, target: row.target, code, notice })
  } catch (cause) {
    const isOver = cause instanceof PermanentRefusal || row.attempts >= MOST_ATTEMPTS
    const waitMs = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** (row.attempts - 1))
    await settle(records, row, {
      state: isOver ? 'failed' : 'waiting',
      problem: reasonOf(cause).slice(0, 300),
      ...(isOver ? {} : { next: new Date(nowMs() + waitMs) }),
    })
    return false
  }
  await noteSent(records, row, nowMs())
  return true
}

async function settle(
  records: Records,
  { id, attempts }: Claimed,
  set: { readonly state: string; readonly problem: string; readonly next?: Date },
): Promise<void> {
  await records
    .updateTable('notice_deliveries')
    .set(set)
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute()
}

/** The first that goes out is when the organisation was told. */
export async function noteSent(
  records: Records,
  { id, notice }: { readonly id: string; readonly notice: string },
  nowMs: number,
): Promise<void> {
  const now = new Date(nowMs)
  await records.transaction().execute(async (step) => {
    await step
      .updateTable('notice_deliveries')
      .set({ state: 'sent', sent: now, problem: null })
      .where('id', '=', id)
      .execute()
    await step
      .updateTable('notices')
      .set({ told: now })
      .where('id', '=', notice)
      .where('told', 'is', null)
      .execute()
  })
}
