// Files of content into checks.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { VigieError, reasonOf, yamlValue } from '../../core/index.ts'
import { CheckSchema, compileCheck } from './check.ts'
import type { Check } from './check.ts'

export function readChecks(folder: string): readonly Check[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yml') && !name.endsWith('.golden.yml'))
    .toSorted()
    .map((name) => readCheck(join(folder, name)))
}

function readCheck(file: string): Check {
  try {
    return compileCheck(CheckSchema.parse(yamlValue(readFileSync(file, 'utf8'))))
  } catch (cause) {
    throw new VigieError('CONTENT_INVALID', { file, reason: reasonOf(cause) }, { cause })
  }
}
