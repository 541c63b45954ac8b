// One alert with all that helps to judge it: the events that met the rule, and what the entity did around them.

import type { z } from 'zod'
import { MINUTE_MS } from '../../core/index.ts'
import { RARE_HOUR, alertHistory, alertsOn, getAlert, namesOf } from '../../detect/index.ts'
import { observes } from '../../hunt/index.ts'
import { EVENT_COLUMNS, columnText } from '../../model/index.ts'
import type { Alert, AlertDetailSchema, EventRow } from '../../model/index.ts'
import { join, sql, trusted, typed } from '../../store/index.ts'
import type { Sql } from '../../store/index.ts'
import type { Core } from '../core.ts'

const EVIDENCE_SHOWN = 50
const TIMELINE_SHOWN = 200
const RELATED_SHOWN = 50
const AROUND_MS = 15 * MINUTE_MS

export async function alertDetail(
  core: Core,
  id: string,
): Promise<z.infer<typeof AlertDetailSchema> | undefined> {
  const { records } = core.store
  const alert = await getAlert(records, id)
  if (alert === undefined) return undefined
  const analytic = core.analytics?.get(alert.rule)
  const { entityKind: kind, entity: name, lastSeen } = alert
  const names = await namesOf(core.store.events.ask, { kind, name }, Date.parse(lastSeen))
  const [history, evidence, timeline, related, rule] = await Promise.all([
    alertHistory(records, id),
    evidenceOf(core, alert, names),
    timelineOf(core, alert, names),
    alertsOn(records, names, RELATED_SHOWN),
    ruleOf(core, alert.rule),
  ])
  return {
    alert,
    names: [...names],
    history: [...history],
    evidence,
    timeline,
    related: related.filter((other) => other.id !== id),
    description: rule?.description ?? analytic?.description ?? { en: '', fr: '' },
    guidance: rule?.guidance ?? { investigate: { en: [], fr: [] }, robustness: null },
    falsePositives: rule?.rule.falsePositives ?? analytic?.false_positives.en ?? [],
    ofRule: rule !== undefined,
    ruleText: rule?.text ?? analytic?.sql ?? '',
  }
}

/** The rule may be gone since the alert was raised. */
async function ruleOf(core: Core, id: string) {
  return core.detection.getRule(core.store, id).catch(() => undefined)
}

const SHOWN = EVENT_COLUMNS.filter(
  ({ use, name }) => use !== 'record' || name === 'batch' || name === 'line',
)
const COLUMNS = SHOWN.map((column) => `${columnText(column)} AS shown_${column.name}`).join(', ')

/** Events that met the rule; of a correlation, those of the window it was last found by, while they are kept. */
async function evidenceOf(core: Core, alert: Alert, names: readonly string[]): Promise<EventRow[]> {
  const hits = (await core.correlations.hitsOf(alert, EVIDENCE_SHOWN)) ?? []
  const places = hits.length === 0 ? findingsOf(alert, names) : placesOf(hits)
  return rows(
    core,
    sql`SELECT ${trusted(COLUMNS)} FROM events WHERE (batch, line) IN (${places})
      ORDER BY time DESC LIMIT ${EVIDENCE_SHOWN}`,
  )
}

function findingsOf({ rule, entity, entityKind, reasons }: Alert, names: readonly string[]): Sql {
  // A rare hour is made of what its rules found, under whatever name.
  const rules = rule === RARE_HOUR ? reasons.map(({ field }) => field) : [rule]
  const entities = rule === RARE_HOUR ? [...names] : [entity]
  return sql`SELECT batch, line FROM findings WHERE rule IN ${rules} AND entity IN ${entities} AND entity_kind = ${entityKind}
    ORDER BY time DESC LIMIT ${EVIDENCE_SHOWN}`
}

function placesOf(hits: readonly { readonly batch: string; readonly line: number }[]): Sql {
  return join(
    hits.map(({ batch, line }) => sql`(${batch}, ${line})`),
    ', ',
  )
}

async function timelineOf(
  core: Core,
  { lastSeen }: Alert,
  names: readonly string[],
): Promise<EventRow[]> {
  if (names[0] === '') return []
  const at = Date.parse(lastSeen)
  const time = (ms: number) =>
    typed("DateTime64(3, 'UTC')", new Date(ms).toISOString().replace('Z', ''))
  return rows(
    core,
    sql`SELECT ${trusted(COLUMNS)} FROM events
      WHERE time BETWEEN ${time(at - AROUND_MS)} AND ${time(at + AROUND_MS)} AND (${join(names.map(observes), ' OR ')})
      ORDER BY abs(dateDiff('millisecond', time, ${time(at)})) LIMIT ${TIMELINE_SHOWN}`,
  ).then((found) => found.toSorted((a, b) => ((a['time'] ?? '') < (b['time'] ?? '') ? -1 : 1)))
}

async function rows(core: Core, statement: Sql): Promise<EventRow[]> {
  const answer = await core.store.events.ask.query(statement, {
    settings: { max_execution_time: 15 },
  })
  return answer.rows.map((row) =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([, value]) => value !== '')
        .map(([key, value]) => [key.replace(/^shown_/, ''), String(value)]),
    ),
  )
}
