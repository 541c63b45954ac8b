// Deadlines and what they rest on, each worked out and named once for all that share it.

import { createHash } from 'node:crypto'
import { TIERS } from '../../model/index.ts'
import type { Basis } from '../../model/index.ts'
import { deadlineOf } from '../deadlines/deadline.ts'
import type { Deadline } from '../deadlines/deadline.ts'
import { deadlineInput } from './deadline-input.ts'
import type { Standing } from './deadline-input.ts'
import type { KnownVulnerability } from './known.ts'

export type BasisRow = {
  readonly id: string
  readonly rank: number
  readonly exploited: boolean
  readonly exposed: boolean
  readonly content: Basis
}
export type NamedDeadline = Omit<Deadline, 'basis'> & { readonly basis: BasisRow }
export type DeadlineKeeper = ReturnType<typeof deadlineKeeper>

export function deadlineKeeper(known: ReadonlyMap<string, KnownVulnerability>) {
  const deadlines = new Map<string, NamedDeadline>()
  const bases = new Map<string, BasisRow>()
  const named = (content: Basis): BasisRow => {
    const id = createHash('sha1').update(JSON.stringify(content)).digest('base64url').slice(0, 20)
    const { exploited, exposed, tier } = content
    const row = { id, rank: TIERS.indexOf(tier) + 1, exploited, exposed, content }
    bases.set(id, row)
    return row
  }
  return {
    deadlineOf: (standing: Standing, vulnerability: string, detectedMs: number): NamedDeadline => {
      const key = `${vulnerability}|${detectedMs}|${standingKey(standing)}`
      const before = deadlines.get(key)
      if (before !== undefined) return before
      const { basis, ...dates } = deadlineOf(
        deadlineInput(standing, known.get(vulnerability), detectedMs),
      )
      const deadline = { ...dates, basis: named(basis) }
      deadlines.set(key, deadline)
      return deadline
    },
    /** Those of them that were met here. */
    basesOf: (ids: Iterable<string>): readonly BasisRow[] =>
      [...new Set(ids)].flatMap((id) => bases.get(id) ?? []),
  }
}

export function standingKey(standing: Standing): string {
  const { facing, isEdge, humanImpact, guardsIdentityOrOt, supportEnded } = standing
  return [facing, isEdge, humanImpact, guardsIdentityOrOt, supportEnded].join('|')
}
