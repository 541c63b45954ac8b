// Batches in the order in which they were stored, some at a time.

import type { Records } from '../../store/index.ts'

export type StoredBatch = { readonly id: string; readonly stored: Date; readonly received: Date }

const AT_ONCE = 200
/** Batches are noted by several lanes: what was noted a moment ago may not be the last of its moment. */
const SETTLED_MS = 10_000

/** The next ones after `since`, and whether these are all there are. */
export async function storedAfter(
  records: Records,
  since: Date,
  nowMs: number,
): Promise<{ readonly batches: readonly StoredBatch[]; readonly areAll: boolean }> {
  const batches = await records
    .selectFrom('batches')
    .select(['id', 'stored', 'received'])
    .where('stored', '>', since)
    .where('stored', '<=', new Date(nowMs - SETTLED_MS))
    .orderBy('stored')
    .orderBy('id')
    .limit(AT_ONCE)
    .execute()
  if (batches.length < AT_ONCE) return { batches, areAll: true }
  // Others of the same moment would be passed over: they are of the next round, whole.
  const last = batches.at(-1)?.stored.getTime()
  const whole = batches.filter(({ stored }) => stored.getTime() !== last)
  return { batches: whole.length === 0 ? batches : whole, areAll: false }
}
