// Objects of collections in the records database: in the order in which they came, by keyset, without counting.

import { sql } from 'kysely'
import type { ExpressionBuilder, Transaction } from 'kysely'
import { canonicalJson } from '../../core/index.ts'
import type { Records, RecordsTables } from '../../store/index.ts'
import { comparableTime } from '../stix/formats.ts'
import type { JsonObject } from '../stix/problem.ts'
import { microText } from './micro-time.ts'
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
const MOST_TIES = 100_000

type Span = {
  readonly query: ObjectQuery
  readonly after: Place | undefined
  readonly limit: number
  readonly until?: number
}

async function select(
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

/** Takes the versions away that the query names. */
export async function deleteObjects(
  records: Records,
  key: CollectionKey,
  query: ObjectQuery,
): Promise<void> {
  await records.transaction().execute(async (transaction) => {
    const rows = await select(transaction, key, { query, after: undefined, limit: MOST_TIES })
    if (rows.length === 0) return
    await transaction
      .deleteFrom('taxii_objects')
      .where('root', '=', key.root)
      .where('collection', '=', key.collection)
      .where(
        'seq',
        'in',
        rows.map(({ seq }) => seq),
      )
      .execute()
    await flag(transaction, key, [...new Set(rows.map(({ id }) => id))])
  })
}

export type Arrived = {
  readonly id: string
  /** As the status says it. */
  readonly version: string
  readonly outcome: 'added' | 'known' | 'two texts'
}

/**
 * Adds objects, each at a time of its own, later than all before it. The same again is no error; another text for a state that
 * is here is not taken.
 */
export async function addObjects(
  records: Records,
  key: CollectionKey,
  { objects, nowMs }: { readonly objects: readonly JsonObject[]; readonly nowMs: number },
): Promise<readonly Arrived[]> {
  return records.transaction().execute(async (transaction) => {
    const held = await transaction
      .selectFrom('taxii_collections')
      .select('last_added')
      .where('root', '=', key.root)
      .where('id', '=', key.collection)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const first = Math.max(nowMs * 1000, Number(held.last_added) + 1)
    const rows = objects.map((object, at) => rowOf(object, key, first + at))
    const known = await knownBodies(transaction, key, rows)
    const seen = new Set([...known.keys()].map(idOfState))
    const again = new Set<string>()
    const arrived: Arrived[] = []
    const fresh: typeof rows = []
    for (const row of rows) {
      const state = stateOf(row)
      const body = known.get(state)
      const { id, version } = row
      if (body === undefined) {
        known.set(state, row.body)
        fresh.push(row)
        if (seen.has(id)) again.add(id)
        seen.add(id)
      }
      const outcome = body === undefined ? 'added' : body === row.body ? 'known' : 'two texts'
      arrived.push({ id, version, outcome })
    }
    await insertRows(transaction, fresh)
    // What is there once is its own first and last.
    if (again.size > 0) await flag(transaction, key, [...again])
    await transaction
      .updateTable('taxii_collections')
      .set({ last_added: first + rows.length - 1 })
      .where('root', '=', key.root)
      .where('id', '=', key.collection)
      .execute()
    return arrived
  })
}

export type Row = Omit<RecordsTables['taxii_objects'], 'seq' | 'added'> & { readonly added: number }

/** An object of a specification without versions has the one that the server gives it: the time it came. */
export function rowOf(object: JsonObject, { root, collection }: CollectionKey, added: number): Row {
  const { id, type, modified, created, spec_version: spec } = object
  const said =
    typeof modified === 'string' ? modified : typeof created === 'string' ? created : undefined
  const isVersioned = said !== undefined
  return {
    root,
    collection,
    id: String(id),
    type: String(type),
    version: said ?? microText(added),
    version_order: isVersioned ? comparableTime(said) : UNVERSIONED,
    spec: typeof spec === 'string' ? spec : isVersioned ? '2.0' : '2.1',
    added,
    body: canonicalJson(object),
    is_top_spec: true,
    is_last: true,
    is_first: true,
  }
}

/** One place for whatever has no versions, so that it stands in a collection once. */
const UNVERSIONED = '-'

function stateOf({
  id,
  spec,
  version_order: order,
}: Pick<Row, 'id' | 'spec' | 'version_order'>): string {
  return `${id} ${spec} ${order}`
}

function idOfState(state: string): string {
  return state.slice(0, state.indexOf(' '))
}

async function knownBodies(
  transaction: Transaction<RecordsTables>,
  { root, collection }: CollectionKey,
  rows: readonly Row[],
): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map()
  const found = await transaction
    .selectFrom('taxii_objects')
    .select(['id', 'spec', 'version_order', 'body'])
    .where('root', '=', root)
    .where('collection', '=', collection)
    .where(
      sql<boolean>`id IN (SELECT jsonb_array_elements_text(${JSON.stringify(rows.map(({ id }) => id))}::text::jsonb))`,
    )
    .execute()
  return new Map(found.map((row) => [stateOf(row), row.body]))
}

/** Rows with times of their own, as a seed or another server says them. */
export async function insert(
  transaction: Transaction<RecordsTables>,
  key: CollectionKey,
  rows: readonly Row[],
): Promise<void> {
  await insertRows(transaction, rows)
  await flag(transaction, key, [...new Set(rows.map(({ id }) => id))])
}

async function insertRows(
  transaction: Transaction<RecordsTables>,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`INSERT INTO taxii_objects (root, collection, id, type, version, version_order, spec, added, body, is_top_spec, is_last, is_first)
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      AS r (root text, collection text, id text, type text, version text, version_order text, spec text, added bigint, body text, is_top_spec boolean, is_last boolean, is_first boolean)`.execute(
    transaction,
  )
}

/** Which version of an object is its first and its last in each specification, and which specification is its newest. */
async function flag(
  transaction: Transaction<RecordsTables>,
  { root, collection }: CollectionKey,
  ids: readonly string[],
): Promise<void> {
  await sql`UPDATE taxii_objects AS o SET is_top_spec = f.top, is_last = f.last, is_first = f.first FROM (
      SELECT seq, spec = max(spec) OVER (PARTITION BY id) AS top,
        row_number() OVER (PARTITION BY id, spec ORDER BY version_order DESC) = 1 AS last,
        row_number() OVER (PARTITION BY id, spec ORDER BY version_order) = 1 AS first
      FROM taxii_objects WHERE root = ${root} AND collection = ${collection}
        AND id IN (SELECT jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))) AS f
    WHERE o.seq = f.seq AND (o.is_top_spec, o.is_last, o.is_first) IS DISTINCT FROM (f.top, f.last, f.first)`.execute(
    transaction,
  )
}
