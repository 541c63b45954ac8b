import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { errorsPage, eventPage } from './generated-docs.ts'

const DOCS = join(import.meta.dirname, '../docs')

test('docs/errors.md and docs/event.md are what the code says (npm run docs)', () => {
  expect(readFileSync(join(DOCS, 'errors.md'), 'utf8')).toBe(errorsPage())
  expect(readFileSync(join(DOCS, 'event.md'), 'utf8')).toBe(eventPage())
})
