// What can be said of things to share without a station: whether a STIX file is sound, and what a pattern asks of events.

import { readFileSync, statSync } from 'node:fs'
import { VigieError } from '../../core/index.ts'
import { compilePattern, patternSql, pathText, readBundle } from '../../share/index.ts'
import { textOf, trusted } from '../../store/index.ts'

export { scopeLines } from '../../share/index.ts'

export type CheckedFile = {
  readonly usable: number
  readonly problems: readonly {
    readonly severity: 'error' | 'advice'
    readonly code: string
    readonly place: string
    readonly sentence: string
  }[]
}

const MOST_BYTES = 64 * 1024 * 1024

/** Checks a bundle in a file. Throws NOTHING_TO_READ, BAD_REQUEST for one that is too large. */
export function checkStixFile(file: string): CheckedFile {
  const { objects, problems } = readBundle(textIn(file))
  return {
    usable: objects.length,
    problems: problems.map(({ severity, code, path, sentence }) => ({
      severity,
      code,
      place: pathText(path),
      sentence,
    })),
  }
}

function textIn(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isFile() !== true) throw new VigieError('NOTHING_TO_READ', { path: file })
  if (found.size > MOST_BYTES)
    throw new VigieError('BAD_REQUEST', { met: `${found.size} bytes`, expected: `${MOST_BYTES}` })
  return readFileSync(file, 'utf8')
}

/** The statement that asks a pattern of events, `?` where a value stands. Throws BAD_REQUEST with what cannot be asked. */
export function explainPattern(pattern: string): string {
  const compiled = compilePattern(pattern)
  if (!compiled.ok) {
    const { sentence, line, column } = compiled.problem
    const place = line === undefined ? '' : `${line}:${column ?? 0} `
    throw new VigieError('BAD_REQUEST', {
      met: pattern.slice(0, 200),
      expected: `${place}${sentence}`,
    })
  }
  const ask = { from: trusted('FROM events'), where: trusted('true'), limit: 1000 }
  return textOf(patternSql(compiled.value, ask))
}
