// All goals with their state: criteria asked of evidence providers, of people's words where nothing can be seen.

import type { Goal, GoalAssessment, LogCoverage, Proof, Readiness } from '../model/index.ts'
import type { Records } from '../store/index.ts'
import { corrected } from './catalogue.ts'
import { criterionState, gapsOf, goalState, movedSince, scoreOf, shareOf } from './goal-state.ts'
import { attestations, corrections, goalNotes, keepScore, scoreHistory } from './kept.ts'

/** Says what the station can see of one thing. Handed in by who wires the rooms. */
export type EvidenceProvider = () => Promise<Proof>
export type EvidenceProviders = Readonly<Record<string, EvidenceProvider>>

export type Assessing = {
  readonly records: Records
  readonly goals: readonly Goal[]
  readonly providers: EvidenceProviders
  readonly logs: readonly LogCoverage[]
  readonly organization: string
  readonly nowMs: number
  /** A provider that fails leaves its criterion unknown. */
  readonly onTrouble: (cause: unknown) => void
}

/** Assesses, and keeps a point of the score where a goal moved. */
export async function assess(asking: Assessing): Promise<Readiness> {
  const { records, nowMs } = asking
  const [proofs, words, notes, said, history] = await Promise.all([
    gather(asking),
    attestations(records),
    goalNotes(records),
    corrections(records),
    scoreHistory(records),
  ])
  const goals = corrected(asking.goals, said).map((goal): GoalAssessment => {
    const note = notes.get(goal.key)
    const criteria = goal.criteria.map((criterion) => {
      const proof = criterion.evidence === undefined ? undefined : proofs.get(criterion.evidence)
      const attestation = words.find(
        (word) => word.goal === goal.key && word.criterion === criterion.key,
      )
      return criterionState(criterion, { proof, attestation }, nowMs)
    })
    const notApplicable = note?.not_applicable ?? null
    const open = criteria.find(({ state }) => state !== 'met')
    return {
      goal,
      state: goalState(criteria, notApplicable),
      share: shareOf(criteria),
      criteria,
      owner: note?.owner ?? null,
      due: note?.due?.toISOString() ?? null,
      cost: note?.cost ?? null,
      effort: note?.effort ?? null,
      notApplicable,
      next: notApplicable !== null || open === undefined ? null : open.title,
    }
  })
  const score = scoreOf(goals)
  const moved = movedSince(history.at(-1)?.states ?? {}, goals)
  const states = Object.fromEntries(goals.map(({ goal, state }) => [goal.key, state]))
  const isNew = history.length === 0 || moved.length > 0 || history.at(-1)?.score !== score
  if (isNew) await keepScore(records, { score, states, moved }, nowMs)
  const asOf = new Date(nowMs).toISOString()
  const points = [...history, ...(isNew ? [{ at: asOf, score, moved: [...moved] }] : [])]
  return {
    asOf,
    organization: asking.organization,
    score,
    goals,
    gaps: [...gapsOf(goals)],
    logs: [...asking.logs],
    history: points.map(({ at, score: value, moved: what }) => ({ at, score: value, moved: what })),
  }
}

async function gather({
  goals,
  providers,
  onTrouble,
}: Assessing): Promise<ReadonlyMap<string, Proof>> {
  const names = new Set(
    goals.flatMap(({ criteria }) =>
      criteria.flatMap(({ evidence }) => (evidence === undefined ? [] : [evidence])),
    ),
  )
  const found = new Map<string, Proof>()
  // One after the other: evidence must not compete with intake for the engine.
  for (const name of names) {
    const provider = providers[name]
    if (provider === undefined) continue
    try {
      found.set(name, await provider())
    } catch (cause) {
      onTrouble(cause)
    }
  }
  return found
}
