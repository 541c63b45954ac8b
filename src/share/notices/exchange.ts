// What a member and its hub say to one another about notices, over the link they have: the member its registration, its answers;
// the hub what it has to tell this member, and nothing of another.

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson, nameBasedUuid } from '../../core/index.ts'
import { NoticeExchangeSchema, NoticeUpSchema, RegistrationSchema } from '../../model/index.ts'
import type { Notice } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { agreementsWith } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { answerNotice } from './answers.ts'
import { idOf } from './happening.ts'
import { noticesFor } from './notice-records.ts'
import { enterOrganisation } from './organisations.ts'
import { place } from './place.ts'
import { noteSent } from './send.ts'
import { placeAgain } from './unplaced.ts'

export const NOTICE_PATHS = {
  exchange: '/vigie/notices',
  register: '/vigie/registration',
  up: '/vigie/notices/up',
} as const
/** Of one request: 2,000 holdings are well within. */
export const MOST_NOTICE_BYTES = 1024 * 1024

export type NoticeAnswerAtHub = { readonly status: number; readonly body: unknown }
type At = { readonly records: Records; readonly row: PeerRow; readonly nowMs: number }

/** Undefined for a path that is not of notices. Everything is about the member whose key is on the line. */
export async function answerNoticeAtHub(
  at: At,
  path: string,
  body: unknown,
): Promise<NoticeAnswerAtHub | undefined> {
  if (path === NOTICE_PATHS.exchange) return exchange(at, body)
  if (path === NOTICE_PATHS.register) return register(at, body)
  return path === NOTICE_PATHS.up ? takeUp(at, body) : undefined
}

const bad = (reason: string): NoticeAnswerAtHub => ({ status: 422, body: { reason } })

async function exchange({ records, row, nowMs }: At, body: unknown): Promise<NoticeAnswerAtHub> {
  const asked = NoticeExchangeSchema.safeParse(body)
  if (!asked.success) return bad(z.prettifyError(asked.error).slice(0, 500))
  const organisation = row.identity ?? ''
  const taken: number[] = []
  const refused: { seq: number; reason: string }[] = []
  for (const { seq, notice, answer, by, comment } of asked.data.answers) {
    const isTaken = await answerNotice(records, {
      notice,
      organisation,
      answer,
      who: by,
      comment,
      ref: `member ${idOf([organisation, String(seq), notice, answer])}`,
      channel: 'console',
      nowMs,
    })
    if (isTaken) taken.push(seq)
    else refused.push({ seq, reason: 'no such notice' })
  }
  const notices = await noticesFor(records, organisation, nowMs)
  await noteConsole(records, organisation, nowMs)
  const digest = digestOfNotices(notices)
  const isKnown = digest === asked.data.known
  return { status: 200, body: { digest, taken, refused, ...(isKnown ? {} : { notices }) } }
}

export function digestOfNotices(notices: readonly Notice[]): string {
  return createHash('sha256').update(canonicalJson(notices)).digest('hex')
}

/** Its console has it from now on. */
async function noteConsole(records: Records, organisation: string, nowMs: number): Promise<void> {
  const rows = await records
    .selectFrom('notice_deliveries as delivery')
    .innerJoin('notices as notice', 'notice.id', 'delivery.notice')
    .select(['delivery.id', 'delivery.notice'])
    .where('notice.organisation', '=', organisation)
    .where('delivery.channel', '=', 'console')
    .where('delivery.state', '=', 'waiting')
    .execute()
  for (const one of rows) await noteSent(records, one, nowMs)
}

async function register({ records, row, nowMs }: At, body: unknown): Promise<NoticeAnswerAtHub> {
  const read = RegistrationSchema.safeParse(body)
  if (!read.success) return bad(z.prettifyError(read.error).slice(0, 500))
  await enterOrganisation(records, {
    id: row.identity ?? '',
    registration: read.data,
    source: 'member',
    who: row.name,
    nowMs,
  })
  await placeAgain(records, nowMs)
  return { status: 200, body: {} }
}

/** The space in which organisations of hubs below have their ids. */
const BELOW = 'c0f2c0b5-6a1e-4a55-9f0b-2d1c6c1d7e31'

/** A hub below could not reach an organisation: its people ask ours. It comes with whom to call. */
async function takeUp({ records, row, nowMs }: At, body: unknown): Promise<NoticeAnswerAtHub> {
  const read = NoticeUpSchema.safeParse(body)
  if (!read.success) return bad(z.prettifyError(read.error).slice(0, 500))
  const latest = (await agreementsWith(records, row.name)).at(-1)?.agreement
  if (latest?.down.onward !== true)
    return { status: 403, body: { reason: 'only a hub passes notices on' } }
  const { notice, organisation } = read.data
  // Below this hub's name: nobody takes the place of an organisation that is registered here.
  const id = `organisation--${nameBasedUuid(BELOW, `${row.identity ?? ''}\n${organisation.name}`)}`
  await enterOrganisation(records, {
    id,
    registration: {
      ...organisation,
      mayGoUp: false,
      holdings: [],
      // People here call: another's word is no ground to write to anybody.
      contacts: organisation.contacts.map((contact) => ({ ...contact, email: '', webhook: '' })),
    },
    source: 'operator',
    who: row.name,
    nowMs,
  })
  await place(
    records,
    notice.observations.map((seen) => ({
      seen: {},
      organisation: id,
      class: notice.class,
      what: seen.what,
      about: seen.about,
      detail: seen.detail,
      count: seen.count,
      firstMs: Date.parse(seen.first),
      lastMs: Math.min(Date.parse(seen.last), nowMs),
      source: row.name,
    })),
    { nowMs, addsUp: false },
  )
  return { status: 200, body: {} }
}
