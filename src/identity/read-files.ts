// The exports of a file: one, or all of an archive.

import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { ExportProblem } from '../core/index.ts'
import { VigieError, isZip, reasonOf, zipFiles } from '../core/index.ts'
import { MOST_BYTES } from './read/decode-text.ts'
import { readExport } from './read/read-export.ts'
import { shown } from './read/row.ts'
import type { Export } from './read/row.ts'

type Readable = {
  readonly file: string
  readonly bytes: Uint8Array
  readonly form?: string | undefined
}
const gunzipped = promisify(gunzip)

/** gzip is told by its first two bytes (RFC 1952 section 2.3.1). */
async function unpacked(file: string, bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return await gunzipped(bytes, { maxOutputLength: MOST_BYTES })
  } catch (cause) {
    const isLarge =
      cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
    const problem = isLarge ? 'too_large' : 'not_packed'
    const met = isLarge ? '> 256 MiB' : reasonOf(cause)
    throw new VigieError('IDENTITY_FILE_REFUSED', { file: shown(file), place: '', problem, met })
  }
}

export type ReadFile = Readable & { readonly made: Export }

/** Throws IDENTITY_FILE_REFUSED with the place. */
export async function readFiles({ file, bytes, form }: Readable): Promise<readonly ReadFile[]> {
  const one = { file, bytes: await unpacked(file, bytes), form }
  return isZip(one.bytes) ? zippedExports(one) : [{ ...one, made: readOne(one) }]
}

function readOne({ file, bytes, form }: Readable): Export {
  const made = readExport(bytes, form)
  if (made.ok) return made.value
  throw new VigieError('IDENTITY_FILE_REFUSED', { file: shown(file), ...made.problem })
}

/** A letter beside the exports, or a list of something else. */
const NO_EXPORT: ReadonlySet<ExportProblem> = new Set([
  'unknown_form',
  'empty',
  'no_rows',
  'no_columns',
])

/**
 * The exports of an archive (SharpHound zips its own). Files of no known form are passed over where others are known; anything else
 * that is wrong with one refuses all.
 */
async function zippedExports(ask: Readable): Promise<readonly ReadFile[]> {
  const refused = (problem: 'not_packed' | 'too_large' | 'unknown_form', met: string) =>
    new VigieError('IDENTITY_FILE_REFUSED', { file: shown(ask.file), place: '', problem, met })
  const files = await zipFiles(Buffer.from(ask.bytes), MOST_BYTES)
  if (!files.ok)
    throw refused(
      files.problem.kind === 'too_large' ? 'too_large' : 'not_packed',
      files.problem.reason,
    )
  const made = files.value.flatMap(({ name, bytes }) => {
    const one = { file: `${ask.file}: ${name}`, bytes, form: ask.form }
    const read = readExport(bytes, ask.form)
    if (!read.ok && NO_EXPORT.has(read.problem.problem)) return []
    return [{ ...one, made: readOne(one) }]
  })
  if (made.length === 0)
    throw refused('unknown_form', files.value.map(({ name }) => name).join(', '))
  return made
}
