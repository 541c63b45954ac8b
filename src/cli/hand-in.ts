// Files that people hand to a station, one after another: one that is refused is told, and those that follow are taken.

import { VigieError, isVigieError } from '../core/index.ts'
import { describeError } from '../words/index.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { printable } from './output.ts'

/** They concern the station and no file: nothing that follows would go better. */
const ENDS = new Set(['STATION_UNREACHABLE', 'NOT_AUTHORISED'])

/** It is not there, or is a folder. */
const NO_FILE = new Set(['ENOENT', 'EISDIR'])

/**
 * Gives the exit code for what was refused; undefined: nothing was. A refusal is told on standard error when others were handed in
 * with it, and thrown when it was the only file.
 */
export async function handIn<T>(
  { process, language }: Pick<Context, 'process' | 'language'>,
  files: AsyncIterable<T> | Iterable<T>,
  take: (file: T) => Promise<void>,
): Promise<number | undefined> {
  const refused: unknown[] = []
  let taken = 0
  for await (const file of files)
    try {
      await take(file)
      taken += 1
    } catch (cause) {
      if (isVigieError(cause) && ENDS.has(cause.code)) throw cause
      refused.push(cause)
    }
  const [only] = refused
  if (refused.length === 0) return undefined
  if (refused.length === 1 && taken === 0) throw only
  for (const cause of refused)
    process.stderr.write(`${printable(describeError(cause, language))}\n`)
  return taken > 0 ? EXIT.partial : EXIT.failed
}

/** What goes wrong while a file is read is told as that, not as a station that does not answer. */
export async function sendRead<T>(
  bytes: AsyncIterable<Uint8Array>,
  send: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const met: { cause?: unknown } = {}
  const watched = async function* () {
    try {
      yield* bytes
    } catch (cause) {
      met.cause = cause
      throw cause
    }
  }
  return send(watched()).catch((thrown: unknown) => {
    const { cause = thrown } = met
    const isNoFile = cause instanceof Error && 'code' in cause && NO_FILE.has(String(cause.code))
    // What went wrong with a folder does not say which.
    const path = isNoFile && 'path' in cause ? cause.path : 'path' in bytes && bytes.path
    if (!isNoFile || typeof path !== 'string') throw cause
    throw new VigieError('NOTHING_TO_READ', { path }, { cause })
  })
}
