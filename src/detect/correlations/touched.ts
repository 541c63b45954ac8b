// Which groups of a correlation have news, and the hits that their windows reach back to.

import { FOUND_MEMBER, UNGROUPED, join, sql, trusted } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Sql } from '../../store/index.ts'
import type { CorrelationPlan } from '../sigma/index.ts'

export type NewFeeds = {
  readonly ids: readonly string[]
  /** The earliest that any of their hits was judged. */
  readonly judgedMs: number
}

export type FeedCount = {
  readonly correlation: string
  /** Hits that have a group. */
  readonly hits: number
  readonly ungrouped: number
}

/** What the feeds hold for each correlation. */
export async function countFeeds(
  lane: EngineLane,
  feeds: NewFeeds,
  settings: EngineSettings,
): Promise<readonly FeedCount[]> {
  if (feeds.ids.length === 0) return []
  const { rows } = await lane.query<FeedCount>(
    sql`SELECT toString(correlation) AS correlation, toUInt32(countIf(grp != ${UNGROUPED})) AS hits, toUInt32(countIf(grp = ${UNGROUPED})) AS ungrouped
FROM correlation_events WHERE ${isFedBy(feeds)} AND member != ${FOUND_MEMBER} GROUP BY correlation`,
    { settings },
  )
  return rows
}

/** Groups go by their number's rest: a part of them where all are too many at once. */
export type Part = { readonly of: number; readonly at: number }

export type Asked = {
  readonly feeds: NewFeeds
  /** What must be absent is decided anew for windows that close in between. */
  readonly closing: { readonly fromMs: number; readonly toMs: number } | undefined
  readonly part: Part
}

/** Rows `grp`, `from_ms`, `to_ms`: windows that end in between may be new. */
export function endsSql(plan: CorrelationPlan, { feeds, closing, part }: Asked): Sql {
  const { key, timespanMs } = plan
  const news = [
    ...(feeds.ids.length === 0 ? [] : [sql`(${isFedBy(feeds)})`]),
    ...(closing === undefined
      ? []
      : [sql`time BETWEEN ${timeOf(closing.fromMs - timespanMs)} AND ${timeOf(closing.toMs)}`]),
  ]
  const isNew = news.length === 0 ? trusted('0') : join(news, ' OR ')
  return sql`SELECT grp, min(toUnixTimestamp64Milli(time)) AS from_ms, max(toUnixTimestamp64Milli(time)) + ${timespanMs} AS to_ms
FROM correlation_events WHERE correlation = ${key} AND member != ${FOUND_MEMBER} AND grp != ${UNGROUPED}
  AND modulo(grp, ${part.of}) = ${part.at} AND (${isNew}) GROUP BY grp`
}

/** Hits of those groups, from the first that a window asked for reaches back to. */
export function hitsSql({ key, timespanMs }: CorrelationPlan, ends: Sql): Sql {
  return sql`SELECT e.grp AS grp, e.member AS member, toUnixTimestamp64Milli(e.time) AS ms, e.value AS value, toString(e.batch) AS batch, e.line AS line
FROM correlation_events AS e GLOBAL INNER JOIN (${ends}) AS t ON e.grp = t.grp
WHERE e.correlation = ${key} AND e.member != ${FOUND_MEMBER} AND e.grp GLOBAL IN (SELECT grp FROM (${ends}))
  AND ms BETWEEN t.from_ms - ${timespanMs} AND t.to_ms + ${timespanMs}`
}

/** When groups were found before, in milliseconds. */
export async function foundBefore(
  lane: EngineLane,
  { key }: CorrelationPlan,
  groups: readonly string[],
  settings: EngineSettings,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, readonly number[]>()
  for (let at = 0; at < groups.length; at += GROUPS_PER_STATEMENT) {
    const some = groups.slice(at, at + GROUPS_PER_STATEMENT)
    const { rows } = await lane.query<{ grp: string; at: readonly string[] }>(
      sql`SELECT toString(grp) AS grp, groupUniqArray(toUnixTimestamp64Milli(time)) AS at FROM correlation_events
WHERE correlation = ${key} AND member = ${FOUND_MEMBER} AND grp IN (${trusted(some.join(', '))}) GROUP BY grp`,
      { settings },
    )
    for (const row of rows) found.set(row.grp, row.at.map(Number))
  }
  return found
}

const GROUPS_PER_STATEMENT = 5000
/** A day's rest for clocks that were set back. */
const SLACK_MS = 86_400_000

function isFedBy({ ids, judgedMs }: NewFeeds): Sql {
  return sql`feed IN ${ids} AND judged >= ${timeOf(judgedMs - SLACK_MS)}`
}

function timeOf(ms: number): Sql {
  return sql`fromUnixTimestamp64Milli(${Math.max(0, Math.round(ms))}, 'UTC')`
}
