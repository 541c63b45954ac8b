// An alert of the station's own: what it noticed itself, and no rule over events.

import { raiseAlerts } from '../detect/index.ts'
import type { EntityKind, Finding, RuleFacts } from '../model/index.ts'
import type { Records } from '../store/index.ts'
import type { Language } from '../words/index.ts'

type Said = { readonly title: string; readonly why: string }

export type OwnAlert = Pick<RuleFacts, 'id' | 'severity' | 'attack'> & {
  readonly say: (language: Language) => Said
  readonly entityKind: EntityKind
  readonly entity: string
  readonly reason: Omit<Finding['reasons'][number], 'pattern'>
}

export async function raiseOwn(records: Records, alert: OwnAlert, nowMs: number): Promise<void> {
  const { id, severity, attack, say, entityKind, entity, reason } = alert
  const [en, fr] = [say('en'), say('fr')]
  const facts: RuleFacts = {
    id,
    title: { en: en.title, fr: fr.title },
    severity,
    attack,
    author: 'Vigie',
    reference: '',
    why: { en: en.why, fr: fr.why },
  }
  const finding: Finding = {
    rule: id,
    title: en.title,
    severity,
    time: new Date(nowMs).toISOString(),
    entityKind,
    entity,
    batch: '',
    line: 0,
    reasons: [{ ...reason, pattern: '' }],
  }
  await records
    .transaction()
    .execute((transaction) =>
      raiseAlerts(transaction, [finding], { rules: new Map([[id, facts]]), nowMs }),
    )
}
