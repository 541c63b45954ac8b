// Evidence that something was reached from the public network, or stands there by what its cloud says.

import { sql } from 'kysely'
import { inBulk, insertInBulk } from '../rows.ts'
import type { Work } from '../rows.ts'

export type Reachable = {
  readonly asset: string
  readonly first_asset: string
  readonly evidence: string
  readonly source: string
  readonly seen: string
}

/** Gives the assets that nothing had reached before. */
export async function writeReached(
  work: Work,
  rows: readonly Reachable[],
): Promise<readonly string[]> {
  const fresh = await newlyReached(work, rows)
  await insertInBulk(work, 'exposure_reachable', {
    rows,
    columns: REACHABLE_COLUMNS,
    onConflict:
      'ON CONFLICT (first_asset, source, evidence) DO UPDATE SET seen = GREATEST(exposure_reachable.seen, excluded.seen)',
  })
  return fresh
}

const REACHABLE_COLUMNS =
  'asset text, first_asset text, evidence text, source text, seen timestamptz'

async function newlyReached(work: Work, rows: readonly Reachable[]): Promise<readonly string[]> {
  const fresh = await inBulk<{ asset: string }>(
    work,
    { rows, columns: REACHABLE_COLUMNS },
    (r) => sql<{ asset: string }>`
    SELECT DISTINCT r.asset FROM ${r} WHERE NOT EXISTS (SELECT 1 FROM exposure_reachable e WHERE e.first_asset = r.first_asset)`,
  )
  return fresh.map(({ asset }) => asset)
}
