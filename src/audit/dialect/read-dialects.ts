// Files of content into dialects. A file that cannot be used stops the start: it comes with Vigie.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { VigieError, reasonOf, yamlValue } from '../../core/index.ts'
import type { Dialect } from './dialect.ts'
import { DialectSchema, compileDialect } from './dialect.ts'

export function readDialects(folder: string): readonly Dialect[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .toSorted()
    .map((name) => readDialect(join(folder, name)))
}

function readDialect(file: string): Dialect {
  try {
    return compileDialect(DialectSchema.parse(yamlValue(readFileSync(file, 'utf8'))))
  } catch (cause) {
    throw new VigieError('CONTENT_INVALID', { file, reason: reasonOf(cause) }, { cause })
  }
}
