// A text with the values that matter marked in it.

import { markedParts } from './marked-parts.ts'

export function Marked({ text, values }: { text: string; values: readonly string[] }) {
  return markedParts(text, values).map(({ part, isMarked }, index) =>
    isMarked ? <mark key={index}>{part}</mark> : part,
  )
}
