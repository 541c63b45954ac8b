// What hubs tell this organisation, and what its people answer. An answer is kept here until the hub has it.

import { NoticeExchangedSchema, NoticeSchema, ToldNoticeSchema } from '../../model/index.ts'
import type { Notice, NoticeAnswerAsk, ToldNotice } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { NOTICE_PATHS } from '../notices/exchange.ts'
import type { HubLink } from './hub-link.ts'
import { safeJson } from './own-registration.ts'

const MOST_ANSWERS = 200
/** Of one answer: 500 notices with 100 lines each are well within. */
const MOST_TEXT = 32 * 1024 * 1024
const MOST_SHOWN = 500

type Exchanging = {
  readonly peer: string
  readonly link: HubLink
  /** Digest of what was heard last. */
  readonly known: string
  readonly nowMs: number
}

/** One question: our answers go, what is told comes. The digest of it; undefined where the hub does not answer so. */
export async function exchangeNotices(
  records: Records,
  { peer, link, known, nowMs }: Exchanging,
): Promise<string | undefined> {
  const answers = await records
    .selectFrom('notice_answers')
    .selectAll()
    .where('peer', '=', peer)
    .where('sent', 'is', null)
    .orderBy('seq')
    .limit(MOST_ANSWERS)
    .execute()
  const response = await link.post(NOTICE_PATHS.exchange, {
    known,
    answers: answers.map(({ seq, notice, answer, by_whom: by, at, comment }) => ({
      seq: Number(seq),
      notice,
      answer,
      by,
      at: at.toISOString(),
      comment,
    })),
  })
  const text = await response.text()
  if (text.length > MOST_TEXT) return undefined
  const said = NoticeExchangedSchema.safeParse(safeJson(text))
  // Its other troubles are told by the one who listens.
  if (!response.ok || !said.success) return undefined
  await keep(records, { peer, notices: said.data.notices, nowMs })
  const refused = new Map(said.data.refused.map(({ seq, reason }) => [seq, reason]))
  for (const { seq } of answers) {
    const reason = refused.get(Number(seq))
    if (reason === undefined && !said.data.taken.includes(Number(seq))) continue
    await records
      .updateTable('notice_answers')
      .set({ sent: new Date(nowMs), problem: reason ?? null })
      .where('seq', '=', seq)
      .execute()
  }
  return said.data.digest
}

type Keeping = {
  readonly peer: string
  readonly notices: readonly Notice[] | undefined
  readonly nowMs: number
}

/** What the hub no longer tells of stays as it was told last. */
async function keep(records: Records, { peer, notices, nowMs }: Keeping): Promise<void> {
  for (const notice of notices ?? []) {
    const body = JSON.stringify(notice)
    await records
      .insertInto('notices_told')
      .values({ peer, id: notice.id, body, received: new Date(nowMs) })
      .onConflict((conflict) => conflict.columns(['peer', 'id']).doUpdateSet({ body }))
      .execute()
  }
}

/** What waits for an answer first. */
export async function listTold(records: Records): Promise<readonly ToldNotice[]> {
  const rows = await records
    .selectFrom('notices_told')
    .selectAll()
    .orderBy('received', 'desc')
    .limit(MOST_SHOWN)
    .execute()
  const answers = await records.selectFrom('notice_answers').selectAll().orderBy('seq').execute()
  const told = rows.map((row) =>
    ToldNoticeSchema.parse({
      ...NoticeSchema.parse(row.body),
      peer: row.peer,
      received: row.received.toISOString(),
      answers: answers
        .filter(({ peer, notice }) => peer === row.peer && notice === row.id)
        .map(({ answer, by_whom: by, at, comment, sent }) => ({
          answer,
          by,
          at: at.toISOString(),
          comment,
          sent: sent?.toISOString() ?? null,
        })),
    }),
  )
  const rank = ({ state, answers: given }: ToldNotice) =>
    state === 'told' && given.length === 0 ? 0 : 1
  return told.toSorted((one, other) => rank(one) - rank(other))
}

/** False when no hub told of it. */
export async function answerTold(
  records: Records,
  id: string,
  {
    ask,
    who,
    nowMs,
  }: { readonly ask: NoticeAnswerAsk; readonly who: string; readonly nowMs: number },
): Promise<boolean> {
  const rows = await records
    .selectFrom('notices_told')
    .select('peer')
    .where('id', '=', id)
    .execute()
  if (rows.length === 0) return false
  await records
    .insertInto('notice_answers')
    .values(
      rows.map(({ peer }) => ({
        peer,
        notice: id,
        answer: ask.answer,
        by_whom: ask.by ?? who,
        comment: ask.comment,
        at: new Date(nowMs),
        problem: null,
      })),
    )
    .execute()
  return true
}
