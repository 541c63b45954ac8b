// Whether a proof holds: RFC 9162 sections 2.1.3.2 and 2.1.4.2, and the same for subtrees (Merkle Tree Certificates
// draft, section 4). Sizes are BigInt: a log may say any 64-bit number, and a rounded one would prove something else.

import { EMPTY_ROOT, HASH_BYTES, isSame, nodeHash } from './hashes.ts'

export type ProofFlaw =
  | 'index beyond the tree'
  | 'no such subtree'
  | 'nothing to prove'
  | 'a hash of another length'
  | 'proof too short'
  | 'proof too long'
  | 'first root differs'
  | 'root differs'

export type Inclusion = {
  readonly index: bigint
  readonly leaf: Uint8Array
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

export type Consistency = {
  readonly first: Uint8Array
  readonly second: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** What is wrong with the proof that a leaf is in a tree of `size`; undefined when it holds. */
export function inclusionFlaw(size: bigint, inclusion: Inclusion): ProofFlaw | undefined {
  return subtreeInclusionFlaw({ start: 0n, end: size }, inclusion)
}

/** The leaf's `index` counts from the start of the log, as `start` and `end` do. */
export function subtreeInclusionFlaw(
  { start, end }: Range,
  { index, leaf, root, proof }: Inclusion,
): ProofFlaw | undefined {
  if (start >= end || !isSubtree(start, end)) return 'no such subtree'
  const led = climb(end - start, { index: index - start, leaf, proof })
  if (typeof led === 'string') return led
  return isSame(led, root) ? undefined : 'root differs'
}

/** The root that a leaf and its proof lead to; undefined when the proof is none for a tree of this size. */
export function rootFrom(size: bigint, way: Omit<Inclusion, 'root'>): Buffer | undefined {
  const led = climb(size, way)
  return typeof led === 'string' ? undefined : Buffer.from(led)
}

function climb(
  size: bigint,
  { index, leaf, proof }: Omit<Inclusion, 'root'>,
): Uint8Array | ProofFlaw {
  if (index < 0n || index >= size) return 'index beyond the tree'
  if ([leaf, ...proof].some(({ length }) => length !== HASH_BYTES))
    return 'a hash of another length'
  let at = index
  let last = size - 1n
  let hash = leaf
  for (const step of proof) {
    if (last === 0n) return 'proof too long'
    if (isOdd(at) || at === last) {
      hash = nodeHash(step, hash)
      while (!isOdd(at) && at !== 0n) {
        at >>= 1n
        last >>= 1n
      }
    } else {
      hash = nodeHash(hash, step)
    }
    at >>= 1n
    last >>= 1n
  }
  return last === 0n ? hash : 'proof too short'
}

/** What is wrong with the proof that the tree of `size1` is the beginning of the one of `size2`; undefined when it holds. */
export function consistencyFlaw(
  size1: bigint,
  size2: bigint,
  consistency: Consistency,
): ProofFlaw | undefined {
  // Anything begins with nothing: such a proof says nothing, and whoever asks for one is about to trust it.
  if (size1 === 0n) return 'nothing to prove'
  return subtreeConsistencyFlaw({ start: 0n, end: size1 }, size2, consistency)
}

export type Range = { readonly start: bigint; readonly end: bigint }

/** What is wrong with the proof that the subtree with root `first` is part of the tree of `size`; undefined when it holds. */
export function subtreeConsistencyFlaw(
  { start, end }: Range,
  size: bigint,
  { first, second, proof }: Consistency,
): ProofFlaw | undefined {
  if (end > size) return 'index beyond the tree'
  if (!isSubtree(start, end)) return 'no such subtree'
  if (start === end) return emptyFlaw(first, proof)
  if (start === 0n && end === size) {
    if (proof.length > 0) return 'proof too long'
    return isSame(first, second) ? undefined : 'root differs'
  }
  if ([first, ...proof].some(({ length }) => length !== HASH_BYTES))
    return 'a hash of another length'
  return walk(seedOf({ start, end }, size), { first, second, proof })
}

function emptyFlaw(root: Uint8Array, proof: readonly Uint8Array[]): ProofFlaw | undefined {
  if (proof.length > 0) return 'proof too long'
  return isSame(root, EMPTY_ROOT) ? undefined : 'first root differs'
}

type Seed = { from: bigint; at: bigint; last: bigint }

/** Up to where the subtree's right edge is a node of the whole tree. */
function seedOf({ start, end }: Range, size: bigint): Seed {
  const seed = { from: start, at: end - 1n, last: size - 1n }
  // At the edge `at` and `last` stay equal on the way up.
  while (seed.from !== seed.at && (seed.at === seed.last || isOdd(seed.at))) up(seed)
  return seed
}

function walk(seed: Seed, { first, second, proof }: Consistency): ProofFlaw | undefined {
  const steps = [...proof]
  const whole = seed.from === seed.at
  const begin = whole ? first : steps.shift()
  if (begin === undefined) return 'proof too short'
  let one = begin
  let other = begin
  for (const step of steps) {
    if (seed.last === 0n) return 'proof too long'
    if (isOdd(seed.at) || seed.at === seed.last) {
      if (seed.from < seed.at) one = nodeHash(step, one)
      other = nodeHash(step, other)
      while (!isOdd(seed.at) && seed.at !== 0n) up(seed)
    } else {
      other = nodeHash(other, step)
    }
    up(seed)
  }
  if (seed.last !== 0n) return 'proof too short'
  if (!isSame(one, first)) return 'first root differs'
  return isSame(other, second) ? undefined : 'root differs'
}

function up(seed: Seed): void {
  seed.from >>= 1n
  seed.at >>= 1n
  seed.last >>= 1n
}

/** `start` is a multiple of the smallest power of two that holds the range. */
function isSubtree(start: bigint, end: bigint): boolean {
  if (start < 0n || start > end) return false
  let span = 1n
  while (span < end - start) span <<= 1n
  return start % span === 0n
}

function isOdd(value: bigint): boolean {
  return (value & 1n) === 1n
}
