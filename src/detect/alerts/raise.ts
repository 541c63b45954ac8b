// Findings gather on entities: one alert for each rule and entity, with its count, its span and a sentence that says why.

import { sql } from 'kysely'
import type { Insertable } from 'kysely'
import { timeOrderedId } from '../../core/index.ts'
import type { Finding, Reason, RuleFacts } from '../../model/index.ts'
import type { AlertsTable, RecordsTransaction } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'

type Gathered = {
  readonly facts: RuleFacts
  readonly findings: readonly Finding[]
}

/** How many alerts are new, and how many closed ones are open again. */
export type Raised = { readonly raised: number; readonly reopened: number }

/** Raises or updates the alerts of findings, inside the caller's transaction. */
export async function raiseAlerts(
  transaction: RecordsTransaction,
  findings: readonly Finding[],
  { rules, nowMs }: { readonly rules: ReadonlyMap<string, RuleFacts>; readonly nowMs: number },
): Promise<Raised> {
  let [raised, reopened] = [0, 0]
  for (const group of gather(findings, rules)) {
    const outcome = await raise(transaction, group, nowMs)
    if (outcome === 'raised') raised += 1
    if (outcome === 'reopened') reopened += 1
  }
  await countHits(transaction, findings)
  return { raised, reopened }
}

function gather(
  findings: readonly Finding[],
  rules: ReadonlyMap<string, RuleFacts>,
): readonly Gathered[] {
  const groups = Map.groupBy(findings, ({ rule, entityKind, entity }) =>
    JSON.stringify([rule, entityKind, entity]),
  )
  return [...groups.values()].flatMap((group) => {
    const facts = rules.get(group[0]?.rule ?? '')
    return facts === undefined
      ? []
      : [{ facts, findings: group.toSorted((a, b) => (a.time < b.time ? -1 : 1)) }]
  })
}

/** Reasons shown on an alert, of the newest finding. */
const MAX_REASONS = 20

async function raise(
  transaction: RecordsTransaction,
  { facts, findings }: Gathered,
  nowMs: number,
): Promise<'raised' | 'reopened' | 'added'> {
  const first = findings[0]
  const last = findings.at(-1)
  if (first === undefined || last === undefined) return 'added'
  const now = new Date(nowMs)
  const known = await transaction
    .selectFrom('alerts')
    .select(['id', 'state'])
    .where('rule', '=', facts.id)
    .where('entity_kind', '=', last.entityKind)
    .where('entity', '=', last.entity)
    .forUpdate()
    .executeTakeFirst()
  const { id } = await transaction
    .insertInto('alerts')
    .values(newRow({ facts, findings }, first, last, nowMs))
    .onConflict((conflict) =>
      conflict.columns(['rule', 'entity_kind', 'entity']).doUpdateSet({
        count: sql`alerts.count + excluded.count`,
        first_seen: sql`least(alerts.first_seen, excluded.first_seen)`,
        last_seen: sql`greatest(alerts.last_seen, excluded.last_seen)`,
        title_en: sql`excluded.title_en`,
        title_fr: sql`excluded.title_fr`,
        severity: sql`excluded.severity`,
        ...OF_THE_NEWEST,
        updated: now,
        // A closed alert that is met again is news; what it was closed as stays in its history.
        reopened: sql`alerts.reopened + CASE WHEN alerts.state = 'closed' THEN 1 ELSE 0 END`,
        state: sql`CASE WHEN alerts.state = 'closed' THEN 'new' ELSE alerts.state END`,
        assessment: sql`CASE WHEN alerts.state = 'closed' THEN NULL ELSE alerts.assessment END`,
        reason: sql`CASE WHEN alerts.state = 'closed' THEN NULL ELSE alerts.reason END`,
      }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  const isReopened = known?.state === 'closed'
  if (known !== undefined && !isReopened) return 'added'
  const action = isReopened ? 'reopened' : 'raised'
  await note(transaction, { alert: id, at: now, action, from: isReopened ? 'closed' : null })
  return action
}

/** Why an alert is there is told by its newest event: rules that run over older events leave the sentence as it is. */
const OF_THE_NEWEST = {
  why_en: sql<string>`CASE WHEN excluded.last_seen >= alerts.last_seen THEN excluded.why_en ELSE alerts.why_en END`,
  why_fr: sql<string>`CASE WHEN excluded.last_seen >= alerts.last_seen THEN excluded.why_fr ELSE alerts.why_fr END`,
  reasons: sql<string>`CASE WHEN excluded.last_seen >= alerts.last_seen THEN excluded.reasons ELSE alerts.reasons END`,
} as const

function newRow(
  { facts, findings }: Gathered,
  first: Finding,
  last: Finding,
  nowMs: number,
): Insertable<AlertsTable> {
  const reasons = last.reasons.slice(0, MAX_REASONS)
  const now = new Date(nowMs)
  return {
    id: timeOrderedId<'alert'>(nowMs),
    rule: facts.id,
    title_en: facts.title.en,
    title_fr: facts.title.fr,
    severity: facts.severity,
    entity_kind: last.entityKind,
    entity: last.entity,
    count: findings.length,
    first_seen: first.time,
    last_seen: last.time,
    why_en: facts.why?.en ?? sentence('en', facts, last, reasons),
    why_fr: facts.why?.fr ?? sentence('fr', facts, last, reasons),
    reasons: JSON.stringify(reasons),
    attack: JSON.stringify(facts.attack),
    author: facts.author,
    reference: facts.reference,
    state: 'new',
    assessment: null,
    reason: null,
    assignee: null,
    updated: now,
  }
}

function sentence(
  language: 'en' | 'fr',
  facts: RuleFacts,
  last: Finding,
  reasons: readonly Reason[],
): string {
  const { detect } = wordsOf(language)
  const shown = last.entity === '' ? detect.unknownEntity : last.entity
  return detect.why(last.entityKind, shown, facts.title[language], reasons)
}

type Note = {
  readonly alert: string
  readonly at: Date
  readonly action: 'raised' | 'reopened'
  readonly from: string | null
}

async function note(
  transaction: RecordsTransaction,
  { alert, at, action, from }: Note,
): Promise<void> {
  await transaction
    .insertInto('alert_history')
    .values({
      alert,
      at,
      who: 'vigie',
      action,
      from_state: from,
      to_state: 'new',
      comment: null,
      before: null,
      undo: null,
    })
    .execute()
}

async function countHits(
  transaction: RecordsTransaction,
  findings: readonly Finding[],
): Promise<void> {
  for (const [rule, group] of Map.groupBy(findings, (finding) => finding.rule)) {
    const last =
      group
        .map(({ time }) => time)
        .toSorted()
        .at(-1) ?? ''
    await transaction
      .insertInto('rule_hits')
      .values({ rule, hits: group.length, last_hit: last })
      .onConflict((conflict) =>
        conflict.column('rule').doUpdateSet({
          hits: sql`rule_hits.hits + excluded.hits`,
          last_hit: sql`greatest(rule_hits.last_hit, excluded.last_hit)`,
        }),
      )
      .execute()
  }
}
