// Objects of collections in the records database: in the order in which they came, by keyset, without counting.

import { sql } from 'kysely'
import type { ExpressionBuilder } from 'kysely'
import type { Records, RecordsTables } from '../../store/index.ts'
import type { ObjectQuery, Page, Place, Versions } from './query.ts'

export type CollectionKey = { readonly root: string; readonly collection: string }

export type StoredObject = {
  readonly id: string
  readonly version: string
  readonly spec: string
  readonly added: number
  readonly seq: number
  readonly body: string
}

export type ObjectPage = { readonly objects: readonly StoredObject[]; readonly more: boolean }

/** A page never ends among objects that came at the same time: whoever goes on by time would lose the rest of them. */
export async function readObjects(
  records: Records,
  key: CollectionKey,
  { query, page }: { readonly query: ObjectQuery; readonly page: Page },
): Promise<ObjectPage> {
  const found = await select(records, key, { query, after: page.after, limit: page.limit + 1 })
  if (found.length <= page.limit) return { objects: found, more: false }
  const last = found[page.limit - 1]
  const next = found[page.limit]
  if (last === undefined || next === undefined || last.added !== next.added)
    return { objects: found.slice(0, page.limit), more: true }
  const rest = await select(records, key, {
    query,
    after: last,
    limit: MOST_TIES,
    until: last.added,
  })
  const objects = [...found.slice(0, page.limit), ...rest]
  const beyond = await select(records, key, { query, after: objects.at(-1), limit: 1 })
  return { objects, more: beyond.length > 0 }
}

/** Only what was seeded with its times can stand at one time; what is posted never does. */
export const MOST_TIES = 100_000

type Span = {
  readonly query: ObjectQuery
  readonly after: Place | undefined
  readonly limit: number
  readonly until?: number
}

export async function select(
  records: Records,
  { root, collection }: CollectionKey,
  { query, after, limit, until }: Span,
): Promise<readonly StoredObject[]> {
  const isPlain = query.specs.length < 2
  const key = { root, collection }
  const from = isPlain ? plainRows(query.ids) : rankedRows(key, query.specs)
  let rows = records
    .selectFrom(from.as('o'))
    .select(['o.id', 'o.version', 'o.spec', 'o.added', 'o.seq', 'o.body'])
    .where('o.root', '=', root)
    .where('o.collection', '=', collection)
  if (isPlain)
    rows =
      query.specs.length === 0
        ? rows.where('o.is_top_spec', '=', true)
        : rows.where('o.spec', 'in', query.specs)
  rows = rows.where((by) => versionsIn(by, query.versions))
  if (query.ids.length > 0) rows = rows.where('o.id', 'in', query.ids)
  if (query.types.length > 0) rows = rows.where('o.type', 'in', query.types)
  if (query.addedAfter !== undefined) rows = rows.where('o.added', '>', query.addedAfter)
  if (after !== undefined)
    rows = rows.where(
      sql<boolean>`(o.added, o.seq) > (${after.added}::bigint, ${after.seq}::bigint)`,
    )
  if (until !== undefined) rows = rows.where('o.added', '=', until)
  const found = await rows.orderBy('o.added').orderBy('o.seq').limit(limit).execute()
  return found.map((row) => ({ ...row, added: Number(row.added), seq: Number(row.seq) }))
}

type Objects = RecordsTables['taxii_objects']

/** Few ids are found by their own index; the embedded database has no statistics and would read the whole collection. */
function plainRows(ids: readonly string[]) {
  if (ids.length === 0) return sql<Objects>`taxii_objects`
  return sql<Objects>`(SELECT * FROM taxii_objects WHERE id IN (${sql.join(ids)}) OFFSET 0)`
}

/** First and last across several specifications are not those that are kept. */
function rankedRows({ root, collection }: CollectionKey, specs: readonly string[]) {
  const newest = sql`PARTITION BY t.id ORDER BY t.version_order DESC, t.spec DESC`
  const oldest = sql`PARTITION BY t.id ORDER BY t.version_order, t.spec`
  return sql<Objects>`(SELECT t.root, t.collection, t.id, t.type, t.version, t.version_order, t.spec, t.added, t.seq, t.body,
    t.is_top_spec, row_number() OVER (${newest}) = 1 AS is_last, row_number() OVER (${oldest}) = 1 AS is_first
    FROM taxii_objects AS t WHERE t.root = ${root} AND t.collection = ${collection} AND t.spec IN (${sql.join(specs)}))`
}

type Aliased = { o: RecordsTables['taxii_objects'] }

function versionsIn(by: ExpressionBuilder<Aliased, 'o'>, versions: Versions) {
  if (!('times' in versions)) return plainVersions(by, versions.kind)
  return by.or([
    ...(versions.times.length === 0 ? [] : [by('o.version_order', 'in', versions.times)]),
    ...(versions.first ? [by('o.is_first', '=', true)] : []),
    ...(versions.last ? [by('o.is_last', '=', true)] : []),
  ])
}

function plainVersions(by: ExpressionBuilder<Aliased, 'o'>, kind: 'last' | 'first' | 'all') {
  if (kind === 'all') return by.val(true)
  return by(kind === 'last' ? 'o.is_last' : 'o.is_first', '=', true)
}

/** Every version of an object. */
export async function bodiesOf(
  records: Records,
  { root, collection }: CollectionKey,
  id: string,
): Promise<readonly string[]> {
  const rows = await records
    .selectFrom('taxii_objects')
    .select('body')
    .where('root', '=', root)
    .where('collection', '=', collection)
    .where('id', '=', id)
    .execute()
  return rows.map(({ body }) => body)
}
