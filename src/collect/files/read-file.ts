// Any file to lines: packed or not, in any known layout. Trouble with the file is part of the result.

import type { FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { reasonOf } from '../../core/index.ts'
import type { Intake, Origin } from '../intake.ts'
import { Budget, SCAN_LIMITS } from './budget.ts'
import type { UnpackLimits } from './budget.ts'
import { openToRead, readChunks } from './chunks.ts'
import { guard } from './guard.ts'
import type { FileProblem } from './problem.ts'
import { readPart } from './read-part.ts'
import { readText } from './read-text.ts'
import { IntakeFailed, report } from './reading.ts'
import type { Reading } from './reading.ts'
import { tally } from './tally.ts'

export type FileProgress = {
  /** Bytes read of the file as it lies on disk. */
  readonly bytesRead: number
  readonly size: number
  readonly lines: number
}

export type Checkpoint = {
  /** Offset in plain text; 0 in anything else, which is read again from its beginning. */
  readonly offset: number
  /** Lines so far. */
  readonly lines: number
}

export type ReadFileOptions = {
  readonly path: string
  /** The source's name; members of archives add theirs after a `/`. */
  readonly name: string
  readonly intake: Intake
  readonly kind: Origin['kind']
  readonly onProgress?: ((progress: FileProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
  readonly limits?: UnpackLimits | undefined
  /** Where to go on: a checkpoint of an earlier attempt on the same bytes. */
  readonly from?: Checkpoint | undefined
  /** Called in one go with the writing, whenever every line up to there is in the intake (not yet synced). */
  readonly onCheckpoint?: ((checkpoint: Checkpoint) => void) | undefined
  readonly followLinks?: boolean | undefined
  readonly tempFolder?: string | undefined
}

export type FileResult = {
  /** All lines of the file, those of an earlier attempt included. */
  readonly lines: number
  /** Bytes of the lines read now, unpacked. */
  readonly bytes: number
  readonly problems: readonly FileProblem[]
}

const PROGRESS_EVERY_BYTES = 8 * 1024 * 1024

/** Throws only what the intake throws: its disk is not this file's trouble. */
export async function readFileInto(options: ReadFileOptions): Promise<FileResult> {
  const totals = { lines: options.from?.lines ?? 0, bytes: 0 }
  const problems: FileProblem[] = []
  const handle = await openRegular(options, problems)
  if (handle === null) return { ...totals, problems }
  try {
    const { size } = await handle.stat()
    await readOpened(handle, options, { problems, totals, ...progressOf(options, size, totals) })
  } catch (thrown) {
    throw thrown instanceof IntakeFailed ? thrown.cause : thrown
  } finally {
    await handle.close()
  }
  return { ...totals, problems }
}

type Counting = Pick<Reading, 'problems' | 'count' | 'advance'> & {
  readonly totals: { lines: number; bytes: number }
}

async function readOpened(
  handle: FileHandle,
  options: ReadFileOptions,
  counting: Counting,
): Promise<void> {
  const { path, name, from = { offset: 0, lines: 0 } } = options
  const reading = readingOf(options, from, counting)
  const chunks = tally(readChunks(handle, from.offset), counting.advance)
  const part = { file: path, source: name, chunks }
  if (from.offset === 0) return readPart(reading, { ...part, path, depth: 0 })
  await guard(reading, { file: path, format: 'text' }, () =>
    readText(reading, { ...part, framing: 'lines', isWhole: true }),
  )
}

function readingOf(options: ReadFileOptions, from: Checkpoint, counting: Counting): Reading {
  const {
    intake,
    kind,
    signal,
    onCheckpoint,
    limits = SCAN_LIMITS,
    tempFolder = tmpdir(),
  } = options
  const { totals } = counting
  const isAgain = from.offset === 0
  if (isAgain) totals.lines = 0
  return {
    ...counting,
    intake,
    kind,
    signal,
    tempFolder,
    budget: new Budget(limits),
    skip: { left: isAgain ? from.lines : 0 },
    checkpoint:
      onCheckpoint &&
      ((offset) =>
        onCheckpoint({ offset: offset === 0 ? 0 : from.offset + offset, lines: totals.lines })),
  }
}

function progressOf(
  { onProgress }: ReadFileOptions,
  size: number,
  totals: { lines: number; bytes: number },
): Pick<Counting, 'count' | 'advance'> {
  let [bytesRead, reported] = [0, 0]
  return {
    count: (lines, bytes) => {
      totals.lines += lines
      totals.bytes += bytes
    },
    advance: (bytes) => {
      bytesRead += bytes
      if (bytesRead - reported < PROGRESS_EVERY_BYTES && bytesRead < size) return
      reported = bytesRead
      onProgress?.({ bytesRead, size, lines: totals.lines })
    },
  }
}

async function openRegular(
  options: ReadFileOptions,
  problems: FileProblem[],
): Promise<FileHandle | null> {
  const { path, followLinks = true } = options
  try {
    const handle = await openToRead(path, { followLinks })
    if ((await handle.stat()).isFile()) return handle
    await handle.close()
    report({ problems }, { file: path, code: 'not_a_file', details: {} })
  } catch (thrown) {
    report({ problems }, openProblem(path, thrown))
  }
  return null
}

function openProblem(file: string, thrown: unknown): FileProblem {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  if (code === 'ENOENT') return { file, code: 'not_found', details: {} }
  if (code === 'ELOOP') return { file, code: 'symbolic_link', details: {} }
  return { file, code: 'unreadable', details: { reason: reasonOf(thrown) } }
}
