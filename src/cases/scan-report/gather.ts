// Reads from a store what a scan's report shows.

import { SEVERITIES } from '../../model/index.ts'
import type { Alert } from '../../model/index.ts'
import { sql, trusted } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import type { ScanInput, ScanReport } from './scan-report.ts'

export type GatherOptions = {
  readonly ask: EngineLane
  readonly alerts: readonly Alert[]
  readonly problems: ScanReport['problems']
  readonly bytes: number
  readonly madeMs: number
  readonly version: string
}

export async function gatherScanReport(options: GatherOptions): Promise<ScanReport> {
  const { ask, alerts } = options
  const inputs = await readInputs(ask)
  return {
    madeMs: options.madeMs,
    version: options.version,
    bytes: options.bytes,
    problems: options.problems,
    inputs,
    events: inputs.reduce((sum, { events }) => sum + events, 0),
    span: await readSpan(ask),
    alerts: await withEvidence(ask, alerts),
    entities: concerned(alerts),
    hours: await readHours(ask),
  }
}

async function readInputs(ask: EngineLane): Promise<readonly ScanInput[]> {
  const { rows } = await ask.query<{ source: string; parser: string; events: string }>(
    trusted(
      'SELECT source, parser, count() AS events FROM events GROUP BY source, parser ORDER BY source, events DESC',
    ),
  )
  return [...Map.groupBy(rows, ({ source }) => source)].map(([source, parts]) => ({
    file: source.replace(/^file\//, ''),
    events: parts.reduce((sum, { events }) => sum + Number(events), 0),
    parsers: Object.fromEntries(parts.map(({ parser, events }) => [parser, Number(events)])),
  }))
}

async function readSpan(ask: EngineLane): Promise<ScanReport['span']> {
  const { rows } = await ask.query<{ low: string; high: string; known: string }>(
    trusted(
      `SELECT toString(min(time)) AS low, toString(max(time)) AS high, count() AS known FROM events WHERE time_basis != 'received'`,
    ),
  )
  const [row] = rows
  return row === undefined || row.known === '0' ? null : { from: row.low, to: row.high }
}

async function readHours(ask: EngineLane): Promise<ScanReport['hours']> {
  const { rows } = await ask.query<{ hour: string; findings: string }>(
    trusted(
      `SELECT formatDateTime(toStartOfHour(time), '%Y-%m-%d %H:00') AS hour, count() AS findings FROM findings GROUP BY hour ORDER BY hour`,
    ),
  )
  return rows.map(({ hour, findings }) => ({ hour, findings: Number(findings) }))
}

/** Longest raw line shown in a report. */
const EVIDENCE_CHARACTERS = 600

/** The newest event of every alert, in one question. */
async function withEvidence(
  ask: EngineLane,
  alerts: readonly Alert[],
): Promise<ScanReport['alerts']> {
  const { rows } = await ask.query<{ rule: string; kind: string; entity: string; raw: string }>(
    sql`SELECT n.rule AS rule, n.entity_kind AS kind, n.entity AS entity, substringUTF8(e.raw, 1, ${EVIDENCE_CHARACTERS}) AS raw
      FROM (SELECT rule, entity_kind, entity, argMax((batch, line), time) AS newest FROM findings GROUP BY rule, entity_kind, entity) AS n
      INNER JOIN (SELECT batch, line, raw FROM events WHERE (batch, line) IN (SELECT batch, line FROM findings)) AS e
      ON e.batch = n.newest.1 AND e.line = n.newest.2`,
  )
  const key = (rule: string, kind: string, entity: string) => JSON.stringify([rule, kind, entity])
  const newest = new Map(rows.map(({ rule, kind, entity, raw }) => [key(rule, kind, entity), raw]))
  return alerts.map((alert) => ({
    ...alert,
    evidence: newest.get(key(alert.rule, alert.entityKind, alert.entity)) ?? '',
  }))
}

const ENTITIES_SHOWN = 20

function concerned(alerts: readonly Alert[]): ScanReport['entities'] {
  const groups = Map.groupBy(alerts, ({ entityKind, entity }) => `${entityKind} ${entity}`)
  return [...groups.values()]
    .flatMap((group) => {
      const worst = group.toSorted((a, b) => rank(a) - rank(b))[0]
      return worst === undefined
        ? []
        : [
            {
              kind: worst.entityKind,
              entity: worst.entity,
              alerts: group.length,
              worst: worst.severity,
            },
          ]
    })
    .toSorted(
      (a, b) => SEVERITIES.indexOf(a.worst) - SEVERITIES.indexOf(b.worst) || b.alerts - a.alerts,
    )
    .slice(0, ENTITIES_SHOWN)
}

function rank({ severity }: Alert): number {
  return SEVERITIES.indexOf(severity)
}
