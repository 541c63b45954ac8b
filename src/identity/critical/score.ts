// How critical an identity or a resource is, from evidence: 0 to 100, a band, and the reasons in words. Pure.

import type { Band } from './clocks.ts'

export type Reason = {
  readonly kind:
    | 'tier0'
    | 'tier1'
    | 'break_glass'
    | 'vendor'
    | 'domain_controller'
    | 'reach'
    | 'exposed'
    | 'key_system'
  readonly detail: string
}

export type Weighed = {
  /** 0 controls everything, 2 is ordinary. */
  readonly tier: number
  /** Data and mission at stake, 0 to 1; what a person says, else what its kind suggests. */
  readonly mission: number
  readonly isExposed: boolean
  /** Tier-0 accounts that can be reached from it. */
  readonly reach: number
}

/** Section B6 of the facts: 0.45 tier, 0.25 mission, 0.15 exposure, 0.15 blast radius. */
const WEIGHTS = { tier: 0.45, mission: 0.25, exposed: 0.15, reach: 0.15 } as const
const TIER_SHARE: Readonly<Record<number, number>> = { 0: 1, 1: 0.6, 2: 0 }
const FULL_REACH = 10

export function scoreOf({ tier, mission, isExposed, reach }: Weighed): number {
  const share =
    WEIGHTS.tier * (TIER_SHARE[tier] ?? 0) +
    WEIGHTS.mission * Math.min(1, Math.max(0, mission)) +
    WEIGHTS.exposed * (isExposed ? 1 : 0) +
    WEIGHTS.reach * Math.min(1, reach / FULL_REACH)
  return Math.round(share * 100)
}

export function bandOf(score: number, tier: number): Band {
  // Whoever holds tier 0 holds everything, whatever else is known of them.
  if (tier === 0 || score >= 60) return 'C1'
  return score >= 40 ? 'C2' : score >= 20 ? 'C3' : 'C4'
}
