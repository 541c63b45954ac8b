// C2SP tlog-tiles: where a log's hashes and entries lie. A tile is 256 hashes wide; the last of a level may be partial.

import { HASH_BYTES, leafHash } from '../merkle/hashes.ts'
import type { Node } from '../merkle/prove.ts'
import { treeOf } from '../merkle/tree.ts'

export const TILE_WIDTH = 256
const TILE_HEIGHT = 8
/** An entry's length is two bytes. */
export const MOST_ENTRY_BYTES = 65_535

export type TileAt = { readonly level: number; readonly n: number }

/** The tile that holds what a node is made of, and which hashes of it. */
export function tileOf({ level, index }: Node) {
  const tileLevel = Math.floor(level / TILE_HEIGHT)
  const count = 2 ** (level % TILE_HEIGHT)
  const first = index * count
  const n = Math.floor(first / TILE_WIDTH)
  return { level: tileLevel, n, from: first - n * TILE_WIDTH, count }
}

/** The hash of a node from the tile that `tileOf` names. Throws RangeError when the tile is too narrow. */
export async function nodeFromTile(
  hashes: Uint8Array,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<Uint8Array> {
  if (hashes.length < (from + count) * HASH_BYTES) throw new RangeError('the tile is too narrow')
  return treeOf(hashesOf(hashes).slice(from, from + count)).root()
}

export function hashesOf(tile: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: Math.floor(tile.length / HASH_BYTES) }, (_, at) =>
    tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  )
}

/** `tile/0/x001/234.p/7`: groups of three digits, all but the last behind an `x`. `width` is left out when it is full. */
export function tilePath(level: number | 'entries', n: number, width = TILE_WIDTH): string {
  const groups: string[] = []
  for (let rest = n, at = 0; rest > 0 || at === 0; rest = Math.floor(rest / 1000), at += 1) {
    const digits = String(rest % 1000).padStart(3, '0')
    groups.unshift(at === 0 ? digits : `x${digits}`)
  }
  const partial = width === TILE_WIDTH ? '' : `.p/${width}`
  return `tile/${level}/${groups.join('/')}${partial}`
}

/** Entries as a bundle: each behind its length, big end first. */
export function encodeEntries(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(entry.length)
      return [length, entry]
    }),
  )
}

/** Undefined when the bundle ends within an entry. */
export function decodeEntries(bundle: Uint8Array): readonly Uint8Array[] | undefined {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bundle.length;) {
    const high = bundle[at]
    const low = bundle[at + 1]
    if (high === undefined || low === undefined) return undefined
    const end = at + 2 + high * 256 + low
    if (end > bundle.length) return undefined
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  return entries
}

export function tileOfEntries(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(entries.map(leafHash))
}
