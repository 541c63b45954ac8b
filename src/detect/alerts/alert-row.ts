// An alert as the records hold it, and as people and the API see it.

import type { Selectable } from 'kysely'
import { AlertSchema } from '../../model/index.ts'
import type { Alert } from '../../model/index.ts'
import type { AlertsTable } from '../../store/index.ts'

export function toAlert(row: Selectable<AlertsTable> & { readonly critical?: unknown }): Alert {
  return AlertSchema.parse({
    id: row.id,
    rule: row.rule,
    title: { en: row.title_en, fr: row.title_fr },
    severity: row.severity,
    entityKind: row.entity_kind,
    entity: row.entity,
    count: Number(row.count),
    firstSeen: row.first_seen.toISOString(),
    lastSeen: row.last_seen.toISOString(),
    why: { en: row.why_en, fr: row.why_fr },
    reasons: row.reasons,
    attack: row.attack,
    author: row.author,
    reference: row.reference,
    state: row.state,
    assessment: row.assessment,
    reason: row.reason,
    assignee: row.assignee,
    reopened: row.reopened,
    updated: row.updated.toISOString(),
    critical: row.critical ?? null,
  })
}
