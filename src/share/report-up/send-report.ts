// A station sends an approved report to a hub: by a named person's act, for that one text, as far as policy and agreement let it. What
// the hub answers is kept.

import { z } from 'zod'
import { SECOND_MS, VigieError } from '../../core/index.ts'
import { ReportTakenUpSchema, ReportUpSchema, ReportsTakenUpSchema } from '../../model/index.ts'
import type { ReportHub, ReportTakenUp, ReportUp } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { HubLink } from '../member/hub-link.ts'
import { judgeUp } from '../member/outbox.ts'
import { safeJson } from '../member/own-registration.ts'
import { consentToHub } from '../peer/consent-to-hub.ts'
import { findPeer, listPeers } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { kindOfReport, reportItem } from './report-marking.ts'
import { REPORT_PATHS } from './reports-at-hub.ts'

const CONSENT_DAYS = 30

export type SendReport = {
  readonly peer: string
  readonly case: number
  readonly report: ReportUp
}
type Act = { readonly who: string; readonly nowMs: number }

/** Puts it out. Again is no error. Throws BAD_REQUEST for what is no joined hub, and with why policy does not let it leave. */
export async function sendReport(
  records: Records,
  { peer, case: number, report }: SendReport,
  { who, nowMs }: Act,
): Promise<void> {
  const row = await findPeer(records, peer)
  if (row?.role !== 'hub' || row.state !== 'joined')
    throw new VigieError('BAD_REQUEST', { met: peer, expected: wordsOf('en').blind.expectedHub })
  const { digest } = report
  const consent = { peer, kind: kindOfReport(digest), days: CONSENT_DAYS }
  await consentToHub(records, { ...consent, isGiven: true }, { who, nowMs })
  const reasons = await reasonsAgainst(records, row, { report, nowMs })
  if (reasons !== undefined) {
    await consentToHub(records, { ...consent, isGiven: false }, { who, nowMs })
    throw new VigieError('BAD_REQUEST', { met: reasons, expected: wordsOf('en').reportUp.expected })
  }
  const again = { state: 'ready', reason: '', sent_by: who, made: new Date(nowMs) }
  await records
    .insertInto('reports_up')
    .values({ peer, digest, case: number, body: JSON.stringify(report), ...again })
    .onConflict((conflict) =>
      conflict
        .columns(['peer', 'digest'])
        .doUpdateSet(again)
        .where('reports_up.state', '=', 'refused'),
    )
    .execute()
}

type Judged = { readonly report: ReportUp; readonly nowMs: number }

async function reasonsAgainst(
  records: Records,
  peer: PeerRow,
  { report: { report, digest }, nowMs }: Judged,
): Promise<string | undefined> {
  const judge = await judgeUp(records, peer, nowMs)
  const { verdict, reasons } = judge.decide(reportItem(report, digest))
  return verdict === 'send'
    ? undefined
    : reasons.map(({ rule, about }) => `${rule} (${about})`).join(', ')
}

export type TellReports = {
  readonly peer: PeerRow
  readonly link: HubLink
  readonly nowMs: number
  /** The hub took it: the case says so from now on. Again is no error. */
  readonly onTaken: (
    number: number,
    taken: { readonly peer: string; readonly reference: string; readonly who: string },
  ) => Promise<void>
}

const MOST_ANSWER = 64 * 1024
const RefusedSchema = z.object({ reason: z.string().max(1000) })

/** Sends what is ready, decided once more by what holds now; asks whether what was taken has been read. */
export async function tellReports(records: Records, telling: TellReports): Promise<void> {
  const rows = await records
    .selectFrom('reports_up')
    .selectAll()
    .where('peer', '=', telling.peer.name)
    .where('state', '=', 'ready')
    .orderBy('made')
    .execute()
  for (const row of rows) {
    const report = ReportUpSchema.parse(row.body)
    const outcome = await tell(records, telling, report)
    if (outcome === undefined) return
    const of = { peer: row.peer, digest: row.digest }
    if ('reason' in outcome) {
      await change(records, of, { state: 'refused', reason: outcome.reason.slice(0, 1000) })
      continue
    }
    const { reference, received } = outcome
    await telling.onTaken(row.case, { peer: row.peer, reference, who: row.sent_by })
    await change(records, of, { state: 'taken', reason: '', reference, answered: received })
  }
  await askAcknowledged(records, telling)
}

type Change = {
  state?: string
  reason?: string
  reference?: string
  answered?: string
  acknowledged_by?: string
  acknowledged?: string
}

async function change(
  records: Records,
  { peer, digest }: { readonly peer: string; readonly digest: string },
  values: Change,
): Promise<void> {
  await records
    .updateTable('reports_up')
    .set(values)
    .where('peer', '=', peer)
    .where('digest', '=', digest)
    .execute()
}

/** Undefined where the hub cannot say now; it is asked again. */
async function tell(
  records: Records,
  { peer, link, nowMs }: TellReports,
  report: ReportUp,
): Promise<ReportTakenUp | { readonly reason: string } | undefined> {
  const reason = await reasonsAgainst(records, peer, { report, nowMs })
  if (reason !== undefined) return { reason }
  const response = await link.post(REPORT_PATHS.send, report)
  const text = await response.text()
  const answer = text.length > MOST_ANSWER ? undefined : safeJson(text)
  if (response.status === 429 || response.status >= 500) return undefined
  if (response.ok) {
    const taken = ReportTakenUpSchema.safeParse(answer).data
    return taken?.digest === report.digest ? taken : undefined
  }
  return RefusedSchema.safeParse(answer).data ?? { reason: `answer ${response.status}` }
}

/** Of those that nobody has read yet, the newest first. */
async function askAcknowledged(records: Records, { peer, link }: TellReports): Promise<void> {
  const rows = await records
    .selectFrom('reports_up')
    .select('digest')
    .where('peer', '=', peer.name)
    .where('state', '=', 'taken')
    .where('acknowledged', 'is', null)
    .orderBy('made', 'desc')
    .limit(100)
    .execute()
  if (rows.length === 0) return
  const response = await link.post(REPORT_PATHS.asked, {
    digests: rows.map(({ digest }) => digest),
  })
  const text = await response.text()
  const answer = text.length > MOST_ANSWER ? undefined : safeJson(text)
  const { reports = [] } = ReportsTakenUpSchema.safeParse(answer).data ?? {}
  for (const { digest, acknowledged } of reports)
    if (acknowledged !== null && rows.some((row) => row.digest === digest))
      await change(
        records,
        { peer: peer.name, digest },
        { acknowledged_by: acknowledged.by, acknowledged: acknowledged.at },
      )
}

/** How often it is asked whether something was read. */
export const REPORTS_EVERY_MS = 20 * SECOND_MS

/** Every hub that is joined, or that a report of the case went to; `digest` of the report as it is now. */
export async function hubsOfReport(
  records: Records,
  number: number,
  digest: string,
): Promise<ReportHub[]> {
  const rows = await records
    .selectFrom('reports_up')
    .selectAll()
    .where('case', '=', number)
    .orderBy('made', 'desc')
    .execute()
  const hubs = (await listPeers(records)).filter(
    ({ role, state, name }) =>
      role === 'hub' && (state === 'joined' || rows.some(({ peer }) => peer === name)),
  )
  return hubs.map(({ name: peer, organisation }): ReportHub => {
    const own = rows.filter((row) => row.peer === peer)
    const row = own.find((one) => one.digest === digest) ?? own[0]
    if (row === undefined) return { ...NEVER, peer, organisation }
    const isRead = row.acknowledged !== null
    const state = row.state === 'taken' ? 'taken' : row.state === 'refused' ? 'refused' : 'ready'
    return {
      peer,
      organisation,
      state: isRead ? 'acknowledged' : state,
      by: row.sent_by,
      at: (row.acknowledged ?? row.answered ?? row.made).toISOString(),
      reference: row.reference ?? '',
      acknowledgedBy: row.acknowledged_by,
      reason: row.reason,
      isEarlier: row.digest !== digest,
    }
  })
}

const NEVER = {
  state: 'none',
  by: null,
  at: null,
  reference: '',
  acknowledgedBy: null,
  reason: '',
  isEarlier: false,
} as const satisfies Omit<ReportHub, 'peer' | 'organisation'>
