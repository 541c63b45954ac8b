// The sentence for anything thrown: what was met, what was expected, what to do.

import { isVigieError, reasonOf } from '../core/index.ts'
import { en } from './en.ts'
import { fr } from './fr.ts'

/** Never throws; an error without a code gives its own text. */
export function describeError(thrown: unknown, language: 'en' | 'fr'): string {
  if (!isVigieError(thrown)) return reasonOf(thrown)
  const errors = (language === 'fr' ? fr : en).errors
  const say = errors[thrown.code] as (details: unknown) => string
  return say(thrown.details)
}
