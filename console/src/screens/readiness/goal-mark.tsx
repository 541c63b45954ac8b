// The state of a goal, or of one thing that has to hold for it.

import type { GoalState, ProofState } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import type { Tone } from '../../parts/state-mark.tsx'

const TONES: { readonly [S in GoalState | ProofState]: Tone } = {
  met: 'good',
  partly: 'partly',
  not_met: 'bad',
  not_assessable: 'unknown',
  unknown: 'unknown',
  not_applicable: 'none',
}

export function GoalMark({ is }: { is: GoalState }) {
  return <StateMark tone={TONES[is]}>{useRoomWords().readiness.states[is]}</StateMark>
}

export function ProofMark({ is }: { is: ProofState }) {
  return <StateMark tone={TONES[is]}>{useRoomWords().readiness.proofStates[is]}</StateMark>
}
