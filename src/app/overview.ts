// The overview: what needs somebody now, and where to send logs when there is nothing yet.

import { sql as kysely } from 'kysely'
import type { z } from 'zod'
import { lineCounts, listSources } from '../collect/index.ts'
import { DAY_MS } from '../core/index.ts'
import { RARE_HOUR, searchAlerts } from '../detect/index.ts'
import { ALERT_STATES } from '../model/index.ts'
import type { Alert, OverviewSchema, Severity } from '../model/index.ts'
import { trusted } from '../store/index.ts'
import { liveSources } from './parts.ts'
import type { StationParts } from './parts.ts'

type Overview = z.infer<typeof OverviewSchema>

export async function overview(parts: StationParts): Promise<Overview> {
  const { core, listeners, clock } = parts
  const nowMs = clock.nowMs()
  const [alerts, events, sources, { sensors }, critical] = await Promise.all([
    alertCounts(parts, nowMs),
    eventCounts(parts, nowMs),
    listSources(core.store.records, nowMs, liveSources(parts)),
    parts.sensors.list(),
    criticalCounts(parts, nowMs),
  ])
  const lines = sources.reduce((sum, source) => sum + source.lines, 0)
  const unknown = sources.reduce((sum, source) => sum + source.unknown, 0)
  return {
    asOf: new Date(nowMs).toISOString(),
    alerts,
    events,
    sources: {
      total: sources.length,
      silent: sources.filter(({ silent }) => silent).map(({ name }) => name),
      unread: sources.filter(({ trouble }) => trouble !== null).map(({ name }) => name),
      unknownShare: lines === 0 ? 0 : unknown / lines,
    },
    critical,
    sensors: { silent: sensors.filter(({ silent }) => silent).map(({ name }) => name) },
    rules: core.detection.counts(),
    intake: {
      syslog: listeners.syslog,
      syslogTls: listeners.syslogTls,
      http: listeners.http,
      flows: listeners.flows,
      inbox: listeners.inbox,
    },
  }
}

const FIRST_SHOWN = 5
const NEWEST_SHOWN = 10

async function alertCounts({ core }: StationParts, nowMs: number): Promise<Overview['alerts']> {
  const { records } = core.store
  const open = ALERT_STATES.filter((state) => state !== 'closed')
  const page = await searchAlerts(records, { state: open, limit: NEWEST_SHOWN })
  const first = await searchAlerts(records, { state: open, rule: RARE_HOUR, limit: FIRST_SHOWN })
  const raised = async (from: number, to: number) => {
    const row = await records
      .selectFrom('alert_history')
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .where('action', 'in', ['raised', 'reopened'])
      .where('at', '>=', new Date(from))
      .where('at', '<', new Date(to))
      .executeTakeFirst()
    return Number(row?.n ?? 0)
  }
  const bySeverity = (severity: string) =>
    page.groups
      .filter((group) => group.severity === severity)
      .reduce((sum, { alerts }) => sum + alerts, 0)
  return {
    open: {
      critical: bySeverity('critical'),
      high: bySeverity('high'),
      medium: bySeverity('medium'),
      low: bySeverity('low'),
      informational: bySeverity('informational'),
    } satisfies Record<Severity, number>,
    raised24h: await raised(nowMs - DAY_MS, nowMs + 1),
    raisedBefore24h: await raised(nowMs - 2 * DAY_MS, nowMs - DAY_MS),
    critical: page.alerts.filter(waits),
    first: first.alerts.filter((alert) => !waits(alert)),
    newest: page.alerts.filter((alert) => alert.rule !== RARE_HOUR && !waits(alert)),
  }
}

function waits({ critical, state }: Alert): boolean {
  return state === 'new' && critical?.acknowledged === false
}

async function criticalCounts(
  { core }: StationParts,
  nowMs: number,
): Promise<Overview['critical']> {
  const { rows } = await kysely<{ waiting: string; late: string; calls: string }>`
    SELECT count(*) AS waiting, count(*) FILTER (WHERE acknowledge_by < ${new Date(nowMs)}) AS late,
      (SELECT count(*) FROM critical_calls WHERE state IN ('open', 'failed')) AS calls
    FROM critical_clocks WHERE acknowledged IS NULL`.execute(core.store.records)
  const { waiting = 0, late = 0, calls = 0 } = rows[0] ?? {}
  return { waiting: Number(waiting), late: Number(late), calls: Number(calls) }
}

async function eventCounts({ core }: StationParts, nowMs: number): Promise<Overview['events']> {
  const { total, hourly, last24h } = await lineCounts(core.store.records, nowMs)
  const disk = await core.store.events.ask.query<{ stored: string }>(
    trusted(
      `SELECT sum(bytes_on_disk) AS stored FROM system.parts WHERE active AND database = currentDatabase() AND table IN ('events', 'events_local')`,
    ),
  )
  const raw = await core.store.records
    .selectFrom('sources')
    .select(({ fn }) => fn.sum<string | null>('bytes').as('bytes'))
    .executeTakeFirst()
  return {
    total,
    last24h,
    rate: core.live.rate(),
    hourly,
    storedBytes: Number(disk.rows[0]?.stored ?? 0),
    rawBytes: Number(raw?.bytes ?? 0),
  }
}
