// Trouble with a file: a value with a code; its sentence is found in `words`.

import { wordsOf } from '../../words/index.ts'
import type { Language, Words } from '../../words/index.ts'

type Sentences = Words['collect']['problems']
export type ProblemCode = keyof Sentences

/** What the sentence of a code needs to be said. */
type DetailsOf<C extends ProblemCode> =
  Parameters<Sentences[C]> extends [infer D] ? D : Record<string, never>

export type FileProblem = {
  [C in ProblemCode]: { readonly file: string; readonly code: C; readonly details: DetailsOf<C> }
}[ProblemCode]

/** The sentence of a problem, in the reader's language. */
export function describeProblem({ code, details }: FileProblem, language: Language): string {
  const say = wordsOf(language).collect.problems[code] as (details: unknown) => string
  return say(details)
}
