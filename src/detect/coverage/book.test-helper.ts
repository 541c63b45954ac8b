// For tests: a rule book of a few texts, with the log sources that come with Vigie.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bookSteps } from '../rule-book.ts'
import type { RuleBook } from '../rule-book.ts'
import { atOnce } from '../steps.ts'

export function bookOf(texts: readonly string[]): RuleBook {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-book-'))
  texts.forEach((text, at) => writeFileSync(join(folder, `${at}.yml`), text))
  const logsourcesFile = join(import.meta.dirname, '../../../content/logsources.yml')
  const book = atOnce(bookSteps({ folders: [folder], logsourcesFile, today: '2026-03-14' }))
  rmSync(folder, { recursive: true, force: true })
  return book
}
