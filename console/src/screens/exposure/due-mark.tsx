// How an exposure stands to its date.

import { useRoomWords } from '../../language.ts'
import { StateMark } from '../../parts/state-mark.tsx'

type Props = { isOverdue: boolean; isUnsure: boolean; isExcepted: boolean; due: string | null }

export function DueMark({ isOverdue, isUnsure, isExcepted, due }: Props) {
  const words = useRoomWords().exposure
  if (isOverdue) return <StateMark tone="bad">{words.overdue}</StateMark>
  if (isExcepted) return <StateMark tone="partly">{words.exceptedOf(1)}</StateMark>
  if (isUnsure) return <StateMark tone="unknown">{words.states.unsure}</StateMark>
  if (due === null) return <StateMark tone="none">{words.noDate}</StateMark>
  return <StateMark tone="partly">{words.inTime}</StateMark>
}
