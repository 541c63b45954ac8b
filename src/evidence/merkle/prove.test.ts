import { expect, test } from 'vitest'
import { leafHash } from './hashes.ts'
import { consistencySpans, inclusionSpans, spanHash, spanHashes } from './prove.ts'
import type { ReadNode } from './prove.ts'
import { treeOf } from './tree.ts'
import { inclusionFlaw, subtreeConsistencyFlaw, subtreeInclusionFlaw } from './verify.ts'

const LEAVES = Array.from({ length: 70 }, (_, at) => leafHash(Buffer.from(`entry ${at}`)))

const read: ReadNode = async ({ level, index }) =>
  treeOf(LEAVES.slice(index * 2 ** level, (index + 1) * 2 ** level)).root()

/** Every subtree a tree of `size` leaves has: one may start at multiples of the power of two that holds it. */
function* subtrees(size: number) {
  for (let start = 0; start < size; start += 1)
    for (let end = start + 1; end <= size; end += 1)
      if (start % 2 ** Math.ceil(Math.log2(end - start)) === 0) yield { start, end }
}

test('every leaf of every subtree is proven, and no other leaf by that proof', async () => {
  for (const span of subtrees(21)) {
    const root = await spanHash(span, read)
    const range = { start: BigInt(span.start), end: BigInt(span.end) }
    for (let index = span.start; index < span.end; index += 1) {
      const proof = await spanHashes(inclusionSpans(index, span), read)
      const leaf = LEAVES[index] ?? Buffer.alloc(0)
      expect(subtreeInclusionFlaw(range, { index: BigInt(index), leaf, root, proof })).toBe(
        undefined,
      )
      const other = LEAVES[index + 1] ?? Buffer.alloc(0)
      expect(
        subtreeInclusionFlaw(range, { index: BigInt(index), leaf: other, root, proof }),
      ).toBeDefined()
    }
  }
})

test('every subtree is proven part of every larger tree, and no other root is', async () => {
  for (let size = 1; size <= 33; size += 1) {
    const second = await spanHash({ start: 0, end: size }, read)
    for (const span of subtrees(size)) {
      const first = await spanHash(span, read)
      const proof = await spanHashes(consistencySpans(span, size), read)
      const range = { start: BigInt(span.start), end: BigInt(span.end) }
      expect(subtreeConsistencyFlaw(range, BigInt(size), { first, second, proof })).toBe(undefined)
      const wrong = leafHash(first)
      expect(
        subtreeConsistencyFlaw(range, BigInt(size), { first: wrong, second, proof }),
      ).toBeDefined()
    }
  }
})

test('a tree in memory proves each of its leaves', async () => {
  for (const size of [1, 2, 3, 7, 8, 69, 70]) {
    const leaves = LEAVES.slice(0, size)
    const tree = treeOf(leaves)
    const root = await tree.root()
    for (const [index, leaf] of leaves.entries()) {
      const proof = await tree.inclusion(index)
      expect(inclusionFlaw(BigInt(size), { index: BigInt(index), leaf, root, proof })).toBe(
        undefined,
      )
    }
  }
})
