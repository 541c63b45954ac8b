// Values by the object that brought them: what became of each, and how often it was met.

import type { Records } from '../../store/index.ts'
import { sql } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import { normalise } from './normalise.ts'
import type { RefusalReason } from './normalise.ts'
import { readStix } from './read-stix.ts'

export type ObjectValues =
  | { readonly ok: true; readonly keys: readonly string[] }
  | { readonly ok: false; readonly reason: RefusalReason }

/** The values that a STIX indicator is looked for by; why not, where it is not. */
export function valuesOfIndicator(object: unknown): ObjectValues {
  const keys: string[] = []
  for (const read of readStix(object, 0)) {
    if (read.kind === 'unusable') return { ok: false, reason: read.unusable.reason }
    if (read.kind !== 'entry') continue
    const normal = normalise(read.entry.value, read.entry.kind)
    if (!normal.ok) return { ok: false, reason: normal.reason }
    keys.push(normal.key)
  }
  return keys.length === 0 ? { ok: false, reason: 'empty' } : { ok: true, keys }
}

export type ValueState = {
  readonly reference: string
  readonly key: string
  readonly state: 'live' | 'future' | 'expired' | 'revoked' | 'warned'
  readonly hits: number
  readonly firstMs: number
  readonly lastMs: number
}

type Stores = { readonly lane: EngineLane; readonly records: Records; readonly nowMs: number }
type Row = { kind: string; key: string; brought_by: string; state: ValueState['state'] }

const PER_QUESTION = 2000
const MOST_MET = 20_000

/** Of one list: the values of these objects, whether by reference or by key. */
export async function valuesOfList(
  stores: Stores,
  list: string,
  wanted: { readonly references: readonly string[]; readonly keys: readonly string[] },
): Promise<readonly ValueState[]> {
  const found: ValueState[] = []
  const { references, keys } = wanted
  for (let at = 0; at < references.length; at += PER_QUESTION) {
    const part = references.slice(at, at + PER_QUESTION)
    found.push(...(await states(stores, list, sql`reference IN ${part}`)))
  }
  const known = new Set(found.map(({ key }) => key))
  const rest = [...new Set(keys)].filter((key) => !known.has(key))
  for (let at = 0; at < rest.length; at += PER_QUESTION) {
    const part = rest.slice(at, at + PER_QUESTION)
    const byKey = sql`key_hash IN (SELECT cityHash64(arrayJoin(${part}))) AND key IN ${part}`
    found.push(...(await states(stores, list, byKey)))
  }
  return found
}

/** Of one list: every value that was ever met. */
export async function metOfList(stores: Stores, list: string): Promise<readonly ValueState[]> {
  const rows = await stores.records
    .selectFrom('indicator_hits')
    .select('value')
    .orderBy('last_hit', 'desc')
    .limit(MOST_MET)
    .execute()
  const keys = rows.map(({ value }) => value)
  const found = await valuesOfList(stores, list, { references: [], keys })
  return found.filter(({ hits }) => hits > 0)
}

async function states(
  { lane, records, nowMs }: Stores,
  list: string,
  which: ReturnType<typeof sql>,
): Promise<readonly ValueState[]> {
  const now = sql`fromUnixTimestamp64Milli(${nowMs}, 'UTC')`
  const { rows } = await lane.query<Row>(
    sql`SELECT toString(kind) AS kind, key, argMax(i.reference, version) AS brought_by,
  multiIf(argMax(revoked, version) = 1, 'revoked', argMax(i.warning, version) != '', 'warned', argMax(valid_until, version) <= ${now}, 'expired', argMax(valid_from, version) > ${now}, 'future', 'live') AS state
FROM indicators AS i WHERE source = ${list} AND ${which} GROUP BY kind, key`,
    { settings: { max_threads: 2, max_bytes_before_external_group_by: 200_000_000 } },
  )
  if (rows.length === 0) return []
  const hits = await records
    .selectFrom('indicator_hits')
    .selectAll()
    .where('value', 'in', [...new Set(rows.map(({ key }) => key))])
    .execute()
  const met = new Map(hits.map((hit) => [`${hit.kind}:${hit.value}`, hit]))
  return rows.map(({ kind, key, brought_by: reference, state }) => {
    const hit = met.get(`${kind}:${key}`)
    return {
      reference,
      key,
      state,
      hits: Number(hit?.hits ?? 0),
      firstMs: hit?.first_hit.getTime() ?? 0,
      lastMs: hit?.last_hit.getTime() ?? 0,
    }
  })
}
