// Where a case stands: by shape, word and colour.

import type { Case } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { StateMark } from '../../parts/state-mark.tsx'

const TONES = { open: 'bad', contained: 'partly', closed: 'good' } as const

export function CaseStateMark({ is }: { is: Case['state'] }) {
  const { states } = useRoomWords().cases
  return <StateMark tone={TONES[is]}>{states[is]}</StateMark>
}
