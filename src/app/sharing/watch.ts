// What a station does with indicators that a hub sends: they become a list of its own indicators, and stored events are searched
// for them at once. A list for each hub, so that leaving one takes nothing from another.

import { reasonOf } from '../../core/index.ts'
import type { Searches } from '../../detect/index.ts'
import { valuesOfIndicator } from '../../detect/index.ts'
import { ImportAskSchema } from '../../model/index.ts'
import { compilePattern, patternSql } from '../../share/index.ts'
import type { Sightings, Watch } from '../../share/index.ts'
import { sql } from '../../store/index.ts'
import type { Core } from '../core.ts'

type Objects = Parameters<Watch['take']>[1]
type Values = Awaited<ReturnType<Core['indicators']['valuesOf']>>

export function watchOf(core: Core, searches: Searches): Watch {
  return {
    take: (peer, objects) => take(core, searches, { peer, objects }),
    searchState: (search) => searchState(core, search),
    met: (peer, objects) => met(core, listOf(peer), objects),
    span: () => span(core),
  }
}

export function listOf(peer: string): string {
  return `hub ${peer}`
}

type Taking = { readonly peer: string; readonly objects: Objects }

async function take(core: Core, searches: Searches, { peer, objects }: Taking) {
  const unwatched = new Map<string, string>()
  const hunted = new Map<string, Sightings | undefined>()
  for (const object of objects) {
    const id = String(object['id'])
    const values = valuesOfIndicator(object)
    if (values.ok || object['revoked'] === true) continue
    const asked = values.reason === 'pattern' ? await hunt(core, object) : values.reason
    if (typeof asked === 'string') unwatched.set(id, asked)
    else hunted.set(id, asked.met)
  }
  const list = listOf(peer)
  const bundle = JSON.stringify({ type: 'bundle', objects })
  const { arrived } = await core.indicators.importList(
    bytesOf(bundle),
    ImportAskSchema.parse({ list }),
    list,
    objects.map(({ id }) => String(id)),
  )
  if (unwatched.size + hunted.size === objects.length) return { search: null, hunted, unwatched }
  return { search: (await searches.start(arrived)).id, hunted, unwatched }
}

/** Behind people's hunts, and not for ever. */
const HUNT_SETTINGS = {
  max_threads: 1,
  max_memory_usage: 500 * 1024 * 1024,
  max_execution_time: 60,
  timeout_overflow_mode: 'throw',
  priority: 6,
} as const
const MOST_WAYS = 100_000

/** Asks a pattern that says more than a value of stored events, once. A text says why it cannot be asked. */
async function hunt(
  { store }: Core,
  { pattern, pattern_type: language }: Objects[number],
): Promise<string | { readonly met: Sightings | undefined }> {
  if (language !== 'stix') return 'pattern'
  const compiled = compilePattern(String(pattern))
  if (!compiled.ok) return compiled.problem.sentence.slice(0, 500)
  const ask = { from: sql`FROM events`, where: sql`1`, limit: MOST_WAYS }
  try {
    const { rows } = await store.events.ask.query<{ n: string; first: string; last: string }>(
      sql`SELECT count() AS n, toString(min(started)) AS first, toString(max(ended)) AS last FROM (${patternSql(compiled.value, ask)})`,
      { settings: HUNT_SETTINGS },
    )
    const [row] = rows
    const count = Number(row?.n ?? 0)
    if (count === 0) return { met: undefined }
    return { met: { count, firstMs: Number(row?.first), lastMs: Number(row?.last) } }
  } catch (thrown) {
    return reasonOf(thrown).slice(0, 300)
  }
}

async function* bytesOf(text: string) {
  yield Buffer.from(text)
}

async function searchState({ store }: Core, id: string): Promise<'running' | 'done' | 'failed'> {
  const row = await store.records
    .selectFrom('indicator_searches')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirst()
  if (row?.state === 'running') return 'running'
  return row?.state === 'done' ? 'done' : 'failed'
}

async function met({ indicators }: Core, list: string, objects: Objects | 'all') {
  const found = new Map<string, Values>()
  if (objects === 'all') {
    for (const value of await indicators.metOf(list))
      found.set(value.reference, [...(found.get(value.reference) ?? []), value])
  } else {
    for (const [id, values] of await valuesByObject(indicators, list, objects))
      found.set(id, values)
  }
  const sightings = new Map<string, Sightings>()
  const unwatched = new Map<string, string>()
  for (const [id, values] of found) {
    const hit = values.filter(({ hits }) => hits > 0)
    if (hit.length > 0) sightings.set(id, sumOf(hit))
    else if (values.every(({ state }) => state !== 'live'))
      unwatched.set(id, values[0]?.state ?? 'empty')
  }
  return { sightings, unwatched }
}

/** By its id, and by its values: two objects may name one value, and the list keeps it once. */
async function valuesByObject(
  indicators: Core['indicators'],
  list: string,
  objects: Objects,
): Promise<ReadonlyMap<string, Values>> {
  const keys = new Map(
    objects.map((object) => {
      const values = valuesOfIndicator(object)
      return [String(object['id']), values.ok ? values.keys : []] as const
    }),
  )
  const wanted = { references: [...keys.keys()], keys: [...keys.values()].flat() }
  const all = await indicators.valuesOf(list, wanted)
  const byKey = Map.groupBy(all, ({ key }) => key)
  const byReference = Map.groupBy(all, ({ reference }) => reference)
  return new Map(
    [...keys].map(([id, own]) => {
      const named = [...(byReference.get(id) ?? []), ...own.flatMap((key) => byKey.get(key) ?? [])]
      return [id, [...new Map(named.map((value) => [value.key, value])).values()]]
    }),
  )
}

function sumOf(values: Values): Sightings {
  return {
    count: values.reduce((sum, { hits }) => sum + hits, 0),
    firstMs: Math.min(...values.map(({ firstMs }) => firstMs)),
    lastMs: Math.max(...values.map(({ lastMs }) => lastMs)),
  }
}

async function span({ store }: Core) {
  const { rows } = await store.events.ask.query<{ n: string; first: string; last: string }>(
    sql`SELECT count() AS n, toString(toUnixTimestamp64Milli(min(time))) AS first, toString(toUnixTimestamp64Milli(max(time))) AS last FROM events`,
  )
  const [row] = rows
  return row === undefined || Number(row.n) === 0
    ? undefined
    : { fromMs: Number(row.first), toMs: Number(row.last) }
}
