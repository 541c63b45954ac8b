// The hash of the tree (RFC 9162 section 2.1.1): leaves and nodes are told apart by their first byte.

import { createHash } from 'node:crypto'

export const HASH_BYTES = 32

const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export function leafHash(entry: Uint8Array): Buffer {
  return sha256(LEAF, entry)
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(NODE, left, right)
}

/** Root of the tree without leaves. */
export const EMPTY_ROOT: Uint8Array = sha256()

export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}
