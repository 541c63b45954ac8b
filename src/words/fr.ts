// Toutes les phrases en français. Une phrase absente ne compile pas.

import type { Words } from './en.ts'
import { consoleWords } from './fr/console.ts'
import { errors } from './fr/errors.ts'

export const fr: Words = { console: consoleWords, errors }
