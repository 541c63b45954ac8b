// Rows and indicators brought together by the engine: first which indicators a table of rows can hold at all, by number;
// then, for those few, the rows.

import type { IndicatorKind } from '../../model/index.ts'
import { IndicatorKindSchema } from '../../model/index.ts'
import { join, sql, trusted, typed } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Sql } from '../../store/index.ts'
import { KEY_SOURCES, familiesOf } from './key-sql.ts'
import type { KeyFamily, KeySource, PrefixLengths } from './key-sql.ts'

/** What one list says of a value. */
export type Known = {
  readonly kind: IndicatorKind
  readonly key: string
  readonly list: string
  readonly confidence: number
  readonly label: string
}

/** What is in the table of indicators at all: nothing else is looked for. */
export type Present = {
  readonly kinds: ReadonlySet<IndicatorKind>
  readonly lengths: PrefixLengths
}

export type Matching = {
  readonly lane: EngineLane
  /** `FROM … WHERE`, or with a condition and `AND`: what is asked of a row follows. */
  readonly from: Sql
  readonly present: Present
  readonly nowMs: number
  readonly settings: EngineSettings
  /** Only what arrived since, of one list. */
  readonly only?: { readonly list: string; readonly version: number }
}

/** Live indicators whose value stands in the rows. Usually none. */
export async function knownIn(matching: Matching): Promise<readonly Known[]> {
  const { lane, present, only, settings } = matching
  const sources = KEY_SOURCES.filter(({ kinds }) => kinds.some((kind) => present.kinds.has(kind)))
  if (sources.length === 0) return []
  const values = familiesOf(sources).map((family) => distinctKeys(family, matching))
  const ofList =
    only === undefined
      ? sql`1`
      : sql`source = ${only.list} AND version >= ${typed('UInt64', only.version)}`
  const { rows } = await lane.query<Row>(
    sql`SELECT kind, key, source, argMax(confidence, version) AS confidence, argMax(label, version) AS label
FROM indicators WHERE ${ofList} AND key_hash GLOBAL IN (SELECT cityHash64(arrayJoin(keys)) FROM (${join(values, '\nUNION ALL\n')}))
GROUP BY kind, key, source HAVING ${isLive(matching.nowMs)}`,
    { settings },
  )
  return rows.flatMap(toKnown)
}

type Row = { kind: string; key: string; source: string; confidence: number; label: string }

export function toKnown({ kind, key, source, confidence, label }: Row): readonly Known[] {
  const read = IndicatorKindSchema.safeParse(kind)
  return read.success ? [{ kind: read.data, key, list: source, confidence, label }] : []
}

/** Over groups of versions: the newest is valid now and no warning list holds it back. */
export function isLive(nowMs: number): Sql {
  const now = sql`fromUnixTimestamp64Milli(${nowMs}, 'UTC')`
  return sql`argMax(revoked, version) = 0 AND argMax(warning, version) = ''
  AND argMax(valid_from, version) <= ${now} AND argMax(valid_until, version) > ${now}`
}

function distinctKeys({ value, given, keys }: KeyFamily, { from, present }: Matching): Sql {
  return sql`SELECT ${trusted(keys(present.lengths))} AS keys FROM (SELECT DISTINCT ${trusted(value)} AS v ${from} ${trusted(given)})`
}

function valueOf({ value, isList }: KeySource): Sql {
  return trusted(isList ? `arrayJoin(${value})` : value)
}

/** An indicator met in a row. */
export type Met = {
  readonly kind: IndicatorKind
  readonly key: string
  readonly column: string
  /** The value as the row has it. */
  readonly value: string
  readonly batch: string
  readonly line: number
  readonly time: string
  readonly account: string
  readonly from: string
  readonly device: string
  readonly source: string
}

type MetRow = Omit<Met, 'kind' | 'key' | 'line' | 'time'> & {
  readonly met: readonly string[]
  readonly line: number
  readonly ms: string
}

/** Characters of a value that a finding shows. */
const SHOWN_LENGTH = 500

/** Every row with one of the values, each place of the row on its own. */
export async function metIn(
  matching: Omit<Matching, 'only'>,
  known: readonly Pick<Known, 'kind' | 'key'>[],
): Promise<readonly Met[]> {
  const met: Met[] = []
  for (const source of KEY_SOURCES) {
    const wanted = known.filter(({ kind }) => source.kinds.includes(kind))
    if (wanted.length === 0) continue
    const kindOf = new Map(wanted.map(({ key, kind }) => [key, kind]))
    const { rows } = await matching.lane.query<MetRow>(
      rowsWith(source, matching, [...kindOf.keys()]),
      { settings: matching.settings },
    )
    for (const { met: keys, ms, ...row } of rows) {
      for (const key of keys) {
        const kind = kindOf.get(key)
        const time = new Date(Number(ms)).toISOString()
        if (kind !== undefined) met.push({ ...row, kind, key, time })
      }
    }
  }
  return met
}

function rowsWith(
  source: KeySource,
  { from, present }: Omit<Matching, 'only'>,
  keys: readonly string[],
): Sql {
  const own = trusted(source.keys(present.lengths))
  const given = trusted(source.given)
  const wanted = typed('Array(String)', keys)
  const values = sql`SELECT v FROM (SELECT DISTINCT ${valueOf(source)} AS v ${from} ${given}) WHERE hasAny(${own}, ${wanted})`
  const holds = source.isList
    ? sql`arrayJoin(arrayFilter(o -> o IN (${values}), ${trusted(source.value)}))`
    : trusted(source.value)
  const among = source.isList ? sql`1` : sql`${trusted(source.value)} IN (${values})`
  return sql`SELECT ${source.column} AS column, substringUTF8(${trusted(source.shown)}, 1, ${SHOWN_LENGTH}) AS value, arrayIntersect(${own}, ${wanted}) AS met,
  batch, line, ms, account, \`from\`, device, source
FROM (SELECT ${holds} AS v, ${ROW} ${from} ${given} AND ${among})`
}

const ROW = trusted(`toString(batch) AS batch, line, toString(toUnixTimestamp64Milli(time)) AS ms,
  if(user_name != '', user_name, actor_user) AS account, if(src_ip = toIPv6('::'), '', replaceOne(toString(src_ip), '::ffff:', '')) AS \`from\`,
  if(device_name != '', toString(device_name), if(device_ip = toIPv6('::'), '', replaceOne(toString(device_ip), '::ffff:', ''))) AS device, toString(source) AS source`)
