// What Vigie's own key in a rule tells the person with an alert: first steps, and how the rule could be slipped past.
//   vigie: { investigate: { en: [...], fr: [...] }, robustness: { level: 1-5, evade: { en, fr } } }

import type { Guidance } from '../../model/index.ts'
import type { Tree } from './tree.ts'
import { entryOf, textOf, textsOf } from './yaml-tree.ts'

export const NO_GUIDANCE: Guidance = { investigate: { en: [], fr: [] }, robustness: null }
const MOST_STEPS = 20

/** What is missing or of another form is left out: it decides nothing. */
export function guidanceOf(own: Tree | undefined): Guidance {
  if (own === undefined) return NO_GUIDANCE
  const steps = entryOf(own, 'investigate')
  const robustness = robustnessOf(entryOf(own, 'robustness'))
  if (steps === undefined && robustness === null) return NO_GUIDANCE
  const en = stepsOf(steps, 'en')
  const fr = stepsOf(steps, 'fr')
  return { investigate: { en, fr: fr.length === 0 ? en : fr }, robustness }
}

function stepsOf(steps: Tree | undefined, language: 'en' | 'fr'): string[] {
  const texts = steps === undefined ? [] : textsOf(entryOf(steps, language))
  return texts.slice(0, MOST_STEPS)
}

function robustnessOf(tree: Tree | undefined): Guidance['robustness'] {
  if (tree === undefined) return null
  const level = Number(textOf(entryOf(tree, 'level')))
  const evade = entryOf(tree, 'evade')
  const en = evade === undefined ? '' : textOf(entryOf(evade, 'en'))
  const fr = evade === undefined ? '' : textOf(entryOf(evade, 'fr'))
  if (!Number.isInteger(level) || level < 1 || level > 5) return null
  return { level, evade: { en, fr: fr === '' ? en : fr } }
}
