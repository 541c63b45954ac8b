// Objects that come to a collection and go from it, each at a time of its own, later than all before it.

import { sql } from 'kysely'
import { canonicalJson } from '../../core/index.ts'
import type { Records, RecordsTables, RecordsTransaction } from '../../store/index.ts'
import { comparableTime } from '../stix/formats.ts'
import type { JsonObject } from '../stix/problem.ts'
import { microText } from './micro-time.ts'
import { MOST_TIES, select } from './object-store.ts'
import type { CollectionKey } from './object-store.ts'
import type { ObjectQuery } from './query.ts'

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
  transaction: RecordsTransaction,
  { root, collection }: CollectionKey,
  rows: readonly Row[],
): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map()
  const found = await transaction
    .selectFrom('taxii_objects')
    .select(['id', 'spec', 'version_order', 'body'])
    .where('root', '=', root)
    .where('collection', '=', collection)
    // As a list of its own: a subquery has the embedded database read the whole collection for each page that comes.
    .where(sql<boolean>`id = ANY(${rows.map(({ id }) => id)}::text[])`)
    .execute()
  return new Map(found.map((row) => [stateOf(row), row.body]))
}

/** Rows with times of their own, as a seed or another server says them. */
export async function insert(
  transaction: RecordsTransaction,
  key: CollectionKey,
  rows: readonly Row[],
): Promise<void> {
  await insertRows(transaction, rows)
  await flag(transaction, key, [...new Set(rows.map(({ id }) => id))])
}

async function insertRows(transaction: RecordsTransaction, rows: readonly Row[]): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  // Of one collection at a time: what all rows say alike is said once.
  const { root, collection } = first
  const own = rows.map((row) => ({ ...row, root: undefined, collection: undefined }))
  await sql`INSERT INTO taxii_objects (root, collection, id, type, version, version_order, spec, added, body, is_top_spec, is_last, is_first)
    SELECT ${root}, ${collection}, r.* FROM jsonb_to_recordset(${JSON.stringify(own)}::text::jsonb)
      AS r (id text, type text, version text, version_order text, spec text, added bigint, body text, is_top_spec boolean, is_last boolean, is_first boolean)`.execute(
    transaction,
  )
}

/** Which version of an object is its first and its last in each specification, and which specification is its newest. */
async function flag(
  transaction: RecordsTransaction,
  { root, collection }: CollectionKey,
  ids: readonly string[],
): Promise<void> {
  await sql`UPDATE taxii_objects AS o SET is_top_spec = f.top, is_last = f.last, is_first = f.first FROM (
      SELECT seq, spec = max(spec) OVER (PARTITION BY id) AS top,
        row_number() OVER (PARTITION BY id, spec ORDER BY version_order DESC) = 1 AS last,
        row_number() OVER (PARTITION BY id, spec ORDER BY version_order) = 1 AS first
      FROM taxii_objects WHERE root = ${root} AND collection = ${collection}
        AND id = ANY(${ids}::text[])) AS f
    WHERE o.seq = f.seq AND (o.is_top_spec, o.is_last, o.is_first) IS DISTINCT FROM (f.top, f.last, f.first)`.execute(
    transaction,
  )
}
