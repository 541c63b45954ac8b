// Routes that events take. A route that also asks for fields is met only where they were seen in some of its newest events.

import type { FieldsOf } from '../../model/index.ts'
import { join, sql, trusted } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Sql } from '../../store/index.ts'
import { KIND, routeTakes } from '../sigma/index.ts'
import type { KindRows, Route } from '../sigma/index.ts'

type Reading = {
  readonly lane: EngineLane
  readonly fields: FieldsOf
  readonly sinceMs: number
  readonly settings: EngineSettings
}

/** Events of each kind whose fields are read. */
const SAMPLED = 2000
/** Kinds looked into for fields: the most frequent ones. */
const MOST_KINDS = 200

export async function liveRoutes(
  reading: Reading,
  routes: readonly Route[],
  kinds: readonly KindRows[],
): Promise<ReadonlySet<Route>> {
  const live = new Set<Route>()
  const asking: { readonly route: Route; readonly kinds: readonly KindRows[] }[] = []
  for (const route of routes) {
    const taken = kinds.filter((kind) => routeTakes(route, kind))
    if (taken.length === 0) continue
    if (Object.keys(route.fieldsEqual).length === 0) live.add(route)
    else asking.push({ route, kinds: taken })
  }
  const met = await metOf(reading, asking)
  asking.forEach(({ route }, at) => {
    if (met[at] === true) live.add(route)
  })
  return live
}

type Asking = readonly { readonly route: Route; readonly kinds: readonly KindRows[] }[]

async function metOf(reading: Reading, asking: Asking): Promise<readonly boolean[]> {
  if (asking.length === 0) return []
  const { lane, sinceMs, settings } = reading
  const kinds = new Map(
    asking.flatMap((one) => one.kinds.map((kind) => [kind.kind, kind] as const)),
  )
  const asked = [...kinds.values()]
    .toSorted((a, b) => b.rows - a.rows)
    .slice(0, MOST_KINDS)
    .map(({ kind }) => kind)
  const fields = reading.fields([...new Set([...kinds.values()].map(({ parser }) => parser))])
  const tests = asking.map(
    ({ route, kinds: own }) =>
      sql`toUInt8(countIf(${trusted(`kind IN (${own.map(({ kind }) => kind).join(', ')})`)} AND ${holds(route)}) > 0)`,
  )
  const { rows } = await lane.query<{ met: readonly number[] }>(
    sql`SELECT [${join(tests, ', ')}] AS met FROM (
SELECT ${trusted(KIND)} AS kind, ${trusted(`(${fields}) AS f`)} FROM events
WHERE received >= fromUnixTimestamp64Milli(${sinceMs}, 'UTC') AND parse_status != 'failed' AND ${trusted(`kind IN (${asked.join(', ')})`)}
ORDER BY received DESC LIMIT ${SAMPLED} BY kind)`,
    { settings },
  )
  return (rows[0]?.met ?? []).map((value) => value === 1)
}

/** Every field holds one of its values; compared without case, `*` is anything. */
function holds({ fieldsEqual }: Route): Sql {
  const parts = Object.entries(fieldsEqual).map(([name, values]) => {
    const some = values.map((value) => sql`f[${name}] ILIKE ${pattern(value)}`)
    return sql`(f[${name}] != '' AND (${join(some, ' OR ')}))`
  })
  return sql`(${join(parts, ' AND ')})`
}

function pattern(value: string): string {
  return value.replaceAll(/[\\%_]/g, (char) => `\\${char}`).replaceAll('*', '%')
}
