// One vendor-neutral rule of a filter, with the lines it stands on, and what is certain about it.

import type { Cube } from './cube.ts'
import type { Entry } from './first-match.ts'
import type { Family } from './space.ts'

/** `conditional`: also wants something that a header does not say. `unknown`: written in a way that is not understood. */
export type Certainty = 'sure' | 'conditional' | 'unknown'

export type Rule = {
  readonly action: 'permit' | 'deny'
  readonly certainty: Certainty
  /** Packets the rule is about, by family; with `unknown`, all that it could be about. */
  readonly match: Readonly<Record<Family, readonly Cube[]>>
  /** What it wants besides: an application, a user, a time; or what was not understood. */
  readonly because: readonly string[]
  readonly first: number
  readonly last: number
  /** As a person finds it: a sequence number, a name. */
  readonly label: string
  readonly text: string
}

export type Filter = {
  readonly name: string
  readonly rules: readonly Rule[]
  readonly fallback: 'permit' | 'deny'
  /** Answers to what was let through pass by themselves. */
  readonly isStateful: boolean
  /** Not all of it is known: what no rule decides may pass. */
  readonly isPartial?: boolean
  /** Where it is about one family alone; the other passes by. */
  readonly family?: Family
}

/** `must`: certain. `may`: also where conditions hold. `might`: also where nobody knows. Each holds the one before. */
export const SURENESS = ['must', 'may', 'might'] as const
export type Sureness = (typeof SURENESS)[number]

/** A conditional deny never takes from `may`, and a conditional permit never gives to `must`. */
export function effectOf(
  { action, certainty }: Rule,
  sureness: Sureness,
): 'permit' | 'deny' | null {
  if (certainty === 'sure') return action
  if (certainty === 'conditional') {
    if (action === 'permit') return sureness === 'must' ? null : 'permit'
    return sureness === 'must' ? 'deny' : null
  }
  if (action === 'permit') return sureness === 'might' ? 'permit' : null
  return sureness === 'might' ? null : 'deny'
}

export function fallbackOf({ fallback, isPartial }: Filter, sureness: Sureness): boolean {
  return fallback === 'permit'
    ? isPartial !== true || sureness === 'might'
    : isPartial === true && sureness === 'might'
}

export function entriesOf(filter: Filter, family: Family, sureness: Sureness): readonly Entry[] {
  return filter.rules.flatMap((rule) => {
    const effect = effectOf(rule, sureness)
    if (effect === null) return []
    return rule.match[family].map((cube) => ({ cube, permit: effect === 'permit' }))
  })
}
