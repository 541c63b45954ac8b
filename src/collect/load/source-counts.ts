// What each source sent in a batch, counted by the engine, added up in the records.

import { sql as kysely } from 'kysely'
import { trusted } from '../../store/index.ts'
import type { EngineLane, RecordsTransaction } from '../../store/index.ts'
import { kindOf } from '../source-name.ts'

export type SourceCount = {
  readonly source: string
  readonly lines: number
  readonly bytes: number
  readonly unknown: number
  readonly partial: number
  readonly parsers: Readonly<Record<string, number>>
  readonly first: string
  readonly last: string
}

type Row = {
  source: string
  parser: string
  lines: string
  bytes: string
  unknown: string
  partial: string
  first: string
  last: string
}

export async function sourcesOf(lane: EngineLane, rows: string): Promise<readonly SourceCount[]> {
  const answer = await lane.query<Row>(
    trusted(`SELECT source, parser, count() AS lines, sum(length(raw)) AS bytes,
  countIf(parse_status = 'unknown') AS unknown, countIf(parse_status IN ('partial', 'failed')) AS partial,
  formatDateTime(min(received), '%Y-%m-%dT%H:%i:%S.%fZ') AS first, formatDateTime(max(received), '%Y-%m-%dT%H:%i:%S.%fZ') AS last
FROM ${rows} GROUP BY source, parser ORDER BY source, parser`),
  )
  const bySource = Map.groupBy(answer.rows, ({ source }) => source)
  return [...bySource].map(([source, parts]) => ({
    source,
    lines: total(parts, 'lines'),
    bytes: total(parts, 'bytes'),
    unknown: total(parts, 'unknown'),
    partial: total(parts, 'partial'),
    parsers: Object.fromEntries(parts.map(({ parser, lines }) => [parser, Number(lines)])),
    first: parts.map(({ first }) => first).toSorted()[0] ?? '',
    last:
      parts
        .map(({ last }) => last)
        .toSorted()
        .at(-1) ?? '',
  }))
}

function total(rows: readonly Row[], key: 'lines' | 'bytes' | 'unknown' | 'partial'): number {
  return rows.reduce((sum, row) => sum + Number(row[key]), 0)
}

export async function recordSources(
  transaction: RecordsTransaction,
  counts: readonly SourceCount[],
): Promise<void> {
  for (const count of counts) {
    await addToSource(transaction, count)
    await addToHour(transaction, count)
  }
}

async function addToSource(transaction: RecordsTransaction, count: SourceCount): Promise<void> {
  await transaction
    .insertInto('sources')
    .values({
      name: count.source,
      kind: kindOf(count.source),
      first_seen: count.first,
      last_seen: count.last,
      lines: count.lines,
      bytes: count.bytes,
      unknown: count.unknown,
      partial: count.partial,
      parsers: JSON.stringify(count.parsers),
      parser: null,
    })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({
        last_seen: kysely`greatest(sources.last_seen, excluded.last_seen)`,
        lines: kysely`sources.lines + excluded.lines`,
        bytes: kysely`sources.bytes + excluded.bytes`,
        unknown: kysely`sources."unknown" + excluded."unknown"`,
        partial: kysely`sources.partial + excluded.partial`,
        parsers: kysely`(SELECT jsonb_object_agg(key, total) FROM (
          SELECT key, sum(value::bigint) AS total FROM (
            SELECT * FROM jsonb_each_text(sources.parsers) UNION ALL SELECT * FROM jsonb_each_text(excluded.parsers)
          ) AS both_counts GROUP BY key) AS totals)`,
      }),
    )
    .execute()
}

async function addToHour(
  transaction: RecordsTransaction,
  { source, lines, last }: SourceCount,
): Promise<void> {
  await transaction
    .insertInto('source_hours')
    .values({ source, hour: kysely`date_trunc('hour', ${last}::timestamptz)`, lines })
    .onConflict((conflict) =>
      conflict
        .columns(['source', 'hour'])
        .doUpdateSet({ lines: kysely`source_hours.lines + excluded.lines` }),
    )
    .execute()
}
