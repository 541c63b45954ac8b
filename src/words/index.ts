// In: a language. Out: every sentence a person reads, in English and French.
// French that lacks a sentence does not compile.
// Never: leaves a sentence in another room.

import { en } from './en.ts'
import type { RoomWords, Words } from './en.ts'
import { fr } from './fr.ts'
import type { Language } from './language.ts'

export type { Language, RoomWords, Words }

/** All words of one language. */
export function wordsOf(language: Language): Words {
  return language === 'fr' ? fr : en
}

export { techniqueText } from './attack-names.ts'
export { configProblem } from './config-problem.ts'
export { describeError } from './describe-error.ts'
export { makeName } from './make-name.ts'
export { plural } from './plural.ts'
export { zonesProblems } from './zones-problems.ts'
export { decimal, sizeText, spanText } from './quantity.ts'
