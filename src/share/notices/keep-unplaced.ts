// Keeps what nobody can be told of, one row for each thing, until a person looks at it.

import { sql } from 'kysely'
import type { UnplacedReason } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { columnsOf, idOf, merge } from './happening.ts'
import type { Happening } from './happening.ts'

export type UnplacedHappening = {
  readonly reason: UnplacedReason
  readonly organisations: readonly string[]
  readonly happening: Happening
}

const PER_STEP = 500

export async function keepUnplaced(
  records: Records,
  rest: readonly UnplacedHappening[],
  addsUp: boolean,
): Promise<void> {
  const byId = Map.groupBy(rest, ({ happening }) =>
    idOf([happening.class, happening.what, happening.about, happening.detail]),
  )
  const entries = merge(
    [...byId].flatMap(([id, all]) => all.map(({ happening }) => ({ id, happening }))),
    addsUp,
  )
  for (let at = 0; at < entries.length; at += PER_STEP)
    await records
      .insertInto('notice_unplaced')
      .values(
        entries.slice(at, at + PER_STEP).map(({ id, happening }) => ({
          id,
          reason: byId.get(id)?.[0]?.reason ?? 'nobody',
          organisations: JSON.stringify(byId.get(id)?.[0]?.organisations ?? []),
          class: happening.class,
          seen: JSON.stringify(happening.seen),
          ...columnsOf(happening),
        })),
      )
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((by) => ({
          reason: by.ref('excluded.reason'),
          organisations: by.ref('excluded.organisations'),
          seen: by.ref('excluded.seen'),
          count: addsUp
            ? sql`notice_unplaced.count + excluded.count`
            : sql`greatest(notice_unplaced.count, excluded.count)`,
          first_seen: sql`least(notice_unplaced.first_seen, excluded.first_seen)`,
          last_seen: sql`greatest(notice_unplaced.last_seen, excluded.last_seen)`,
        })),
      )
      .execute()
}
