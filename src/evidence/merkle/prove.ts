// Proofs of a log whose hashes are at hand: RFC 9162 sections 2.1.3.1 and 2.1.4.1, and the same for subtrees. A proof is
// first a list of ranges, so that only the nodes it needs are read.

import { nodeHash } from './hashes.ts'

/** Leaves from `start` until before `end`. Our own logs stay far below 2^53 leaves. */
export type Span = { readonly start: number; readonly end: number }

/** A complete subtree: 2^level leaves, the `index`-th such. */
export type Node = { readonly level: number; readonly index: number }

export type ReadNode = (node: Node) => Promise<Uint8Array>

/** Ranges whose hashes prove that leaf `index` is in the subtree. */
export function inclusionSpans(index: number, { start, end }: Span): readonly Span[] {
  if (end - start <= 1) return []
  const middle = start + splitOf(end - start)
  return index < middle
    ? [...inclusionSpans(index, { start, end: middle }), { start: middle, end }]
    : [...inclusionSpans(index, { start: middle, end }), { start, end: middle }]
}

/** Ranges whose hashes prove that the subtree `part` belongs to the tree of `size` leaves. */
export function consistencySpans(part: Span, size: number): readonly Span[] {
  return spansWithin(part, { start: 0, end: size }, true)
}

/** `isKnown`: whoever verifies holds the hash of what is left. */
function spansWithin(part: Span, { start, end }: Span, isKnown: boolean): readonly Span[] {
  if (part.start === start && part.end === end) return isKnown ? [] : [{ start, end }]
  const middle = start + splitOf(end - start)
  const left = { start, end: middle }
  const right = { start: middle, end }
  if (part.end <= middle) return [...spansWithin(part, left, isKnown), right]
  if (part.start >= middle) return [...spansWithin(part, right, isKnown), left]
  return [...spansWithin({ start: middle, end: part.end }, right, false), left]
}

/** The largest power of two below `size`. */
function splitOf(size: number): number {
  return 2 ** (Math.ceil(Math.log2(size)) - 1)
}

/** Complete subtrees that make up a range which starts where a subtree of its length may start. */
export function nodesOf({ start, end }: Span): readonly Node[] {
  const nodes: Node[] = []
  for (let at = start; at < end;) {
    const level = Math.floor(Math.log2(end - at))
    nodes.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return nodes
}

/** Hash of a range, from its complete subtrees: the right ones are the smaller and are joined first. */
export async function spanHash(span: Span, read: ReadNode): Promise<Uint8Array> {
  const hashes = await Promise.all(nodesOf(span).map(read))
  return hashes.reduceRight((right, left) => nodeHash(left, right))
}

export function spanHashes(spans: readonly Span[], read: ReadNode): Promise<Uint8Array[]> {
  return Promise.all(spans.map((span) => spanHash(span, read)))
}
