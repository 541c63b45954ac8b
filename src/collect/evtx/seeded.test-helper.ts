/** A generator of 32-bit numbers from a seed (xorshift), so that a failure can be met again. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}
