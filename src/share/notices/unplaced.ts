// What nobody could be told of: shown until a person settles it, and looked at again whenever somebody registers or is confirmed.

import { sql } from 'kysely'
import { z } from 'zod'
import { NOTICE_CLASSES, UnplacedSchema } from '../../model/index.ts'
import type { Unplaced } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import type { Happening } from './happening.ts'
import { indexClaims, match } from './match.ts'
import { readClaims } from './organisations.ts'
import { place } from './place.ts'

const SeenSchema = z.object({
  certificate: z.string().optional(),
  address: z.string().optional(),
  host: z.string().optional(),
  asn: z.string().optional(),
  provider: z.string().optional(),
})
const MOST_SHOWN = 500
const PER_STEP = 1000

export async function listUnplaced(
  records: Records,
): Promise<{ readonly unplaced: readonly Unplaced[]; readonly total: number }> {
  const open = records.selectFrom('notice_unplaced').where('settled', 'is', null)
  const rows = await open
    .selectAll()
    .orderBy(sql`array_position(${sql.val(`{${NOTICE_CLASSES.join(',')}}`)}::text[], class)`)
    .orderBy('last_seen', 'desc')
    .limit(MOST_SHOWN)
    .execute()
  const { total } = await open
    .select((by) => by.fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  return {
    unplaced: rows.map((row) =>
      UnplacedSchema.parse({
        ...row,
        count: Number(row.count),
        first: row.first_seen.toISOString(),
        last: row.last_seen.toISOString(),
      }),
    ),
    total: Number(total),
  }
}

/** A person looked at it and nothing is to be told. */
export async function settleUnplaced(
  records: Records,
  id: string,
  { who, nowMs }: { readonly who: string; readonly nowMs: number },
): Promise<boolean> {
  const { numUpdatedRows } = await records
    .updateTable('notice_unplaced')
    .set({ settled: new Date(nowMs), settled_by: who })
    .where('id', '=', id)
    .where('settled', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Tells now what could not be told before. What a marking binds stays for a person. How many found their place. */
export async function placeAgain(records: Records, nowMs: number): Promise<number> {
  let found = 0
  let after = ''
  for (;;) {
    const rows = await records
      .selectFrom('notice_unplaced')
      .selectAll()
      .where('settled', 'is', null)
      .where('reason', 'not in', ['marking', 'not theirs'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(PER_STEP)
      .execute()
    if (rows.length === 0) return found
    after = rows.at(-1)?.id ?? after
    const index = indexClaims(await readClaims(records))
    const ready = rows.filter((row) => match(index, SeenSchema.parse(row.seen)).kind === 'told')
    await records.transaction().execute(async (step) => {
      await step
        .deleteFrom('notice_unplaced')
        .where('id', 'in', ['', ...ready.map(({ id }) => id)])
        .execute()
      const happenings = ready.map((row): Happening => ({
        seen: SeenSchema.parse(row.seen),
        class: UnplacedSchema.shape.class.parse(row.class),
        what: row.what,
        about: row.about,
        detail: row.detail,
        count: Number(row.count),
        firstMs: row.first_seen.getTime(),
        lastMs: row.last_seen.getTime(),
        source: row.source,
      }))
      found += (await place(step, happenings, { nowMs, addsUp: true })).placed
    })
  }
}
