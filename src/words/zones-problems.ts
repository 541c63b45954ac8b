// What is wrong with a zones file, in both languages: the first of it, a sentence each.

import type { ZonesProblem } from '../core/index.ts'
import { en } from './en.ts'
import type { Words } from './en.ts'
import { fr } from './fr.ts'

const TOLD = 5

export function zonesProblems(problems: readonly ZonesProblem[]): {
  readonly en: string
  readonly fr: string
} {
  const said = ({ segment: say }: Words) =>
    problems
      .slice(0, TOLD)
      .map(
        (one) =>
          `${say.place(one.line, one.column)} ${say.zonesProblems[one.kind](one.met, one.path)}`,
      )
      .join(' ')
  return { en: said(en), fr: said(fr) }
}
