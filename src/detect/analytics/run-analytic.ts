// One run of an analytic over a span: its rows as findings, without those of entities that were found of late.

import { z } from 'zod'
import type { Finding } from '../../model/index.ts'
import { join, literal, sql, trusted, typed } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Sql } from '../../store/index.ts'
import { PLACEHOLDER } from './analytic.ts'
import type { Analytic } from './analytic.ts'

const RowSchema = z.object({
  entity: z.string(),
  ms: z.coerce.number(),
  batch: z.string(),
  line: z.coerce.number().int(),
  what: z.array(z.tuple([z.string(), z.string()])),
})

/** An analytic that finds more at once finds the ordinary: the newest are kept, and it says so by its number. */
const MOST_FINDINGS = 1000

export async function runAnalytic(
  lane: EngineLane,
  analytic: Analytic,
  { toMs, settings }: { readonly toMs: number; readonly settings: EngineSettings },
): Promise<readonly Finding[]> {
  const { rows } = await lane.query(
    sql`SELECT toString(entity) AS entity, toUnixTimestamp64Milli(time) AS ms, toString(batch) AS batch, line, what
FROM (${boundSql(analytic, toMs)}) WHERE entity != '' AND entity NOT IN (${foundOfLate(analytic, toMs)})
ORDER BY ms DESC, entity LIMIT ${MOST_FINDINGS}`,
    { settings },
  )
  return z
    .array(RowSchema)
    .parse(rows)
    .map((row) => toFinding(analytic, row))
}

/** The analytic's SQL with its spans and parameters bound. Throws what its guard throws. */
export function boundSql(analytic: Analytic, toMs: number): Sql {
  const { sql: text, parameters, lists, guard } = analytic
  if (guard !== undefined) return trusted(guard(writtenSql(analytic, toMs)))
  const times = timesOf(analytic, toMs)
  const parts = text.split(PLACEHOLDER).map((part, at) => {
    if (at % 2 === 0) return trusted(part)
    const ms = times[part]
    if (ms !== undefined) return sql`${timeOf(ms)}`
    const list = lists[part]
    return list === undefined
      ? sql`${typed('Float64', parameters[part] ?? 0)}`
      : sql`${typed('Array(String)', list)}`
  })
  return join(parts, '')
}

/** With every value written out, so that a guard reads the text that will be asked and nothing is put in after it. */
export function writtenSql(analytic: Analytic, toMs: number): string {
  const { sql: text, parameters, lists } = analytic
  const times = timesOf(analytic, toMs)
  const parts = text.split(PLACEHOLDER).map((part, at) => {
    if (at % 2 === 0) return part
    const ms = times[part]
    if (ms !== undefined) return `toDateTime64(${literal(engineTime(ms))}, 3, 'UTC')`
    const list = lists[part]
    return list === undefined ? String(parameters[part] ?? 0) : `[${list.map(literal).join(', ')}]`
  })
  return parts.join('')
}

function timesOf(spans: Analytic, toMs: number): Readonly<Record<string, number>> {
  return { to: toMs, from: toMs - spans.window, since: toMs - spans.window - spans.history }
}

function timeOf(ms: number) {
  return typed("DateTime64(3, 'UTC')", engineTime(ms))
}

function engineTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 23)
}

function foundOfLate({ id, quiet }: Analytic, toMs: number): Sql {
  return sql`SELECT entity FROM findings WHERE rule = ${id} AND time > ${timeOf(toMs - quiet)}`
}

function toFinding(analytic: Analytic, row: z.infer<typeof RowSchema>): Finding {
  return {
    rule: analytic.id,
    title: analytic.title.en,
    severity: analytic.severity,
    time: new Date(row.ms).toISOString(),
    entityKind: analytic.entity,
    entity: row.entity,
    batch: row.batch,
    line: row.line,
    reasons: row.what.map(([field, value]) => ({
      selection: 'analytic',
      field,
      value,
      pattern: '',
    })),
  }
}
