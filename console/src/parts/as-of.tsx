// When what is shown was true.

import { useFormat } from '../format.ts'
import { useWords } from '../language.ts'

export function AsOf({ at }: { at: string }) {
  const format = useFormat()
  return <span className="quiet number">{useWords().frame.asOf(format.full(at))}</span>
}
