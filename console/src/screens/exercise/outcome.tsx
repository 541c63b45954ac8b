// What came of a step: a person was told, a rule met it, nothing did, or its log is not collected.

import type { ExerciseMoment } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import type { Tone } from '../../parts/state-mark.tsx'

const TONES: Readonly<Record<ExerciseMoment['state'], Tone>> = {
  told: 'good',
  found: 'partly',
  unseen: 'bad',
  'not-collected': 'none',
  false: 'bad',
}

export function Outcome({ is }: { is: ExerciseMoment['state'] }) {
  const words = useRoomWords().exercise
  return <StateMark tone={TONES[is]}>{words.states[is]}</StateMark>
}
