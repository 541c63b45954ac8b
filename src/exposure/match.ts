// What a comparison of a product with a published criterion gives: never a bare yes.

/** Why, as a word that `words` turns into a sentence. */
export type MatchReason =
  | 'version-exact'
  | 'version-in-range'
  | 'all-versions'
  | 'version-unknown'
  | 'cannot-compare'
  | 'no-match'
  | 'product-named'
  | 'reported'

export type Match = {
  /** `unsure` waits for a person: the versions have no order that is known. */
  readonly verdict: 'affected' | 'not-affected' | 'unsure'
  /** 100 exact, 80 with an attribute that one side leaves open, 10 by maker and product alone. */
  readonly confidence: number
  readonly reason: MatchReason
}

export const NO_MATCH: Match = { verdict: 'not-affected', confidence: 100, reason: 'no-match' }
export const CONFIDENCE = { exact: 100, rough: 80, named: 10 } as const
