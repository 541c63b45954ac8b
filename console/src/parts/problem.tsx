// What went wrong, in the station's own sentence, and the way on.

import { ApiProblem } from '../api.ts'
import { useSide, useWords } from '../language.ts'

export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const words = useWords().frame
  const sentence = useProblemSentence(error)
  return (
    <div role="alert" className="row">
      <span>{sentence}</span>
      {retry && (
        <button type="button" onClick={retry}>
          {words.retry}
        </button>
      )}
    </div>
  )
}

export function useProblemSentence(error: unknown): string {
  const words = useWords().frame
  const side = useSide()
  if (!(error instanceof ApiProblem)) return words.screenFailed
  return error.sentence === null ? words.noAnswer : side(error.sentence)
}
