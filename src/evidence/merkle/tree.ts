// A whole tree in memory, for what is small: the lines of one batch, or a bundle that is checked.

import { EMPTY_ROOT, nodeHash } from './hashes.ts'
import { inclusionSpans, spanHash, spanHashes } from './prove.ts'
import type { ReadNode } from './prove.ts'

export type Tree = {
  readonly root: () => Promise<Uint8Array>
  readonly inclusion: (index: number) => Promise<readonly Uint8Array[]>
}

export function treeOf(leaves: readonly Uint8Array[]): Tree {
  const levels: (readonly Uint8Array[])[] = [leaves]
  for (let below = leaves; below.length > 1;) {
    below = complete(below)
    levels.push(below)
  }
  const read: ReadNode = async ({ level, index }) => {
    const hash = levels[level]?.[index]
    if (hash === undefined) throw new RangeError(`no node ${index} at level ${level}`)
    return hash
  }
  const whole = { start: 0, end: leaves.length }
  return {
    root: async () => (leaves.length === 0 ? EMPTY_ROOT : spanHash(whole, read)),
    inclusion: (index) => spanHashes(inclusionSpans(index, whole), read),
  }
}

/** The complete pairs of a level; what stands alone is not a complete subtree. */
function complete(below: readonly Uint8Array[]): readonly Uint8Array[] {
  const above: Uint8Array[] = []
  for (let at = 0; at + 1 < below.length; at += 2) {
    const [left, right] = [below[at], below[at + 1]]
    if (left !== undefined && right !== undefined) above.push(nodeHash(left, right))
  }
  return above
}
