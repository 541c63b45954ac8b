// Lists and single values as people see them: counts from the engine, the rest from the records.

import { IndicatorKindSchema, IndicatorListSchema, MarkingSchema } from '../../model/index.ts'
import type { Indicator, IndicatorList } from '../../model/index.ts'
import { sql } from '../../store/index.ts'
import type { EngineLane, Records, Sql } from '../../store/index.ts'
import { isLive } from './match.ts'

type Stores = { readonly lane: EngineLane; readonly records: Records; readonly nowMs: number }
type Counts = { source: string; total: string; live: string; warned: string }

export async function listLists({
  lane,
  records,
  nowMs,
}: Stores): Promise<readonly IndicatorList[]> {
  const lists = await records.selectFrom('indicator_lists').selectAll().orderBy('name').execute()
  if (lists.length === 0) return []
  const { rows } = await lane.query<Counts>(
    sql`SELECT toString(source) AS source, count() AS total, countIf(is_live) AS live, countIf(is_warned) AS warned FROM (
  SELECT source, ${isLive(nowMs)} AS is_live, argMax(warning, version) != '' AS is_warned
  FROM indicators GROUP BY kind, key, source HAVING argMax(revoked, version) = 0) GROUP BY source`,
    { settings: { max_bytes_before_external_group_by: 200_000_000, max_threads: 2 } },
  )
  const counts = new Map(rows.map((row) => [row.source, row]))
  return lists.map((list) =>
    IndicatorListSchema.parse({
      name: list.name,
      format: list.format,
      marking: list.marking,
      confidence: list.confidence,
      updated: list.updated.toISOString(),
      by: list.updated_by,
      total: Number(counts.get(list.name)?.total ?? 0),
      live: Number(counts.get(list.name)?.live ?? 0),
      warned: Number(counts.get(list.name)?.warned ?? 0),
      refused: Number(list.refused),
    }),
  )
}

type Shown = {
  kind: string
  key: string
  sources: readonly (readonly [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ])[]
}

export type Search = {
  /** Values that stand for it; or the beginning of one where `isBeginning`. */
  readonly text: string
  readonly list?: string
  readonly limit: number
  readonly offset: number
}

/** Values that contain the text, in their order; one more than the limit shows that there are more. */
export async function searchIndicators(
  { lane, records, nowMs }: Stores,
  { text, list, limit, offset }: Search,
): Promise<{ readonly indicators: readonly Indicator[]; readonly more: boolean }> {
  const ofText = text === '' ? sql`1` : sql`position(key, ${text.toLowerCase()}) > 0`
  const ofList = list === undefined ? sql`1` : sql`source = ${list}`
  return shown({ lane, records, nowMs }, sql`${ofText} AND ${ofList}`, { limit, offset })
}

/** One value, whichever kinds it is of. */
export async function findIndicators(
  stores: Stores,
  keys: readonly string[],
): Promise<readonly Indicator[]> {
  const wanted = sql`key_hash IN (SELECT cityHash64(arrayJoin(${keys}))) AND key IN ${keys}`
  return (await shown(stores, wanted, { limit: 100, offset: 0 })).indicators
}

async function shown(
  { lane, records, nowMs }: Stores,
  where: Sql,
  { limit, offset }: { readonly limit: number; readonly offset: number },
) {
  const now = sql`fromUnixTimestamp64Milli(${nowMs}, 'UTC')`
  const { rows } = await lane.query<Shown>(
    sql`SELECT toString(kind) AS kind, key, groupArray([list, conf, marking, from_text, until_text, label, reference, warning, state]) AS sources FROM (
  SELECT kind, key, toString(source) AS list, toString(argMax(confidence, version)) AS conf, toString(argMax(marking, version)) AS marking,
    toString(toUnixTimestamp(argMax(valid_from, version))) AS from_text, toString(toUnixTimestamp(argMax(valid_until, version))) AS until_text,
    argMax(label, version) AS label, argMax(reference, version) AS reference, toString(argMax(i.warning, version)) AS warning,
    multiIf(argMax(revoked, version) = 1, 'revoked', argMax(i.warning, version) != '', 'warned', argMax(valid_until, version) <= ${now}, 'expired', argMax(valid_from, version) > ${now}, 'future', 'live') AS state
  FROM indicators AS i WHERE ${where} GROUP BY kind, key, source)
GROUP BY kind, key ORDER BY key, kind LIMIT ${limit + 1} OFFSET ${offset}`,
    {
      settings: {
        max_execution_time: 15,
        max_threads: 2,
        max_bytes_before_external_group_by: 200_000_000,
      },
    },
  )
  const page = rows.slice(0, limit)
  const hits = await hitsOf(
    records,
    page.map(({ key }) => key),
  )
  return { indicators: page.flatMap((row) => toIndicator(row, hits)), more: rows.length > limit }
}

type Hits = Pick<Indicator, 'hits' | 'firstHit' | 'lastHit'>

async function hitsOf(
  records: Records,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Hits>> {
  if (keys.length === 0) return new Map()
  const rows = await records
    .selectFrom('indicator_hits')
    .selectAll()
    .where('value', 'in', keys)
    .execute()
  return new Map(
    rows.map(({ kind, value, hits, first_hit: first, last_hit: last }) => [
      `${kind}:${value}`,
      { hits: Number(hits), firstHit: first.toISOString(), lastHit: last.toISOString() },
    ]),
  )
}

function toIndicator(
  { kind, key, sources }: Shown,
  hits: ReadonlyMap<string, Hits>,
): readonly Indicator[] {
  const read = IndicatorKindSchema.safeParse(kind)
  if (!read.success) return []
  const met = hits.get(`${kind}:${key}`) ?? { hits: 0, firstHit: null, lastHit: null }
  return [{ kind: read.data, value: key, sources: sources.map(toSource), ...met }]
}

function toSource(source: Shown['sources'][number]): Indicator['sources'][number] {
  const [list, confidence, marking, from, until, label, reference, warning, state] = source
  const states = ['live', 'future', 'expired', 'revoked', 'warned'] as const
  return {
    list,
    confidence: Number(confidence),
    marking: MarkingSchema.catch('').parse(marking),
    from: instant(from),
    until: instant(until),
    label,
    reference,
    warning,
    state: states.find((one) => one === state) ?? 'expired',
  }
}

function instant(seconds: string): string {
  return new Date(Number(seconds) * 1000).toISOString()
}
