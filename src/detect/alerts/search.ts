// Alerts by filter: the rows, and the same rows by rule.

import { sql } from 'kysely'
import type { ExpressionBuilder, SelectQueryBuilder } from 'kysely'
import { SEVERITIES } from '../../model/index.ts'
import type { Alert, AlertFilter, AlertHistory } from '../../model/index.ts'
import type { Records, RecordsTables } from '../../store/index.ts'
import { toAlert } from './alert-row.ts'

export type AlertGroup = {
  readonly rule: string
  readonly title: { readonly en: string; readonly fr: string }
  readonly severity: Alert['severity']
  readonly alerts: number
  readonly events: number
  readonly firstSeen: string
  readonly lastSeen: string
}

export type AlertPage = {
  readonly total: number
  readonly alerts: readonly Alert[]
  readonly groups: readonly AlertGroup[]
}

const PAGE = 200

/**
 * Alerts on what is watched first jump the queue until somebody takes them: by band, then by when they must be taken. Few
 * have a clock that runs: only those are looked up one by one.
 */
const WAITS = sql<
  string | null
>`(CASE WHEN alerts.state = 'new' AND alerts.id IN (SELECT alert FROM critical_clocks WHERE acknowledged IS NULL)
  THEN (SELECT min(k.band || to_char(k.acknowledge_by AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'))
    FROM critical_clocks k WHERE k.alert = alerts.id AND k.acknowledged IS NULL) END)`
const CRITICAL = sql`(SELECT json_build_object('band', k.band, 'name', c.name, 'acknowledged', k.acknowledged IS NOT NULL,
    'acknowledgeBy', to_char(k.acknowledge_by AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
  FROM critical_clocks k JOIN critical_items c ON c.id = k.item WHERE k.alert = alerts.id AND k.round = alerts.reopened
  ORDER BY k.band, k.acknowledge_by LIMIT 1)`

/** Worst first, then newest. */
const WORST_FIRST = sql`array_position(ARRAY[${sql.join(SEVERITIES.map((severity) => sql.lit(severity)))}], severity)`

/** Alerts on an entity under any of these names, in the order of `searchAlerts`. */
export async function alertsOn(
  records: Records,
  entities: readonly string[],
  most: number,
): Promise<readonly Alert[]> {
  const rows = await ordered(filtered(records, {}).where('entity', 'in', entities))
    .limit(most)
    .execute()
  return rows.map(toAlert)
}

export async function searchAlerts(records: Records, filter: AlertFilter): Promise<AlertPage> {
  const rows = await ordered(filtered(records, filter))
    .limit(filter.limit ?? PAGE)
    .offset(filter.offset ?? 0)
    .execute()
  const groups = await filtered(records, filter)
    .select([
      'rule',
      'severity',
      sql<string>`max(title_en)`.as('title_en'),
      sql<string>`max(title_fr)`.as('title_fr'),
      sql<string>`count(*)`.as('alerts'),
      sql<string>`sum(count)`.as('events'),
      sql<Date>`min(first_seen)`.as('first_seen'),
      sql<Date>`max(last_seen)`.as('last_seen'),
    ])
    .groupBy(['rule', 'severity'])
    .orderBy(sql`min(${WAITS}) NULLS LAST`)
    .orderBy(WORST_FIRST)
    .orderBy('last_seen', 'desc')
    .execute()
  return {
    total: groups.reduce((sum, { alerts }) => sum + Number(alerts), 0),
    alerts: rows.map(toAlert),
    groups: groups.map((group) => ({
      rule: group.rule,
      title: { en: group.title_en, fr: group.title_fr },
      severity: group.severity as Alert['severity'], // schema edge: only our own severities are written
      alerts: Number(group.alerts),
      events: Number(group.events),
      firstSeen: group.first_seen.toISOString(),
      lastSeen: group.last_seen.toISOString(),
    })),
  }
}

type AlertQuery = SelectQueryBuilder<RecordsTables, 'alerts', object>

function ordered(query: AlertQuery) {
  return query
    .selectAll()
    .select(CRITICAL.as('critical'))
    .orderBy(sql`${WAITS} NULLS LAST`)
    .orderBy(WORST_FIRST)
    .orderBy('last_seen', 'desc')
    .orderBy('id')
}

function filtered(records: Records, filter: AlertFilter): AlertQuery {
  return records.selectFrom('alerts').where((by) => by.and(conditions(by, filter)))
}

function conditions(by: ExpressionBuilder<RecordsTables, 'alerts'>, filter: AlertFilter) {
  const { state, severity, rule, entity, assignee, text, from, to } = filter
  const like = `%${(text ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`
  return [
    state === undefined || state.length === 0 ? undefined : by('state', 'in', state),
    severity === undefined || severity.length === 0 ? undefined : by('severity', 'in', severity),
    rule === undefined ? undefined : by('rule', '=', rule),
    entity === undefined ? undefined : by('entity', '=', entity),
    assignee === undefined ? undefined : by('assignee', '=', assignee),
    from === undefined ? undefined : by('last_seen', '>=', new Date(from)),
    to === undefined ? undefined : by('first_seen', '<', new Date(to)),
    text === undefined || text === ''
      ? undefined
      : by.or(
          (['title_en', 'title_fr', 'entity', 'why_en', 'why_fr'] as const).map((column) =>
            by(column, 'ilike', like),
          ),
        ),
  ].filter((condition) => condition !== undefined)
}

/** One alert, or undefined. */
export async function getAlert(records: Records, id: string): Promise<Alert | undefined> {
  const row = await records
    .selectFrom('alerts')
    .selectAll()
    .select(CRITICAL.as('critical'))
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : toAlert(row)
}

/** What happened to an alert, oldest first. */
export async function alertHistory(records: Records, id: string): Promise<readonly AlertHistory[]> {
  const rows = await records
    .selectFrom('alert_history')
    .selectAll()
    .where('alert', '=', id)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    at: row.at.toISOString(),
    who: row.who,
    action: row.action as AlertHistory['action'], // schema edge: only our own actions are written
    from: row.from_state,
    to: row.to_state,
    comment: row.comment,
  }))
}
