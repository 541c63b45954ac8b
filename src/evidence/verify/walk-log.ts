// The log read from its first entry to its last: every entry against its tile, every root against what was signed.

import type { EvidenceFlaw } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { readEntries, tileHashes } from '../log/read-log.ts'
import { TILE_WIDTH } from '../log/tiles.ts'
import { EMPTY_ROOT, HASH_BYTES, isSame, leafHash, nodeHash } from '../merkle/hashes.ts'

/** A root that somebody signed. */
export type SignedRoot = { readonly size: number; readonly root: Uint8Array }

export type Walk = {
  readonly root: Buffer
  /** Signed roots that the log agrees with. */
  readonly agreed: number
  readonly flaws: readonly EvidenceFlaw[]
}

/** Roots grow as leaves come: a stack of complete subtrees, largest first. */
class GrowingRoot {
  readonly #stack: { readonly leaves: number; readonly hash: Uint8Array }[] = []

  add(leaf: Uint8Array): void {
    let top = { leaves: 1, hash: leaf }
    for (let last = this.#stack.at(-1); last?.leaves === top.leaves; last = this.#stack.at(-1)) {
      this.#stack.pop()
      top = { leaves: last.leaves * 2, hash: nodeHash(last.hash, top.hash) }
    }
    this.#stack.push(top)
  }

  root(): Uint8Array {
    const hashes = this.#stack.map(({ hash }) => hash)
    return hashes.length === 0
      ? EMPTY_ROOT
      : hashes.reduceRight((right, left) => nodeHash(left, right))
  }
}

/** `onEntries` is given what was read, tile by tile. */
export async function walkLog(
  records: Records,
  { size, signed }: { readonly size: number; readonly signed: readonly SignedRoot[] },
  onEntries: (entries: readonly Uint8Array[], chunks: readonly Uint8Array[]) => Promise<void>,
): Promise<Walk> {
  const growing = new GrowingRoot()
  const judge = judgeRoots(signed)
  const flaws: EvidenceFlaw[] = []
  judge.at(0, growing)
  for (let first = 0; first < size; first += TILE_WIDTH) {
    const count = Math.min(TILE_WIDTH, size - first)
    const entries = await readEntries(records, first, count)
    const tile = await tileHashes(records, 0, first / TILE_WIDTH)
    const found = new Map(entries.map((one) => [one.at, one]))
    for (let at = first; at < first + count; at += 1) {
      const said = tile.subarray((at - first) * HASH_BYTES, (at - first + 1) * HASH_BYTES)
      const entry = found.get(at)
      const leaf = entry === undefined ? undefined : leafHash(entry.entry)
      if (leaf === undefined) flaws.push(flawOf('entry_missing', at))
      else if (!isSame(leaf, said)) flaws.push(flawOf('entry_changed', at))
      growing.add(leaf ?? said)
      judge.at(at + 1, growing)
    }
    await onEntries(
      entries.map(({ entry }) => entry),
      entries.map(({ chunks }) => chunks),
    )
  }
  return {
    root: Buffer.from(growing.root()),
    agreed: judge.agreed(),
    flaws: [...flaws, ...judge.flaws(size)],
  }
}

function flawOf(kind: EvidenceFlaw['kind'], at: number): EvidenceFlaw {
  return { kind, what: String(at), from: at, to: at }
}

function judgeRoots(signed: readonly SignedRoot[]) {
  const bySize = Map.groupBy(signed, ({ size }) => size)
  const flaws: EvidenceFlaw[] = []
  let agreed = 0
  let agreedUpTo = 0
  return {
    at: (size: number, growing: GrowingRoot) => {
      const roots = bySize.get(size)
      if (roots === undefined) return
      const root = growing.root()
      const same = roots.filter((one) => isSame(one.root, root)).length
      agreed += same
      if (same === roots.length) agreedUpTo = size
      else flaws.push({ kind: 'tree_differs', what: String(size), from: agreedUpTo, to: size - 1 })
    },
    agreed: () => agreed,
    /** With what was signed beyond the log's end. */
    flaws: (size: number): readonly EvidenceFlaw[] => [
      ...flaws,
      ...[...bySize.keys()]
        .filter((one) => one > size)
        .map((one): EvidenceFlaw => ({
          kind: 'rolled_back',
          what: String(one),
          from: size,
          to: one - 1,
        })),
    ],
  }
}
