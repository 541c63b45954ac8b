// Which members held an object, and since when: for whoever asks where something came out.

import { sql } from 'kysely'
import { VigieError } from '../../core/index.ts'
import type { Trace } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { HUB_ROOT } from './places.ts'

/** By the first time that each was given any version of it. Throws NOT_FOUND. */
export async function traceOf(records: Records, object: string): Promise<Trace> {
  const versions = await records
    .selectFrom('taxii_objects')
    .select(['collection', 'seq', 'added'])
    .where('root', '=', HUB_ROOT)
    .where('id', '=', object)
    .execute()
  if (versions.length === 0) throw new VigieError('NOT_FOUND', { what: object.slice(0, 200) })
  const first = new Map<string, Date>()
  for (const { collection, seq, added } of versions) {
    const rows = await records
      .selectFrom('share_deliveries')
      .select((by) => ['peer', by.fn.min('made').as('made')])
      .where('collection', '=', collection)
      .where('first_added', '<=', Number(added))
      .where('last_added', '>=', Number(added))
      .where(sql<boolean>`places @> ${JSON.stringify([Number(seq)])}::text::jsonb`)
      .groupBy('peer')
      .execute()
    for (const { peer, made } of rows) {
      const before = first.get(peer)
      const at = new Date(String(made))
      if (before === undefined || at < before) first.set(peer, at)
    }
  }
  const given = [...first].map(([peer, at]) => ({ peer, at: at.toISOString() }))
  return { object, given: given.toSorted((one, other) => one.at.localeCompare(other.at)) }
}
