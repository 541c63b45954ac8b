// The statement that asks a compiled pattern of events. Rows: started, ended (UTC milliseconds), batch, line of the event that
// completed a way to match.

import { join, sql, trusted } from '../../store/index.ts'
import type { Sql } from '../../store/index.ts'
import type { CompiledPattern, Order } from './compile-pattern.ts'
import { anyOf, asked } from './condition.ts'

export type AskPattern = {
  /** `FROM events` or another table with its columns. */
  readonly from: Sql
  /** Further conditions, such as a span of time. */
  readonly where: Sql
  /** Rows given at most. */
  readonly limit: number
}

/** Events that one order is looked for in, the earliest first. More is a pattern that says nothing. */
export const MOST_HITS = 1_000_000

export function patternSql({ conditions, orders }: CompiledPattern, ask: AskPattern): Sql {
  const single = orders.filter(({ units }) => units.length === 1)
  const ordered = orders.filter(({ units }) => units.length > 1)
  const parts = [
    ...(single.length === 0 ? [] : [rowsSql(conditions, single, ask)]),
    ...(ordered.length === 0 ? [] : [waysSql(conditions, ordered, ask)]),
  ]
  return sql`SELECT max(started) AS started, ended, batch, line FROM (
${join(parts, '\nUNION ALL\n')}
) GROUP BY ended, batch, line ORDER BY ended, batch, line LIMIT ${ask.limit}`
}

type Conditions = CompiledPattern['conditions']

const AT = trusted('toUnixTimestamp64Milli(time)')

function rowsSql(
  conditions: Conditions,
  orders: readonly Order[],
  { from, where }: AskPattern,
): Sql {
  const any = anyOf(orders.flatMap(({ units }) => units.map((unit) => conditions[unit] ?? 'never')))
  return sql`SELECT ${AT} AS started, ${AT} AS ended, toString(batch) AS batch, line ${from} WHERE ${where} AND ${asked(any)}`
}

/** The events that meet any condition are read once, and gone through once for each order. */
function waysSql(
  conditions: Conditions,
  orders: readonly Order[],
  { from, where }: AskPattern,
): Sql {
  const used = [...new Set(orders.flatMap(({ units }) => units))]
  const met = join(
    used.map((unit) => asked(conditions[unit] ?? 'never')),
    ', ',
  )
  const ways = orders.map(({ units, withinMs }) =>
    wayOf(
      units.map((unit) => used.indexOf(unit) + 1),
      withinMs ?? FOREVER,
    ),
  )
  return sql`SELECT tupleElement(way, 1) AS started, tupleElement(way, 2) AS ended, tupleElement(way, 3) AS batch, tupleElement(way, 4) AS line FROM (
SELECT arrayJoin(arrayConcat(${join(ways, ', ')})) AS way FROM (SELECT groupArray((at, batch, line, met)) AS hits FROM (
SELECT ${AT} AS at, toString(batch) AS batch, line, [${met}] AS met ${from} WHERE ${where} AND has(met, 1) ORDER BY at, batch, line LIMIT ${MOST_HITS})))`
}

/** Before any event: later than this is any time. */
const NONE = '-9000000000000000'
const FOREVER = Number.MAX_SAFE_INTEGER
const NO_WAYS = `arrayMap(none -> (toInt64(0), toInt64(0), '', toUInt32(0)), arrayResize([toInt64(0)], 0))`

/**
 * Events in order of time through a row of places, one for each unit: a place holds the latest start among the ways that
 * have come so far. An event takes a way on by one place, so no event stands in a way twice.
 */
function wayOf(conditions: readonly number[], withinMs: number): Sql {
  const hit = (at: number) => `tupleElement(hit, ${at})`
  const places = `[${conditions.join(', ')}]`
  const taken = `arrayMap(place -> arrayElement(${hit(4)}, place), ${places})`
  const own = 'tupleElement(state, 1)'
  const before = `arrayPushFront(arrayPopBack(${own}), ${hit(1)})`
  const advanced = `arrayMap((own, earlier, is) -> if(is AND earlier > own, earlier, own), ${own}, ${before}, ${taken})`
  const start = `arrayElement(${before}, ${conditions.length})`
  const isDone = `arrayElement(${taken}, ${conditions.length}) AND ${start} > ${NONE} AND ${hit(1)} - ${start} <= ${withinMs}`
  const done = `arrayPushBack(tupleElement(state, 2), (${start}, ${hit(1)}, ${hit(2)}, ${hit(3)}))`
  const none = `arrayMap(place -> toInt64(${NONE}), ${places})`
  return trusted(`tupleElement(arrayFold((state, hit) -> (${advanced},
  if(${isDone}, ${done}, tupleElement(state, 2))), hits, (${none}, ${NO_WAYS})), 2)`)
}
