// What was stated, approved and sent of a report. Approved is a text, not a case: when anything in it changes, it is approved anew.

import { createHash } from 'node:crypto'
import { VigieError, canonicalJson } from '../../core/index.ts'
import { ReportViewSchema, StatedReportSchema } from '../../model/index.ts'
import type {
  IncidentReport,
  ReportRule,
  ReportSent,
  ReportView,
  StatedReport,
} from '../../model/index.ts'
import { holdCase, writeAct } from '../book/acts.ts'
import type { Act, Doing, Reading } from '../book/acts.ts'
import type { Gathered } from './gather-report.ts'

/** Throws NOT_FOUND. */
export async function stateReport(
  doing: Doing,
  number: number,
  stated: StatedReport,
  act: Act,
): Promise<void> {
  await holdCase(doing, number)
  const text = JSON.stringify(stated)
  await doing
    .insertInto('case_reports')
    .values({ case: number, stated: text })
    .onConflict((conflict) => conflict.column('case').doUpdateSet({ stated: text }))
    .execute()
  const what = { sha256: createHash('sha256').update(canonicalJson(stated)).digest('hex') }
  await writeAct(doing, number, { ...act, act: 'report_stated', what })
}

/** What people stated; empty where nobody did. */
export async function statedReport(reading: Reading, number: number): Promise<StatedReport> {
  const row = await reading
    .selectFrom('case_reports')
    .select('stated')
    .where('case', '=', number)
    .executeTakeFirst()
  return StatedReportSchema.parse(row?.stated ?? EMPTY)
}

const EMPTY = { reporter: {}, organization: {}, consent: {}, impact: {}, vector: {} }

/** Throws BAD_REQUEST when it holds what must never be submitted, or is not what was shown. */
export async function approveReport(
  doing: Doing,
  number: number,
  {
    report,
    forbidden,
    digest,
    rule,
    ...act
  }: Act &
    Pick<Gathered, 'report' | 'forbidden'> & {
      readonly digest: string
      /** Recorded beforehand; undefined where a person approves. */
      readonly rule?: ReportRule | undefined
    },
): Promise<void> {
  await holdCase(doing, number)
  if (forbidden.length > 0)
    throw new VigieError('BAD_REQUEST', {
      met: [...new Set(forbidden.map(({ kind, place }) => `${kind} (${place})`))].join(', '),
      expected:
        'a report without birth dates, social insurance, payment, bank, health numbers or passwords',
    })
  const now = reportDigest(report)
  if (digest !== now)
    throw new VigieError('BAD_REQUEST', { met: digest.slice(0, 64), expected: now })
  await doing
    .insertInto('case_reports')
    .values({ case: number, stated: JSON.stringify(EMPTY), ...approvedAs(report, act, rule) })
    .onConflict((conflict) => conflict.column('case').doUpdateSet(approvedAs(report, act, rule)))
    .execute()
  const by = rule === undefined ? {} : { rule: rule.id, by: rule.by, until: rule.until }
  await writeAct(doing, number, { ...act, act: 'report_approved', what: { sha256: now, ...by } })
}

function approvedAs(report: IncidentReport, { who, nowMs }: Act, rule: ReportRule | undefined) {
  return {
    approved: canonicalJson(report),
    approved_digest: reportDigest(report),
    // Who decided, not who pressed the button.
    approved_by: rule === undefined ? who : rule.by,
    approved_rule:
      rule === undefined ? null : JSON.stringify({ id: rule.id, recipient: rule.recipient }),
    approved_at: new Date(nowMs),
  }
}

/** SHA-256 of the report as canonical JSON, in hexadecimal. */
export function reportDigest(report: IncidentReport): string {
  return createHash('sha256').update(canonicalJson(report)).digest('hex')
}

/** Throws BAD_REQUEST while nothing is approved. */
export async function noteSent(
  doing: Doing,
  number: number,
  { how, reference }: ReportSent,
  act: Act,
): Promise<void> {
  await holdCase(doing, number)
  const row = await doing
    .updateTable('case_reports')
    .set({ sent_by: act.who, sent_at: new Date(act.nowMs), sent_how: how, reference })
    .where('case', '=', number)
    .where('approved_digest', 'is not', null)
    .returning('approved_digest')
    .executeTakeFirst()
  if (row === undefined)
    throw new VigieError('BAD_REQUEST', { met: 'a report nobody approved', expected: 'approval' })
  const what = { how, reference, sha256: row.approved_digest ?? '' }
  await writeAct(doing, number, { ...act, act: 'report_sent', what })
}

/** Whether the report as it is now was approved, and whether it went out. */
export async function standingOf(
  reading: Reading,
  number: number,
  report: IncidentReport,
): Promise<Pick<ReportView, 'approval' | 'sent'>> {
  const row = await reading
    .selectFrom('case_reports')
    .selectAll()
    .where('case', '=', number)
    .executeTakeFirst()
  if (row === undefined) return { approval: null, sent: null }
  const { approved_digest: digest, approved_by: by, approved_at: at, sent_at: sent } = row
  const isApproved = digest !== null && digest === reportDigest(report)
  return {
    approval:
      isApproved && at !== null
        ? { by: by ?? '', at: at.toISOString(), digest, rule: ruleIn(row.approved_rule) }
        : null,
    sent:
      sent === null
        ? null
        : {
            by: row.sent_by ?? '',
            at: sent.toISOString(),
            how: row.sent_how ?? '',
            reference: row.reference ?? '',
          },
  }
}

function ruleIn(kept: string | null): NonNullable<ReportView['approval']>['rule'] {
  if (kept === null) return null
  return ReportViewSchema.shape.approval.unwrap().shape.rule.parse(JSON.parse(kept))
}

/** That it was encrypted for somebody is an act: nobody else can read what that was. */
export async function noteSealed(
  doing: Doing,
  number: number,
  {
    recipient,
    fingerprint,
    format,
    sha256,
    ...act
  }: Act & {
    readonly recipient: string
    readonly fingerprint: string
    readonly format: string
    readonly sha256: string
  },
): Promise<void> {
  await holdCase(doing, number)
  const what = { recipient, fingerprint, format, sha256 }
  await writeAct(doing, number, { ...act, act: 'report_sealed', what })
}
