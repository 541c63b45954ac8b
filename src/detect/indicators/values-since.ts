// Values that events name and that came from outside: each once, in the spelling of indicators, found by the engine. For whoever has
// to ask others about them.

import { join, sql, trusted, typed } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Sql } from '../../store/index.ts'
import { KEY_SOURCES, familiesOf } from './key-sql.ts'
import type { KeyFamily } from './key-sql.ts'

export type OutsideKind = 'address' | 'domain' | 'hash'
export type OutsideValue = { readonly kind: OutsideKind; readonly value: string }

export type ValuesAsk = {
  readonly kinds: readonly OutsideKind[]
  /** By when the events were received, milliseconds. */
  readonly fromMs: number
  readonly toMs: number
  /** Values that are not wanted: a question with one column of text. */
  readonly known: Sql
  readonly most: number
}

/** Behind people's hunts. */
export const BEHIND_HUNTS: EngineSettings = {
  max_threads: 1,
  max_memory_usage: 1024 * 1024 * 1024,
  max_execution_time: 300,
  timeout_overflow_mode: 'throw',
  priority: 6,
}

/** RFC 1918, 6598, 3927, 1122, 5771, 6890; 4193, 4291. */
const INSIDE =
  '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 169.254.0.0/16 127.0.0.0/8 0.0.0.0/8 224.0.0.0/3 fc00::/7 fe80::/10 ff00::/8 ::/127'.split(
    ' ',
  )
/** Names that nobody outside knows (RFC 6761, 6762, 9476, 8375). */
const INSIDE_NAME = String.raw`(^|\\.)(local|localhost|lan|home|corp|internal|intranet|test|invalid|example|arpa|alt)$`
const NAME = String.raw`^([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\\.)+[a-z][a-z0-9-]*[a-z0-9]$`

const KIND = `multiIf(isIPv4String(value) OR isIPv6String(value), 'address', match(value, '^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$'), 'hash',
  length(value) <= 253 AND match(value, '${NAME}'), 'domain', '')`
const IS_OUTSIDE = `NOT (kind = 'address' AND (${isInside(`if(kind = 'address', value, '192.0.2.1')`)}))
  AND NOT (kind = 'domain' AND match(value, '${INSIDE_NAME}'))`

/** SQL over the text of an address. `isIPAddressInRange` gives false for the other version of addresses. */
export function isInside(address: string): string {
  return INSIDE.map((range) => `isIPAddressInRange(${address}, '${range}')`).join(' OR ')
}

const SOURCES = KEY_SOURCES.filter(({ kinds }) =>
  kinds.some((kind) => kind === 'address' || kind === 'domain' || kind === 'hash'),
)

/** At most `most`; none is given twice. */
export async function valuesSince(
  lane: EngineLane,
  { kinds, fromMs, toMs, known, most }: ValuesAsk,
): Promise<readonly OutsideValue[]> {
  const span = sql`received >= fromUnixTimestamp64Milli(${fromMs}, 'UTC') AND received <= fromUnixTimestamp64Milli(${toMs}, 'UTC')`
  const families = familiesOf(SOURCES).map((family) => keysOf(family, span))
  const { rows } = await lane.query<{ kind: string; value: string }>(
    sql`SELECT kind, value FROM (SELECT DISTINCT value, ${trusted(KIND)} AS kind FROM (
${join(families, '\nUNION ALL\n')}))
WHERE kind IN ${typed('Array(String)', kinds)} AND ${trusted(IS_OUTSIDE)} AND value GLOBAL NOT IN (${known}) LIMIT ${most}`,
    { settings: BEHIND_HUNTS },
  )
  return rows.flatMap(({ kind, value }) => {
    const read = kinds.find((one) => one === kind)
    return read === undefined ? [] : [{ kind: read, value }]
  })
}

function keysOf({ value, given, keys }: KeyFamily, span: Sql): Sql {
  return sql`SELECT arrayJoin(${trusted(keys({ four: [], six: [] }))}) AS value FROM (SELECT DISTINCT ${trusted(value)} AS v FROM events WHERE ${span} AND ${trusted(given)})`
}

export type ValueSeen = {
  readonly count: number
  readonly firstMs: number
  readonly lastMs: number
}

/** How many events name it, and between which times; undefined for none. A name is met in names below it too. */
export async function valueSeen(
  lane: EngineLane,
  { kind, value }: OutsideValue,
): Promise<ValueSeen | undefined> {
  const named =
    kind === 'domain'
      ? sql`arrayExists(o -> o = ${value} OR endsWith(o, ${`.${value}`}), observables)`
      : sql`has(observables, ${value})`
  const { rows } = await lane.query<Record<'n' | 'first' | 'last', string>>(
    sql`SELECT count() AS n, toString(toUnixTimestamp64Milli(min(time))) AS first, toString(toUnixTimestamp64Milli(max(time))) AS last FROM events WHERE ${named}`,
    { settings: BEHIND_HUNTS },
  )
  const [row] = rows
  if (row === undefined || Number(row.n) === 0) return undefined
  return { count: Number(row.n), firstMs: Number(row.first), lastMs: Number(row.last) }
}
