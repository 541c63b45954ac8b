// Reading the log: its size, its nodes, its entries, and proofs made of them.

import type { Records } from '../../store/index.ts'
import { EMPTY_ROOT } from '../merkle/hashes.ts'
import { consistencySpans, inclusionSpans, spanHash, spanHashes } from '../merkle/prove.ts'
import type { ReadNode } from '../merkle/prove.ts'
import { TILE_WIDTH, nodeFromTile, tileOf } from './tiles.ts'

export async function logSize(records: Records): Promise<number> {
  const row = await records.selectFrom('evidence_log').select('size').executeTakeFirstOrThrow()
  return Number(row.size)
}

/** Reads a node by its tile; tiles are kept for the life of the reader. Throws RangeError when the tile is not there. */
export function nodeReader(records: Records): ReadNode {
  const tiles = new Map<string, Promise<Uint8Array>>()
  return async (node) => {
    const { level, n, ...part } = tileOf(node)
    const key = `${level}/${n}`
    const tile = tiles.get(key) ?? tileHashes(records, level, n)
    tiles.set(key, tile)
    return nodeFromTile(await tile, part)
  }
}

/** Empty when there is no such tile. */
export async function tileHashes(
  records: Pick<Records, 'selectFrom'>,
  level: number,
  n: number,
): Promise<Uint8Array> {
  const row = await records
    .selectFrom('evidence_tiles')
    .select('hashes')
    .where('level', '=', level)
    .where('n', '=', n)
    .executeTakeFirst()
  return row?.hashes ?? new Uint8Array()
}

export async function logRoot(read: ReadNode, size: number): Promise<Buffer> {
  return Buffer.from(size === 0 ? EMPTY_ROOT : await spanHash({ start: 0, end: size }, read))
}

export function proveInclusion(read: ReadNode, at: number, size: number): Promise<Uint8Array[]> {
  return spanHashes(inclusionSpans(at, { start: 0, end: size }), read)
}

export function proveConsistency(
  read: ReadNode,
  size1: number,
  size2: number,
): Promise<Uint8Array[]> {
  return spanHashes(consistencySpans({ start: 0, end: size1 }, size2), read)
}

export type LoggedEntry = {
  readonly at: number
  readonly entry: Uint8Array
  readonly chunks: Uint8Array
}

/** Entries from `from` on, in order; fewer than `count` at the end. */
export async function readEntries(
  records: Records,
  from: number,
  count: number,
): Promise<readonly LoggedEntry[]> {
  const rows = await records
    .selectFrom('evidence_entries')
    .select(['at', 'entry', 'chunks'])
    .where('at', '>=', from)
    .where('at', '<', from + count)
    .orderBy('at')
    .execute()
  return rows.map(({ at, entry, chunks }) => ({ at: Number(at), entry, chunks }))
}

/** Entries of a tile, as many as the log of `size` has. */
export async function entriesOfTile(
  records: Records,
  n: number,
  size: number,
): Promise<readonly Uint8Array[]> {
  const count = Math.min(TILE_WIDTH, size - n * TILE_WIDTH)
  if (count <= 0) return []
  return (await readEntries(records, n * TILE_WIDTH, count)).map(({ entry }) => entry)
}
