// The inbox: a file dropped into the folder is read once it has stopped growing, then moved to `done`, or to `problem`
// with a note that says why. What was stored is not read again after a crash. What is no log is handed to whoever claims it.

import { mkdir, readdir } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { reasonOf, watchFolder } from '../../core/index.ts'
import type { Language } from '../../words/index.ts'
import type { Intake } from '../intake.ts'
import type { Position } from '../position.ts'
import { openToRead, readChunks } from './chunks.ts'
import { moveAway } from './move-away.ts'
import { beginsAs, fingerprintOf } from './positions.ts'
import type { Positions } from './positions.ts'
import { readFileInto } from './read-file.ts'
import type { Checkpoint, FileProgress, FileResult } from './read-file.ts'
import { SettledFiles } from './settled-files.ts'
import { startTicker } from './ticker.ts'

export type InboxEvent =
  | { readonly kind: 'progress'; readonly file: string; readonly progress: FileProgress }
  /** Read, stored and moved. */
  | {
      readonly kind: 'read'
      readonly file: string
      readonly movedTo: string
      readonly result: FileResult
    }
  /** Could not be stored or moved now; tried again. */
  | { readonly kind: 'waits'; readonly file: string; readonly reason: string }

/** A file that may be no log. */
export type Claimable = {
  /** Its path below the folder. */
  readonly name: string
  readonly head: Buffer
  /** From the beginning, each time it is asked for. */
  readonly bytes: () => AsyncIterable<Uint8Array>
}
/** Another room took the file in whole, or would have and could not: a sentence says why. */
export type Claimed =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly sentence: string }
/** `undefined`: a log, read line by line. Throws where the file must be tried again; taking one twice does no harm. */
export type Claim = (file: Claimable) => Promise<Claimed | undefined>

export type InboxOptions = {
  readonly folder: string
  readonly intake: Intake
  readonly positions: Positions
  readonly onFile: (event: InboxEvent) => void
  readonly claim?: Claim | undefined
  /** Language of the notes beside files with problems. */
  readonly language: Language
  /** How long a file's size must stand still before it is read. */
  readonly stableMs?: number
  readonly pollMs?: number
}

export type Inbox = { readonly close: () => Promise<void> }

const STABLE_MS = 2000
const POLL_MS = 1000
const OWN_FOLDERS = new Set(['done', 'problem'])

export async function startInbox(options: InboxOptions): Promise<Inbox> {
  const { folder, onFile } = options
  for (const own of OWN_FOLDERS) await mkdir(join(folder, own), { recursive: true })
  const stop = new AbortController()
  const settled = new SettledFiles(options.stableMs ?? STABLE_MS)
  const unstored = new Map<string, Unstored>()
  const task = async () => {
    for (const path of settled.ready(await filesIn(folder))) {
      if (stop.signal.aborted) return
      await take(path, { ...options, unstored, signal: stop.signal })
    }
  }
  const ticker = startTicker(task, {
    everyMs: options.pollMs ?? POLL_MS,
    onTrouble: (thrown) => onFile({ kind: 'waits', file: folder, reason: reasonOf(thrown) }),
  })
  const unwatch = watchFolder(folder, ticker.nudge)
  return {
    close: async () => {
      unwatch()
      stop.abort()
      await ticker.stop()
    },
  }
}

/** Regular files below the folder, without what was moved away. Links are never followed here. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !OWN_FOLDERS.has(relative(folder, path).split('/')[0] ?? ''))
    .toSorted()
}

/** Read, but refused by the disk: not read again, or its lines would be doubled once the disk has room. */
type Unstored = {
  readonly inode: number
  readonly fingerprint: string
  readonly result: FileResult
}

type Taking = InboxOptions & {
  readonly signal: AbortSignal
  readonly unstored: Map<string, Unstored>
}

async function take(path: string, options: Taking): Promise<void> {
  try {
    const handle = await openToRead(path, { followLinks: false })
    try {
      await readAndMove(path, handle, options)
    } finally {
      await handle.close()
    }
  } catch (thrown) {
    options.onFile({ kind: 'waits', file: path, reason: reasonOf(thrown) })
  }
}

async function readAndMove(path: string, handle: FileHandle, options: Taking): Promise<void> {
  const { folder, intake, positions, onFile, language, signal, unstored } = options
  const known = await positions.get(path)
  const identity = { inode: (await handle.stat()).ino, fingerprint: await fingerprintOf(handle) }
  let seq = known?.seq ?? 0
  const note = (read: Checkpoint & { readonly done: boolean }) => {
    seq += 1
    intake.note(path, { ...identity, ...read, seq })
  }
  const result = await resultOf(path, handle, { ...options, identity, known, note })
  if (signal.aborted) return
  unstored.set(path, { ...identity, result })
  const { size } = await handle.stat()
  note({ offset: size, lines: result.lines, done: true })
  await intake.synced()
  unstored.delete(path)
  const movedTo = await moveAway(path, { folder, result, language })
  onFile({ kind: 'read', file: path, movedTo, result })
}

type Identity = { readonly inode: number; readonly fingerprint: string }

type Resuming = Taking & {
  readonly identity: Identity
  /** Noted of this path before, perhaps of another file. */
  readonly known: Position | null
  readonly note: (read: Checkpoint & { readonly done: boolean }) => void
}

async function resultOf(path: string, handle: FileHandle, options: Resuming): Promise<FileResult> {
  const { identity, unstored, known } = options
  const waiting = unstored.get(path)
  if (waiting?.inode === identity.inode && waiting.fingerprint === identity.fingerprint)
    return waiting.result
  const from = await ofThisFile(handle, known, identity.inode)
  if (from?.done === true) return { lines: from.lines, bytes: 0, problems: [] }
  // Lines of it are stored already: it stays a log.
  if (from !== null) return readFrom(path, from, options)
  return (await claimed(path, handle, options)) ?? readFrom(path, undefined, options)
}

const HEAD_BYTES = 256 * 1024

/** What becomes of a file that is no log; `undefined` where nobody claims it. */
async function claimed(
  path: string,
  handle: FileHandle,
  { folder, claim }: Resuming,
): Promise<FileResult | undefined> {
  if (claim === undefined) return undefined
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
  const head = buffer.subarray(0, bytesRead)
  const name = relative(folder, path)
  const said = await claim({ name, head, bytes: () => readChunks(handle) })
  if (said === undefined) return undefined
  const details = said.kind === 'refused' ? { sentence: said.sentence } : undefined
  const problems = details === undefined ? [] : [{ file: path, code: 'refused' as const, details }]
  return { lines: 0, bytes: 0, problems }
}

async function ofThisFile(
  handle: FileHandle,
  position: Position | null,
  inode: number,
): Promise<Position | null> {
  if (position === null || position.inode !== inode) return null
  return (await beginsAs(handle, position.fingerprint)) ? position : null
}

function readFrom(
  path: string,
  from: Checkpoint | undefined,
  { folder, intake, onFile, signal, note }: Resuming,
): Promise<FileResult> {
  return readFileInto({
    path,
    name: `inbox/${relative(folder, path)}`,
    intake,
    kind: 'inbox',
    signal,
    followLinks: false,
    from,
    onProgress: (progress) => onFile({ kind: 'progress', file: path, progress }),
    onCheckpoint: (checkpoint) => note({ ...checkpoint, done: false }),
  })
}
