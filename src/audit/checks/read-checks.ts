// Files of content into checks.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
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
  return parseCheck(readFileSync(file, 'utf8'), file)
}

/** The text of a file. Throws CONTENT_INVALID. */
export function parseCheck(text: string, file: string): Check {
  try {
    return compileCheck(CheckSchema.parse(yamlValue(text)))
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : reasonOf(cause)
    throw new VigieError('CONTENT_INVALID', { file, reason }, { cause })
  }
}
