// Connections that logs tell of, by zones and services: worked out in the engine, a day at a time, and kept, so that a round
// only asks about the days that may have grown.

import { createHash } from 'node:crypto'
import { DAY_MS, reasonOf } from '../../core/index.ts'
import { positionSql } from '../../model/index.ts'
import { sql, trusted, typed } from '../../store/index.ts'
import type { EngineSettings, EventEngine, Records, Sql } from '../../store/index.ts'
import type { Borders } from './borders.ts'

/** Two addresses, and when they were seen last: UTC milliseconds. */
export type SeenPair = readonly [source: string, destination: string, lastMs: number]

export type SeenGroup = {
  readonly from: string
  readonly to: string
  readonly protocol: number
  readonly port: number
  /** Of connections that got through: a filter let them, or they were answered. */
  readonly passed: number
  readonly refused: number
  readonly sources: number
  readonly destinations: number
  readonly firstMs: number
  readonly lastMs: number
  /** The newest that got through. */
  readonly pairs: readonly SeenPair[]
}

export type Seen = {
  readonly groups: readonly SeenGroup[]
  readonly span: {
    readonly from: string
    readonly to: string
    readonly days: number
    readonly daysWithFlows: number
    readonly filtersSince: string | null
    readonly isCut: boolean
    /** Days with more connections than are put together within the limits. */
    readonly tooMany: readonly string[]
  }
}

export type SeenParts = {
  readonly records: Records
  readonly events: EventEngine
  readonly nowMs: number
  /** The newest change of a configuration; `null`: there is none. */
  readonly filtersSinceMs: number | null
  /** Ports of the catalogue: who calls one of these is asked for, not answering. */
  readonly ports: readonly number[]
  readonly fieldPorts: readonly number[]
  readonly signal?: AbortSignal
  /** Of one day; absent: two minutes of one processor. */
  readonly limits?: EngineSettings
}

/** As long as a conduit may stay unused before anybody is asked about it. */
export const SEEN_DAYS = 30
/** Groups of one day, and pairs of addresses of a group. */
const MOST_GROUPS = 2000
const MOST_PAIRS = 32
/** Lines come late for so long. */
const LATE_MS = DAY_MS

export async function seenBetween(borders: Borders, parts: SeenParts): Promise<Seen> {
  const { records, nowMs } = parts
  const networks = createHash('sha256').update(JSON.stringify(borders)).digest('hex')
  const days = Array.from({ length: SEEN_DAYS }, (_, back) => dayOf(nowMs - back * DAY_MS))
  await records
    .deleteFrom('segment_days')
    .where((where) => where.or([where('networks', '!=', networks), where('day', 'not in', days)]))
    .execute()
  const kept = new Map(
    (await records.selectFrom('segment_days').selectAll().execute()).map((row) => [row.day, row]),
  )
  const told = await daysTold(days, parts)
  const found: (readonly SeenGroup[])[] = []
  const tooMany: string[] = []
  for (const day of days) {
    parts.signal?.throwIfAborted()
    const known = kept.get(day)
    if (known?.is_whole === true) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written below alone
      const rows = known.rows as SeenGroup[] | null
      if (rows === null) tooMany.push(day)
      else found.push(rows)
      continue
    }
    const groups = told.has(day) ? await ofDay(day, borders, parts) : []
    if (groups === null) tooMany.push(day)
    else found.push(groups)
    const is_whole = Date.parse(day) + DAY_MS + LATE_MS < nowMs
    const values = { networks, rows: JSON.stringify(groups), is_whole }
    await records
      .insertInto('segment_days')
      .values({ day, ...values })
      .onConflict((conflict) => conflict.column('day').doUpdateSet(values))
      .execute()
  }
  return {
    groups: merged(found.flat()),
    span: {
      from: new Date(Date.parse(days.at(-1) ?? '')).toISOString(),
      to: new Date(nowMs).toISOString(),
      days: days.length,
      daysWithFlows: found.filter((groups) => groups.length > 0).length,
      filtersSince:
        parts.filtersSinceMs === null ? null : new Date(parts.filtersSinceMs).toISOString(),
      isCut: found.some((groups) => groups.length >= MOST_GROUPS),
      tooMany,
    },
  }
}

/** Days of which any connection is stored. */
async function daysTold(
  days: readonly string[],
  { events, signal }: SeenParts,
): Promise<ReadonlySet<string>> {
  const { rows } = await events.ask.query<{ day: string }>(
    sql`SELECT DISTINCT toString(toDate(time, 'UTC')) AS day FROM events WHERE time >= toDateTime64(${days.at(-1) ?? ''}, 3, 'UTC') AND class_uid = 4001`,
    signal === undefined ? {} : { signal },
  )
  return new Set(rows.map(({ day }) => day))
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

const BOUNDED: EngineSettings = {
  max_execution_time: 120,
  max_bytes_before_external_group_by: 500_000_000,
  max_threads: 1,
}

type Row = {
  readonly sender: number
  readonly receiver: number
  readonly protocol: number
  readonly port: number
  readonly passed: string
  readonly refused: string
  readonly sources: string
  readonly destinations: string
  readonly first_ms: string
  readonly last_ms: string
  readonly pairs: readonly (readonly [string, string, string])[]
}

/** What the engine says where a question passes the limits it was given. */
const TOO_MUCH =
  /\((?:MEMORY_LIMIT_EXCEEDED|CANNOT_ALLOCATE_MEMORY|TIMEOUT_EXCEEDED|TOO_SLOW)\)\s*(?:\(version[^)]*\))?\s*$/

/** `null`: more than is put together within the limits. */
async function ofDay(
  day: string,
  borders: Borders,
  { events, signal, ports, fieldPorts, limits }: SeenParts,
): Promise<readonly SeenGroup[] | null> {
  try {
    const { rows } = await events.ask.query<Row>(questionOf(day, borders, { ports, fieldPorts }), {
      settings: { ...BOUNDED, ...limits },
      ...(signal === undefined ? {} : { signal }),
    })
    return rows.map(groupOf(borders))
  } catch (cause) {
    if (TOO_MUCH.test(reasonOf(cause))) return null
    throw cause
  }
}

function groupOf(borders: Borders): (row: Row) => SeenGroup {
  return (row) => ({
    from: borders.ids[row.sender - 1] ?? '',
    to: borders.ids[row.receiver - 1] ?? '',
    protocol: row.protocol,
    port: row.port,
    passed: Number(row.passed),
    refused: Number(row.refused),
    sources: Number(row.sources),
    destinations: Number(row.destinations),
    firstMs: Number(row.first_ms),
    lastMs: Number(row.last_ms),
    pairs: row.pairs.map(([source, destination, lastMs]) => [source, destination, Number(lastMs)]),
  })
}

/**
 * Exporters tell both ways of a connection as two. What looks like an answer and has its question among the rest is one, and says
 * that the question was answered. Addresses of the Internet are one: there are too many, and none of them is told apart.
 */
export function questionOf(
  day: string,
  borders: Borders,
  {
    ports,
    fieldPorts,
  }: { readonly ports: readonly number[]; readonly fieldPorts: readonly number[] },
): Sql {
  const known = (column: string) =>
    sql`(${trusted(column)} < 1024 OR ${trusted(column)} IN (${trusted(ports.join(', '))}))`
  const isAnswer = sql`src_port > 0 AND (${known('src_port')} AND NOT ${known('dst_port')} OR ${known('src_port')} = ${known('dst_port')} AND src_port < dst_port)`
  const borderOf = sql`(SELECT 1 AS one, toUInt64(place.1) AS start, place.2 AS zone FROM (SELECT arrayJoin(arrayZip(${typed('Array(String)', borders.starts)}, ${typed('Array(UInt16)', borders.zones)})) AS place))`
  const isInternet = (column: string) =>
    sql`has(${typed('Array(UInt16)', borders.internet)}, ${trusted(column)})`
  const shown = (column: string) => trusted(`replaceOne(toString(${column}), '::ffff:', '')`)
  const all = sql`(
    SELECT sender, b.zone AS receiver, if(${isInternet('sender')}, toIPv6('::'), src_ip) AS source, if(${isInternet('receiver')}, toIPv6('::'), dst_ip) AS destination,
      proto_num, ${isAnswer} AS is_answer, if(is_answer, src_port, 0) AS asked, if(is_answer, 0, dst_port) AS called, max(dst_port) AS port,
      argMax(src_ip, time) AS newest_source, argMax(dst_ip, time) AS newest_destination, min(time) AS first_at, max(time) AS last_at, count() AS connections,
      countIf(action_id = 2 OR activity_id = 5) AS refused, countIf(action_id = 1 AND activity_id != 5 OR action_id != 2 AND bytes_in > 0) AS passed
    FROM (
      SELECT f.*, a.zone AS sender FROM (
        SELECT time, src_ip, dst_ip, src_port, dst_port, proto_num, action_id, activity_id, bytes_in, 1 AS one,
          ${trusted(positionSql('src_ip'))} AS src_position, ${trusted(positionSql('dst_ip'))} AS dst_position
        FROM events
        WHERE time >= toDateTime64(${day}, 3, 'UTC') AND time < toDateTime64(${day}, 3, 'UTC') + INTERVAL 1 DAY AND class_uid = 4001
          AND dst_port > 0 AND src_ip != toIPv6('::') AND dst_ip != toIPv6('::')
      ) AS f ASOF INNER JOIN ${borderOf} AS a ON a.one = f.one AND a.start <= f.src_position
    ) AS f ASOF INNER JOIN ${borderOf} AS b ON b.one = f.one AND b.start <= f.dst_position
    WHERE sender > 0 AND receiver > 0 AND (sender != receiver OR dst_port IN (${trusted(fieldPorts.join(', '))})) AND NOT (${isInternet('sender')} AND ${isInternet('receiver')})
    GROUP BY sender, receiver, source, destination, proto_num, is_answer, asked, called)`
  return sql`SELECT sender, receiver, proto_num AS protocol, port, sum(got) AS passed, sum(refused) AS refused, uniq(source) AS sources, uniq(destination) AS destinations,
  toUnixTimestamp64Milli(min(first_at)) AS first_ms, toUnixTimestamp64Milli(max(last_at)) AS last_ms,
  arrayMap(pair -> (pair.2, pair.3, -pair.1), groupArraySortedIf(${trusted(String(MOST_PAIRS))})((-toUnixTimestamp64Milli(last_at), ${shown('newest_source')}, ${shown('newest_destination')}), got > 0)) AS pairs
FROM (
  SELECT *, if(passed > 0, passed, if((destination, source, proto_num, port) IN (SELECT source, destination, proto_num, asked FROM ${all} WHERE is_answer), toUInt64(connections - refused), toUInt64(0))) AS got
  FROM ${all}
  WHERE NOT (is_answer AND (destination, source, proto_num, asked) IN (SELECT source, destination, proto_num, called FROM ${all} WHERE NOT is_answer))
)
GROUP BY sender, receiver, protocol, port ORDER BY passed > 0 DESC, passed + refused DESC LIMIT ${trusted(String(MOST_GROUPS))}`
}

/** Days as one. */
export function merged(groups: readonly SeenGroup[]): readonly SeenGroup[] {
  const all = Map.groupBy(
    groups,
    ({ from, to, protocol, port }) => `${from} ${to} ${protocol} ${port}`,
  )
  return [...all.values()].map((same) => {
    const pairs = new Map<string, SeenPair>()
    for (const pair of same.flatMap((one) => one.pairs)) {
      const key = `${pair[0]} ${pair[1]}`
      if ((pairs.get(key)?.[2] ?? 0) < pair[2]) pairs.set(key, pair)
    }
    const most = (of: (group: SeenGroup) => number) => Math.max(...same.map(of))
    const sum = (of: (group: SeenGroup) => number) => same.reduce((all_, one) => all_ + of(one), 0)
    const [first] = same
    return {
      from: first?.from ?? '',
      to: first?.to ?? '',
      protocol: first?.protocol ?? 0,
      port: first?.port ?? 0,
      passed: sum((one) => one.passed),
      refused: sum((one) => one.refused),
      sources: most((one) => one.sources),
      destinations: most((one) => one.destinations),
      firstMs: Math.min(...same.map((one) => one.firstMs)),
      lastMs: most((one) => one.lastMs),
      pairs: [...pairs.values()].toSorted((a, b) => b[2] - a[2]).slice(0, MOST_PAIRS),
    }
  })
}
