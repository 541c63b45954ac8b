// The exports of a file: one, or all of an archive.

import { VigieError, isZip, zipFiles } from '../core/index.ts'
import { MOST_BYTES } from './read/decode-text.ts'
import { readExport } from './read/read-export.ts'
import { shown } from './read/row.ts'
import type { Export } from './read/row.ts'

type Readable = {
  readonly file: string
  readonly bytes: Uint8Array
  readonly form?: string | undefined
}
export type ReadFile = Readable & { readonly made: Export }

/** Throws IDENTITY_FILE_REFUSED with the place. */
export async function readFiles({ file, bytes, form }: Readable): Promise<readonly ReadFile[]> {
  const one = { file, bytes, form }
  return isZip(bytes) ? zippedExports(one) : [{ ...one, made: readOne(one) }]
}

function readOne({ file, bytes, form }: Readable): Export {
  const made = readExport(bytes, form)
  if (made.ok) return made.value
  throw new VigieError('IDENTITY_FILE_REFUSED', { file: shown(file), ...made.problem })
}

/**
 * The exports of an archive (SharpHound zips its own). Files of no known form are passed over where others are known; anything else
 * that is wrong with one refuses all.
 */
async function zippedExports(ask: Readable): Promise<readonly ReadFile[]> {
  const refused = (problem: 'not_text' | 'too_large' | 'unknown_form', met: string) =>
    new VigieError('IDENTITY_FILE_REFUSED', { file: shown(ask.file), place: '', problem, met })
  const files = await zipFiles(Buffer.from(ask.bytes), MOST_BYTES)
  if (!files.ok)
    throw refused(
      files.problem.kind === 'too_large' ? 'too_large' : 'not_text',
      files.problem.reason,
    )
  const made = files.value.flatMap(({ name, bytes }) => {
    const one = { file: `${ask.file}: ${name}`, bytes, form: ask.form }
    const read = readExport(bytes, ask.form)
    if (!read.ok && (read.problem.problem === 'unknown_form' || read.problem.problem === 'empty'))
      return []
    return [{ ...one, made: readOne(one) }]
  })
  if (made.length === 0)
    throw refused('unknown_form', files.value.map(({ name }) => name).join(', '))
  return made
}
