// What was seen, a line each.

import type { Notice } from '../../api-types.ts'
import { useFormat } from '../../format.ts'
import { useRoomWords } from '../../language.ts'

export function SeenList({ notice: { observations, more } }: { notice: Notice }) {
  const words = useRoomWords().notices
  const format = useFormat()
  return (
    <ul>
      {observations.map(({ what, about, detail, count, first, last }) => (
        <li key={`${what} ${about} ${detail}`}>
          {words.line(what, about, detail, count, format.full(first), format.full(last))}
        </li>
      ))}
      {more > 0 && <li>+{format.number(more)}</li>}
    </ul>
  )
}
