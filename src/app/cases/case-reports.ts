// The report of a case: filled in, approved by a person or by a rule recorded beforehand, encrypted for whom it is meant.

import { createHash } from 'node:crypto'
import {
  addReportRule,
  approveReport,
  gatherReport,
  incidentHtml,
  listPeople,
  listRecipients,
  listReportRules,
  mayDecide,
  noteSealed,
  noteSent,
  removeRecipient,
  reportDigest,
  reportStix,
  revokeReportRule,
  ruleFor,
  sealFor,
  setRecipient,
  standingOf,
  statedReport,
  stateReport,
} from '../../cases/index.ts'
import { VigieError } from '../../core/index.ts'
import type { ReportFormat, ReportText, ReportView, SealedReport } from '../../model/index.ts'
import { pdfOf } from '../../print/index.ts'
import type { CaseService } from '../../server/index.ts'
import { hubsOfReport } from '../../share/index.ts'
import type { Records } from '../../store/index.ts'
import type { Language } from '../../words/index.ts'
import { detailOf } from './case-room.ts'
import type { Room } from './case-room.ts'

type Reports = Pick<
  CaseService,
  'report' | 'stateReport' | 'approveReport' | 'reportSent' | 'reportAs'
>

export function reportsOf(room: Room): Reports {
  const { inCase, act } = room
  return {
    report: (number, language) => reportOf(room, number, language),
    stateReport: (number, stated, who) =>
      inCase(number, (doing) => stateReport(doing, number, stated, act(who))),
    approveReport: async (number, { digest, language, rule: id }, who) => {
      const view = await reportOf(room, number, language)
      const { report, forbidden } = view
      const rule =
        id === undefined
          ? undefined
          : await ruleFor(room.records, id, { view, nowMs: room.nowMs() })
      await inCase(number, async (doing) => {
        const people = await listPeople(doing, number)
        // Where a case names who decides, neither another person nor a rule does.
        if (rule === undefined ? !mayDecide(people, who) : !mayDecide(people, `rule ${rule.id}`))
          throw new VigieError('BAD_REQUEST', {
            met: rule === undefined ? who : `rule ${rule.id}`,
            expected: people
              .filter(({ role }) => role === 'decide')
              .map(({ person }) => person)
              .join(', '),
          })
        await approveReport(doing, number, { report, forbidden, digest, rule, ...act(who) })
      })
    },
    reportSent: (number, sent, who) =>
      inCase(number, (doing) => noteSent(doing, number, sent, act(who))),
    reportAs: async (number, format, language) =>
      written(await reportOf(room, number, language), format, language),
  }
}

type Sending = Pick<
  CaseService,
  'sending' | 'setRecipient' | 'removeRecipient' | 'addRule' | 'revokeRule' | 'sealReport'
>

/** Whom reports go to, and what was approved beforehand. */
export function sendingOf(room: Room): Sending {
  const { records, act, asOf, nowMs } = room
  return {
    sending: async () => ({
      asOf: asOf(),
      recipients: [...(await listRecipients(records))],
      rules: [...(await listReportRules(records))],
    }),
    setRecipient: (ask, who) => setRecipient(records, ask, act(who)),
    removeRecipient: (name) => removeRecipient(records, name),
    addRule: (ask, who) => addReportRule(records, ask, act(who)),
    revokeRule: (id) => revokeReportRule(records, id, nowMs()),
    sealReport: (number, ask, who) => sealed(room, number, { ask, who }),
  }
}

type Seal = {
  readonly ask: {
    readonly recipient: string
    readonly format: ReportFormat
    readonly language: Language
  }
  readonly who: string
}

/** Only what is approved is encrypted: whoever receives it cannot ask what it was. */
async function sealed(room: Room, number: number, { ask, who }: Seal): Promise<SealedReport> {
  const { recipient, format, language } = ask
  const view = await reportOf(room, number, language)
  needApproval(view, recipient)
  const text = written(view, format === 'pdf' ? 'html' : format, language, recipient)
  const bytes = format === 'pdf' ? await pdfOf(text) : Buffer.from(text)
  const name = `report-${number}.${format}`
  const { records, nowMs } = room
  const { message, fingerprint } = await sealFor(records, {
    recipient,
    name,
    bytes,
    nowMs: nowMs(),
  })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const done = { recipient, fingerprint, format, sha256, ...room.act(who) }
  await room.inCase(number, (doing) => noteSealed(doing, number, done))
  return { name: `${name}.asc`, fingerprint, message }
}

/** What a rule let go goes to whom the rule names, and nowhere else. */
function needApproval(
  { approval }: Pick<ReportView, 'approval'>,
  recipient: string | undefined,
): void {
  if (approval === null)
    throw new VigieError('BAD_REQUEST', { met: 'a report nobody approved', expected: 'approval' })
  const { rule } = approval
  if (rule === null || rule.recipient === recipient) return
  throw new VigieError('BAD_REQUEST', {
    met: `a report approved by a rule for ${rule.recipient} alone`,
    expected: `that it is encrypted for ${rule.recipient}, or approval by a person`,
  })
}

export async function reportOf(room: Room, number: number, language: Language) {
  const { records, asOf } = room
  const stated = await statedReport(records, number)
  const own = await ownNames(records)
  const gathered = gatherReport({ detail: await detailOf(room, number), stated, own, language })
  const standing = await standingOf(records, number, gathered.report)
  const digest = reportDigest(gathered.report)
  const hubs = await hubsOfReport(records, number, digest)
  return { asOf: asOf(), stated, ...gathered, ...standing, digest, hubs }
}

/** Names and addresses of assets, in lower case. */
async function ownNames(records: Records): Promise<ReadonlySet<string>> {
  const rows = await records.selectFrom('exposure_aliases').select('value').execute()
  return new Set(rows.map(({ value }) => value.toLowerCase()))
}

/** A page may be looked at before it is approved; what is read by machines may not. */
function written(
  view: Pick<ReportView, 'report' | 'approval'>,
  format: ReportText,
  language: Language,
  recipient?: string,
): string {
  const { report, approval } = view
  if (format === 'html') return incidentHtml({ report, approval }, language)
  needApproval(view, recipient)
  const at = approval?.at ?? ''
  const body = format === 'json' ? { report, approval } : reportStix(report, at)
  return `${JSON.stringify(body, null, 2)}\n`
}
