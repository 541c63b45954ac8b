// Witnesses whose signatures count.

import type { Records } from '../../store/index.ts'

/** Keys that somebody confirmed and nobody removed. */
export async function trustedWitnesses(records: Records): Promise<ReadonlySet<string>> {
  const rows = await records
    .selectFrom('witnesses')
    .select('key')
    .where('confirmed', 'is not', null)
    .where('removed', 'is', null)
    .execute()
  return new Set(rows.map(({ key }) => key))
}
