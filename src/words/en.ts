// Every English sentence, one part for each place it is read in. The type `Words` is made from this file.

import { consoleWords } from './en/console.ts'
import { errors } from './en/errors.ts'

export const en = { console: consoleWords, errors }

/** Literal strings widen, so that French may differ. */
type Widen<T> = T extends string
  ? string
  : T extends (...parameters: infer P) => string
    ? (...parameters: P) => string
    : { readonly [K in keyof T]: Widen<T[K]> }

export type Words = Widen<typeof en>
