// An object of this hub's own making is taken back.

import { VigieError } from '../../core/index.ts'
import { readSelf } from '../peer/self.ts'
import type { JsonObject } from '../stix/problem.ts'
import { revoke } from '../stix/versions.ts'
import { addObjects } from '../taxii/object-changes.ts'
import { COLLECTIONS, HUB_ROOT } from './places.ts'
import { record } from './publication-records.ts'
import type { Publishing } from './publication-records.ts'

/** Revokes it. Throws NOT_FOUND; BAD_REQUEST for another's. */
export async function withdraw({ records, who, nowMs }: Publishing, id: string): Promise<void> {
  const { identity } = await readSelf(records)
  const row = await records
    .selectFrom('taxii_objects')
    .select(['collection', 'body'])
    .where('root', '=', HUB_ROOT)
    .where('collection', 'in', [COLLECTIONS.urgent, COLLECTIONS.indicators])
    .where('id', '=', id)
    .orderBy('version_order', 'desc')
    .executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: id.slice(0, 200) })
  const object: JsonObject = JSON.parse(row.body)
  const { created_by_ref: creator } = object
  if (creator !== identity)
    throw new VigieError('BAD_REQUEST', {
      met: `${id}, which ${typeof creator === 'string' ? creator : 'somebody else'} made`,
      expected: 'an object of this hub: only its maker can revoke it',
    })
  if (object['revoked'] === true) return
  const key = { root: HUB_ROOT, collection: row.collection }
  await addObjects(records, key, { objects: [revoke(object, nowMs)], nowMs })
  await record({ records, who, nowMs }, row.collection, 1)
}
