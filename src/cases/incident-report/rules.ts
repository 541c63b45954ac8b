// Approval beforehand: a named person recorded which reports may leave, for whom and until when. A rule approves a text as a person
// does, by its digest; whatever the rule does not name needs a person.

import { VigieError, timeOrderedId } from '../../core/index.ts'
import { CASE_MARKINGS, ReportRuleSchema } from '../../model/index.ts'
import type { CaseMarking, ReportRule, ReportRuleAsk, ReportView } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import type { Act } from '../book/acts.ts'

const MOST_DAYS_MS = 400 * 86_400_000

/** Gives the id. Throws BAD_REQUEST for an end that is past or farther than a year, and for a recipient without a key that is no joined hub. */
export async function addReportRule(
  records: Records,
  { by, recipient, categories, mostMarking, until }: ReportRuleAsk,
  { who, nowMs }: Act,
): Promise<string> {
  const untilMs = Date.parse(until)
  if (untilMs <= nowMs || untilMs > nowMs + MOST_DAYS_MS)
    throw new VigieError('BAD_REQUEST', { met: until, expected: 'a time within the next 400 days' })
  const known = await records
    .selectFrom('report_recipients')
    .select('name')
    .where('name', '=', recipient)
    .executeTakeFirst()
  if (known === undefined && !(await isHub(records, recipient)))
    throw new VigieError('BAD_REQUEST', {
      met: recipient,
      expected: 'a recipient with a key, or a hub that was joined',
    })
  const id = timeOrderedId<'report-rule'>(nowMs)
  await records
    .insertInto('report_rules')
    .values({
      id,
      given_by: by,
      recipient,
      categories: JSON.stringify(categories),
      most_marking: mostMarking,
      valid_until: new Date(untilMs),
      made: new Date(nowMs),
      made_by: who,
    })
    .execute()
  return id
}

async function isHub(records: Records, name: string): Promise<boolean> {
  const row = await records
    .selectFrom('share_peers')
    .select('name')
    .where('name', '=', name)
    .where('role', '=', 'hub')
    .where('state', '=', 'joined')
    .executeTakeFirst()
  return row !== undefined
}

/** False when there is none that still holds. */
export async function revokeReportRule(
  records: Records,
  id: string,
  nowMs: number,
): Promise<boolean> {
  const { numUpdatedRows } = await records
    .updateTable('report_rules')
    .set({ revoked: new Date(nowMs) })
    .where('id', '=', id)
    .where('revoked', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function listReportRules(records: Records): Promise<readonly ReportRule[]> {
  const rows = await records
    .selectFrom('report_rules')
    .selectAll()
    .orderBy('made', 'desc')
    .limit(1000)
    .execute()
  return rows.map((row) =>
    ReportRuleSchema.parse({
      id: row.id,
      by: row.given_by,
      recipient: row.recipient,
      categories: row.categories,
      mostMarking: row.most_marking,
      until: row.valid_until.toISOString(),
      revoked: row.revoked?.toISOString() ?? null,
      recordedBy: row.made_by,
      made: row.made.toISOString(),
    }),
  )
}

/** Why a rule does not cover a report; empty when it does. Pure. */
export function reasonsAgainst(
  rule: Pick<ReportRule, 'categories' | 'mostMarking' | 'until' | 'revoked'>,
  { report, forbidden, missing }: Pick<ReportView, 'report' | 'forbidden' | 'missing'>,
  nowMs: number,
): readonly string[] {
  const { consent, category } = report
  return [
    ...(rule.revoked === null ? [] : ['the rule was taken back']),
    ...(Date.parse(rule.until) > nowMs ? [] : ['the rule has ended']),
    ...(rule.categories.includes(category) ? [] : [`category ${category}`]),
    ...(rank(consent.sharing) <= rank(rule.mostMarking) ? [] : [`TLP:${consent.sharing}`]),
    // Another's consent and a Nation's terms are decided by people, each time.
    ...(consent.onBehalfOf === '' ? [] : ['on behalf of another organisation']),
    ...(consent.terms === '' ? [] : ['terms of its own']),
    ...(forbidden.length === 0 ? [] : ['what must never be submitted']),
    ...(missing.length === 0 ? [] : [`not filled in: ${missing.join(', ')}`]),
  ]
}

function rank(marking: CaseMarking): number {
  return CASE_MARKINGS.indexOf(marking)
}

/** The rule by whose words a report is approved. Throws NOT_FOUND; BAD_REQUEST with why it does not cover the report. */
export async function ruleFor(
  records: Records,
  id: string,
  {
    view,
    nowMs,
  }: {
    readonly view: Pick<ReportView, 'report' | 'forbidden' | 'missing'>
    readonly nowMs: number
  },
): Promise<ReportRule> {
  const rule = (await listReportRules(records)).find((one) => one.id === id)
  if (rule === undefined) throw new VigieError('NOT_FOUND', { what: id.slice(0, 100) })
  const reasons = reasonsAgainst(rule, view, nowMs)
  if (reasons.length === 0) return rule
  throw new VigieError('BAD_REQUEST', {
    met: reasons.join('; '),
    expected: 'a report that the rule covers, or approval by a person',
  })
}
