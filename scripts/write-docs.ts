// Writes the generated pages.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorsPage, eventPage } from './generated-docs.ts'

const DOCS = join(import.meta.dirname, '../docs')
writeFileSync(join(DOCS, 'errors.md'), errorsPage())
writeFileSync(join(DOCS, 'event.md'), eventPage())
