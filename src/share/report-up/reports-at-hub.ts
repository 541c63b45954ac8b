// What a hub takes of its members' incident reports: each text once, under a reference that both sides keep, compared with others' at
// once. Who reports is told by the key on the line, never by what the report says.

import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { DAY_MS, VigieError, canonicalJson } from '../../core/index.ts'
import { IncidentReportSchema, ReportUpSchema, ReportsAskedSchema } from '../../model/index.ts'
import type { IncidentReport, ReportTakenUp, ReportUp, ReportsReceived } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { keepIncident } from '../campaigns/gather.ts'
import { readIncident } from '../campaigns/read-incident.ts'
import { isAgreed } from '../peer/live-members.ts'
import type { PeerRow } from '../peer/peers.ts'

export const REPORT_PATHS = { send: '/vigie/reports', asked: '/vigie/reports/asked' } as const

export type TakenReport = {
  readonly reference: string
  readonly organisation: string
  readonly title: string
}
type Taking = {
  readonly records: Records
  readonly row: PeerRow
  readonly nowMs: number
  /** A member reported: people are shown it. */
  readonly onReport: (taken: TakenReport) => void
}
type Answer = { readonly status: number; readonly body: unknown }

/** Of one member in a day: an incident has some, a flood has more. */
const MOST_A_DAY = 100

/** Undefined for another path. */
export async function answerReportAtHub(
  taking: Taking,
  path: string,
  body: unknown,
): Promise<Answer | undefined> {
  const { records, row, nowMs } = taking
  if (path !== REPORT_PATHS.send && path !== REPORT_PATHS.asked) return undefined
  if (row.identity === null || !(await isAgreed(records, row.name, nowMs)))
    return refused(403, 'no agreement holds')
  if (path === REPORT_PATHS.asked) {
    const asked = ReportsAskedSchema.safeParse(body)
    if (!asked.success) return refused(422, z.prettifyError(asked.error))
    return {
      status: 200,
      body: { reports: await takenOf(records, row.identity, asked.data.digests) },
    }
  }
  const sent = ReportUpSchema.safeParse(body)
  if (!sent.success) return refused(422, z.prettifyError(sent.error))
  return take(taking, row.identity, sent.data)
}

function refused(status: number, reason: string): Answer {
  return { status, body: { reason: reason.slice(0, 500) } }
}

async function take(taking: Taking, identity: string, sent: ReportUp): Promise<Answer> {
  const { records, nowMs } = taking
  const { report, digest } = sent
  const own = createHash('sha256').update(canonicalJson(report)).digest('hex')
  if (own !== digest) return refused(422, `digest: ${digest} was approved, ${own} was sent`)
  if (report.consent.sharing === 'red')
    return refused(422, 'report.consent.sharing: TLP:RED is for persons; no hub takes it')
  const [known] = await takenOf(records, identity, [digest])
  if (known !== undefined) return { status: 200, body: known }
  if ((await countSince(records, identity, nowMs - DAY_MS)) >= MOST_A_DAY)
    return refused(429, `more than ${MOST_A_DAY} reports a day`)
  await keep(taking, identity, sent)
  const [taken] = await takenOf(records, identity, [digest])
  return { status: 200, body: taken }
}

async function countSince(records: Records, identity: string, fromMs: number): Promise<number> {
  const { count } = await records
    .selectFrom('reports_received')
    .select((by) => by.fn.countAll<string>().as('count'))
    .where('identity', '=', identity)
    .where('received', '>', new Date(fromMs))
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function keep(
  { records, row, nowMs, onReport }: Taking,
  identity: string,
  { report, digest, approved }: ReportUp,
): Promise<void> {
  const { name: peer, organisation } = row
  const reference = newReference()
  // What campaigns compare is the intruder's side alone; a report without any is kept all the same.
  const read = readIncident(JSON.stringify({ report }), nowMs)
  await records.transaction().execute(async (step) => {
    const body = JSON.stringify({ report, approved })
    const values = {
      reference,
      peer,
      identity,
      organisation,
      digest,
      body,
      received: new Date(nowMs),
    }
    await step
      .insertInto('reports_received')
      .values(values)
      .onConflict((conflict) => conflict.columns(['identity', 'digest']).doNothing())
      .execute()
    if (!read.ok) return
    const { left: _, ...said } = read.value
    await keepIncident(step, { organisation: identity, ...said }, { who: peer, nowMs })
  })
  onReport({ reference, organisation, title: report.title })
}

/** Read out on the telephone: no letters that look or sound like others, and it says nothing. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

function newReference(): string {
  const letters = [...randomBytes(12)].map((byte) => LETTERS[byte % LETTERS.length] ?? '')
  const part = (at: number) => letters.slice(at, at + 4).join('')
  return `VR-${part(0)}-${part(4)}-${part(8)}`
}

async function takenOf(
  records: Records,
  identity: string,
  digests: readonly string[],
): Promise<readonly ReportTakenUp[]> {
  if (digests.length === 0) return []
  const rows = await records
    .selectFrom('reports_received')
    .select(['digest', 'reference', 'received', 'acknowledged', 'acknowledged_by'])
    .where('identity', '=', identity)
    .where('digest', 'in', digests)
    .execute()
  return rows.map(({ digest, reference, received, acknowledged: at, acknowledged_by: by }) => ({
    digest,
    reference,
    received: received.toISOString(),
    acknowledged: at === null ? null : { by: by ?? '', at: at.toISOString() },
  }))
}

const MOST_SHOWN = 500
const BodySchema = z.object({
  report: IncidentReportSchema,
  approved: ReportUpSchema.shape.approved,
})

/** The newest first. */
export async function listReportsReceived(records: Records): Promise<ReportsReceived['reports']> {
  const rows = await records
    .selectFrom('reports_received')
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(MOST_SHOWN)
    .execute()
  return rows.map((row) => {
    const { report, approved } = BodySchema.parse(row.body)
    const { reference, peer, organisation, acknowledged: at, acknowledged_by: by } = row
    return {
      reference,
      peer,
      organisation,
      title: report.title,
      marking: report.consent.sharing,
      approvedBy: approved.by,
      received: row.received.toISOString(),
      acknowledged: at === null ? null : { by: by ?? '', at: at.toISOString() },
      report: report satisfies IncidentReport,
    }
  })
}

/** A person has read it; the member hears so. Throws NOT_FOUND. */
export async function acknowledgeReport(
  records: Records,
  reference: string,
  { who, nowMs }: { readonly who: string; readonly nowMs: number },
): Promise<void> {
  const row = await records
    .selectFrom('reports_received')
    .select('acknowledged')
    .where('reference', '=', reference)
    .executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: reference })
  await records
    .updateTable('reports_received')
    .set({ acknowledged: new Date(nowMs), acknowledged_by: who })
    .where('reference', '=', reference)
    .where('acknowledged', 'is', null)
    .execute()
}
