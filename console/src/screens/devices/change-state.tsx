// Whether a change was expected: by shape, word and colour.

import type { ChangeState } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { StateMark } from '../../parts/state-mark.tsx'

const TONES = { unauthorised: 'bad', explained: 'partly', expected: 'good' } as const

export function ChangeStateMark({ is }: { is: ChangeState }) {
  const { states } = useRoomWords().devices.changes
  return <StateMark tone={TONES[is]}>{states[is]}</StateMark>
}
