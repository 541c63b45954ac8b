// What a check came to.

import type { IdentityCheck } from '../../api-types.ts'
import { useRoomWords } from '../../language.ts'
import { StateMark } from '../../parts/state-mark.tsx'

const TONES = { fail: 'bad', pass: 'good', not_assessable: 'unknown' } as const

export function VerdictMark({ is }: { is: IdentityCheck['verdict'] }) {
  return <StateMark tone={TONES[is]}>{useRoomWords().identity.terms.verdicts[is]}</StateMark>
}
