// API roots and collections as they stand in the records, and what a client may do with each.

import { z } from 'zod'
import type { Records } from '../../store/index.ts'

export type TaxiiRoot = {
  readonly path: string
  readonly title: string
  readonly description: string | null
  readonly maxBytes: number
}

export type TaxiiCollection = {
  readonly root: string
  readonly id: string
  readonly title: string
  readonly description: string | null
  readonly alias: string | null
  readonly canRead: boolean
  readonly canWrite: boolean
  readonly mediaTypes: readonly string[]
}

export async function readRoots(records: Records): Promise<readonly TaxiiRoot[]> {
  const rows = await records.selectFrom('taxii_roots').selectAll().orderBy('place').execute()
  return rows.map(({ path, title, description, max_bytes: most }) => ({
    path,
    title,
    description,
    maxBytes: Number(most),
  }))
}

const MediaTypesSchema = z.array(z.string())

export async function readCollections(
  records: Records,
  root: string,
): Promise<readonly TaxiiCollection[]> {
  const rows = await records
    .selectFrom('taxii_collections')
    .selectAll()
    .where('root', '=', root)
    .orderBy('place')
    .execute()
  return rows.map((row) => ({
    root,
    id: row.id,
    title: row.title,
    description: row.description,
    alias: row.alias,
    canRead: row.can_read,
    canWrite: row.can_write,
    mediaTypes: MediaTypesSchema.parse(row.media_types),
  }))
}

/** Adds a root, or changes it. */
export async function saveRoot(
  records: Records,
  root: TaxiiRoot & { readonly place: number },
): Promise<void> {
  const { path, place, title, description, maxBytes } = root
  const rest = { place, title, description, max_bytes: maxBytes }
  await records
    .insertInto('taxii_roots')
    .values({ path, ...rest })
    .onConflict((conflict) => conflict.column('path').doUpdateSet(rest))
    .execute()
}

export async function saveCollection(
  records: Records,
  collection: TaxiiCollection & { readonly place: number },
): Promise<void> {
  const { root, id, place, title, description, alias, canRead, canWrite, mediaTypes } = collection
  const rest = {
    place,
    title,
    description,
    alias,
    can_read: canRead,
    can_write: canWrite,
    media_types: JSON.stringify(mediaTypes),
  }
  await records
    .insertInto('taxii_collections')
    .values({ root, id, last_added: 0, ...rest })
    .onConflict((conflict) => conflict.columns(['root', 'id']).doUpdateSet(rest))
    .execute()
}
