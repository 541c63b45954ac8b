// The sources of a station as people see them: rate, lag, what was not understood, and silence.

import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import { VigieError } from '../core/index.ts'
import { DAY_MS, HOUR_MS } from '../core/index.ts'
import { SourceSchema } from '../model/index.ts'
import type { Source } from '../model/index.ts'
import type { Records, SourcesTable } from '../store/index.ts'
import { isSender, kindOf, sensorOf } from './source-name.ts'

/** What only the running listeners know about a source. */
export type LiveSource = {
  /** Lines a second over the last five minutes. */
  readonly rate: number
  readonly lagMs: number | null
  /** Datagrams dropped since the station started. */
  readonly dropped: number
  readonly trouble: Source['trouble']
}

export type LiveSources = {
  readonly of: (source: string) => LiveSource
  /** Streams of providers and queues that are read, whether they brought anything or not. */
  readonly expected: readonly string[]
}

const HOURS_SHOWN = 24
/** A source is silent when it is quiet for this many times its usual gap between hours with lines, and an hour at least. */
const SILENT_AFTER_GAPS = 3

export async function listSources(
  records: Records,
  nowMs: number,
  live: LiveSources,
): Promise<readonly Source[]> {
  const rows = await records.selectFrom('sources').selectAll().orderBy('name').execute()
  const hours = await records
    .selectFrom('source_hours')
    .selectAll()
    .where('hour', '>=', new Date(nowMs - 7 * DAY_MS))
    .execute()
  const bySource = Map.groupBy(hours, ({ source }) => source)
  const known = new Set(rows.map(({ name }) => name))
  const awaited = live.expected.filter((name) => !known.has(name))
  const met = rows.map((row) => {
    const own = (bySource.get(row.name) ?? []).map(({ hour, lines }) => ({
      atMs: hour.getTime(),
      lines: Number(lines),
    }))
    return toSource(row, own, { nowMs, live: live.of(row.name) })
  })
  return [...met, ...awaited.map((name) => newSource(name, live.of(name)))].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  )
}

function newSource(name: string, live: LiveSource): Source {
  return {
    name,
    kind: kindOf(name) === 'queue' ? 'queue' : 'cloud',
    sensor: null,
    firstSeen: null,
    lastSeen: null,
    lines: 0,
    bytes: 0,
    unknown: 0,
    partial: 0,
    parsers: {},
    parser: null,
    ...live,
    silent: false,
    hourly: Array.from({ length: HOURS_SHOWN }, () => 0),
  }
}

type Hour = { readonly atMs: number; readonly lines: number }

function toSource(
  row: Selectable<SourcesTable>,
  hours: readonly Hour[],
  { nowMs, live }: { readonly nowMs: number; readonly live: LiveSource },
): Source {
  return SourceSchema.parse({
    name: row.name,
    kind: row.kind,
    sensor: sensorOf(row.name),
    firstSeen: row.first_seen.toISOString(),
    lastSeen: row.last_seen.toISOString(),
    lines: Number(row.lines),
    bytes: Number(row.bytes),
    unknown: Number(row.unknown),
    partial: Number(row.partial),
    parsers: row.parsers,
    parser: row.parser,
    ...live,
    silent: isSilent(row, hours, nowMs),
    hourly: hourly(hours, nowMs),
  })
}

function hourly(hours: readonly Hour[], nowMs: number): number[] {
  const lastHour = Math.floor(nowMs / HOUR_MS) * HOUR_MS
  const byHour = new Map(hours.map(({ atMs, lines }) => [atMs, lines]))
  return Array.from(
    { length: HOURS_SHOWN },
    (_, at) => byHour.get(lastHour - (HOURS_SHOWN - 1 - at) * HOUR_MS) ?? 0,
  )
}

export function isSilent(
  { kind, last_seen: lastSeen }: Pick<Selectable<SourcesTable>, 'kind' | 'last_seen'>,
  hours: readonly Hour[],
  nowMs: number,
): boolean {
  if (!isSender(kind)) return false
  const active = hours.map(({ atMs }) => atMs).toSorted((a, b) => a - b)
  const [first] = active
  const last = active.at(-1)
  if (first === undefined || last === undefined || active.length < 3)
    return nowMs - lastSeen.getTime() > DAY_MS
  const usualGapMs = (last - first) / (active.length - 1)
  return nowMs - lastSeen.getTime() > Math.max(HOUR_MS, SILENT_AFTER_GAPS * usualGapMs)
}

/** Sources whose parser an operator fixed. */
export async function forcedParsers(records: Records): Promise<ReadonlyMap<string, string>> {
  const rows = await records
    .selectFrom('sources')
    .select(['name', 'parser'])
    .where('parser', 'is not', null)
    .execute()
  return new Map(rows.map(({ name, parser }) => [name, parser ?? '']))
}

/** Every parser that read a line of some source. */
export async function parsersMet(records: Records): Promise<readonly string[]> {
  const { rows } = await sql<{
    name: string
  }>`SELECT DISTINCT jsonb_object_keys(parsers) AS name FROM sources`.execute(records)
  return rows.map(({ name }) => name)
}

/** Fixes a source's parser, or lets the content decide again (null). Throws NOT_FOUND or BAD_REQUEST. */
export async function setSourceParser(
  records: Records,
  {
    source,
    parser,
    known,
  }: { readonly source: string; readonly parser: string | null; readonly known: readonly string[] },
): Promise<void> {
  if (parser !== null && !known.includes(parser)) {
    throw new VigieError('BAD_REQUEST', {
      met: `the parser “${parser}”`,
      expected: known.join(', '),
    })
  }
  const { numUpdatedRows } = await records
    .updateTable('sources')
    .set({ parser })
    .where('name', '=', source)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new VigieError('NOT_FOUND', { what: source })
}

/** Lines of each of the last 24 hours over all sources, and their sums. */
export async function lineCounts(
  records: Records,
  nowMs: number,
): Promise<{ total: number; hourly: number[]; last24h: number }> {
  const hours = await records
    .selectFrom('source_hours')
    .select(['hour', sql<string>`sum(lines)`.as('lines')])
    .where('hour', '>=', new Date(nowMs - DAY_MS))
    .groupBy('hour')
    .execute()
  const all = await records
    .selectFrom('sources')
    .select(sql<string>`coalesce(sum(lines), 0)`.as('lines'))
    .executeTakeFirst()
  const shown = hourly(
    hours.map(({ hour, lines }) => ({ atMs: hour.getTime(), lines: Number(lines) })),
    nowMs,
  )
  return {
    total: Number(all?.lines ?? 0),
    hourly: shown,
    last24h: shown.reduce((sum, lines) => sum + lines, 0),
  }
}
