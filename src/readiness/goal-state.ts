// How a goal's state follows from its criteria, and the score from its goals. Pure: what is seen goes before what is said.

import type {
  Attestation,
  CriterionState,
  Gap,
  Goal,
  GoalAssessment,
  GoalState,
  Proof,
  ProofState,
} from '../model/index.ts'

const WORTH: Readonly<Record<ProofState, number>> = { met: 1, partly: 0.5, not_met: 0, unknown: 0 }

type Said = { readonly proof: Proof | undefined; readonly attestation: Attestation | undefined }

/** Evidence decides; a person's word fills in only where nothing can be seen. An attestation past its end counts for nothing. */
export function criterionState(
  criterion: Goal['criteria'][number],
  { proof, attestation }: Said,
  nowMs: number,
): CriterionState {
  const word =
    attestation !== undefined && Date.parse(attestation.expires) > nowMs ? attestation : undefined
  const seen = proof === undefined || proof.state === 'unknown' ? undefined : proof.state
  return {
    key: criterion.key,
    title: { en: criterion.en, fr: criterion.fr },
    state: seen ?? word?.answer ?? 'unknown',
    basis: seen !== undefined ? 'evidence' : word !== undefined ? 'attestation' : 'none',
    proof: proof ?? null,
    attestation: attestation ?? null,
    contradicted: seen !== undefined && word !== undefined && WORTH[seen] < WORTH[word.answer],
  }
}

/**
 * Met when all criteria are; partly when some hold; not met when none that is known does; not assessable when nothing is
 * known. Never met while something is unknown.
 */
export function goalState(
  criteria: readonly CriterionState[],
  notApplicable: string | null,
): GoalState {
  if (notApplicable !== null) return 'not_applicable'
  const states = criteria.map(({ state }) => state)
  if (states.every((state) => state === 'unknown')) return 'not_assessable'
  if (states.every((state) => state === 'met')) return 'met'
  return states.some((state) => state === 'met' || state === 'partly') ? 'partly' : 'not_met'
}

export function shareOf(criteria: readonly CriterionState[]): number {
  return criteria.reduce((sum, { state }) => sum + WORTH[state], 0) / Math.max(1, criteria.length)
}

/** 0 to 100, goals weighed by the risk they reduce; goals that do not apply are left out. */
export function scoreOf(goals: readonly GoalAssessment[]): number {
  const counted = goals.filter(({ state }) => state !== 'not_applicable')
  const all = counted.reduce((sum, { goal }) => sum + goal.risk, 0)
  const held = counted.reduce((sum, { goal, share }) => sum + goal.risk * share, 0)
  return all === 0 ? 0 : Math.round((100 * held) / all)
}

/** Open criteria, most risk reduced per effort first. */
export function gapsOf(goals: readonly GoalAssessment[]): readonly Gap[] {
  return goals
    .filter(({ state }) => state !== 'not_applicable')
    .flatMap(({ goal, criteria }) =>
      criteria
        .filter(({ state }) => state !== 'met')
        .map(({ key, title, state }) => ({
          goal: goal.key,
          criterion: key,
          title,
          state,
          worth: worthOf(goal, criteria, state),
        })),
    )
    .toSorted((a, b) => b.worth - a.worth || (a.goal < b.goal ? -1 : 1))
}

function worthOf(
  { risk, effort }: Goal,
  criteria: readonly CriterionState[],
  state: ProofState,
): number {
  return Math.round((100 * risk * (1 - WORTH[state])) / (criteria.length * effort)) / 100
}

export type Moved = { readonly goal: string; readonly from: string; readonly to: string }

/** What moved since the last time. */
export function movedSince(
  before: Readonly<Record<string, string>>,
  goals: readonly GoalAssessment[],
): readonly Moved[] {
  return goals.flatMap(({ goal: { key }, state }) => {
    const from = before[key] ?? 'not_assessable'
    return from === state ? [] : [{ goal: key, from, to: state }]
  })
}
