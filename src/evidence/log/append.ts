// Gives waiting entries their place in the log: entries, tiles and size change in one transaction, so that whatever crashes
// when, the log is one that was, or the next.

import { sql as kysely } from 'kysely'
import type { Records, RecordsTransaction } from '../../store/index.ts'
import { leafHash } from '../merkle/hashes.ts'
import { treeOf } from '../merkle/tree.ts'
import { tileHashes } from './read-log.ts'
import { TILE_WIDTH, hashesOf } from './tiles.ts'

/** Entries of one transaction. */
const MOST_AT_ONCE = 1024

/** Appends what waits. Gives how many entries that were. Several processes may call it: one goes after the other. */
export async function appendWaiting(records: Records): Promise<number> {
  let appended = 0
  for (;;) {
    const some = await records.transaction().execute(appendSome)
    appended += some
    if (some < MOST_AT_ONCE) return appended
  }
}

async function appendSome(transaction: RecordsTransaction): Promise<number> {
  const held = await transaction
    .selectFrom('evidence_log')
    .select('size')
    .forUpdate()
    .executeTakeFirstOrThrow()
  const size = Number(held.size)
  const { rows } = await kysely<{ at: string | number; entry: Uint8Array }>`
    WITH waiting AS (SELECT id, made FROM evidence_entries WHERE at IS NULL ORDER BY made, id LIMIT ${MOST_AT_ONCE}),
      next AS (SELECT id, row_number() OVER (ORDER BY made, id) AS n FROM waiting)
    UPDATE evidence_entries AS e SET at = ${size}::bigint + next.n - 1 FROM next WHERE e.id = next.id
    RETURNING e.at, e.entry`.execute(transaction)
  if (rows.length === 0) return 0
  const leaves = rows
    .toSorted((one, other) => Number(one.at) - Number(other.at))
    .map(({ entry }) => leafHash(entry))
  await extend(transaction, { level: 0, size, hashes: leaves })
  await transaction
    .updateTable('evidence_log')
    .set({ size: size + rows.length })
    .execute()
  return rows.length
}

type Extension = {
  readonly level: number
  /** Hashes that the level has already. */
  readonly size: number
  readonly hashes: readonly Uint8Array[]
}

/** Fills tiles from the left; the root of each full one is a hash of the level above. */
async function extend(
  transaction: RecordsTransaction,
  { level, size, hashes }: Extension,
): Promise<void> {
  const roots: Uint8Array[] = []
  const firstTile = Math.floor(size / TILE_WIDTH)
  for (let taken = 0, n = firstTile; taken < hashes.length; n += 1) {
    const before = n === firstTile ? await tileHashes(transaction, level, n) : new Uint8Array()
    const room = TILE_WIDTH - before.length / 32
    const tile = Buffer.concat([before, ...hashes.slice(taken, taken + room)])
    taken += room
    await writeTile(transaction, { level, n, hashes: tile })
    if (tile.length / 32 === TILE_WIDTH) roots.push(await treeOf(hashesOf(tile)).root())
  }
  if (roots.length > 0)
    await extend(transaction, { level: level + 1, size: firstTile, hashes: roots })
}

async function writeTile(
  transaction: RecordsTransaction,
  tile: { readonly level: number; readonly n: number; readonly hashes: Uint8Array },
): Promise<void> {
  await transaction
    .insertInto('evidence_tiles')
    .values(tile)
    .onConflict((conflict) => conflict.columns(['level', 'n']).doUpdateSet({ hashes: tile.hashes }))
    .execute()
}
