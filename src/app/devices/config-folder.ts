// The folder of configurations: whatever collects them (Oxidized, RANCID, a script, a person) puts a file for each device
// there and writes it again. A file is taken in once it holds still, and stays.

import { mkdirSync } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LIMITS } from '../../audit/index.ts'
import type { Audit, TreeProblem } from '../../audit/index.ts'
import { dataFolders } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import type { ConfigFolder } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
import { problemText } from './audit-tools.ts'

export type ConfigFolderOptions = {
  readonly records: Records
  readonly audit: Audit
  readonly settings: Pick<Settings, 'data'>
  readonly clock: Clock
  readonly language: Language
  readonly onNote: (sentence: string) => void
  readonly onTrouble: (cause: unknown) => void
  readonly everyMs?: number
}

export type ConfigFolderWatch = {
  readonly folder: string
  readonly refused: () => ConfigFolder['refused']
  readonly close: () => Promise<void>
}
/** Files that stand there and were not taken, since this start: what is still wrong then is looked at once more. */
type Refused = Map<string, { readonly lookedMs: number; readonly problem: TreeProblem }>
type Watching = {
  readonly options: ConfigFolderOptions
  readonly refused: Refused
  readonly signal: AbortSignal
}

const EVERY_MS = 5000
/** Refusals that are shown. */
const MOST_REFUSED = 200
const MOST_FILES = 100_000

/** Looks until closed. A file that cannot be read as a configuration is told of once, and again when it changes. */
export function watchConfigFolder(options: ConfigFolderOptions): ConfigFolderWatch {
  const folder = dataFolders(options.settings.data).configurations
  mkdirSync(folder, { recursive: true })
  const stop = new AbortController()
  const refused: Refused = new Map()
  const ended = watch(folder, { options, refused, signal: stop.signal })
  return {
    folder,
    refused: () => shown(refused),
    close: async () => {
      stop.abort()
      await ended
    },
  }
}

function shown(refused: Refused): ConfigFolder['refused'] {
  return [...refused]
    .toSorted(([, one], [, other]) => other.lookedMs - one.lookedMs)
    .slice(0, MOST_REFUSED)
    .map(([file, { lookedMs, problem }]) => ({
      file,
      looked: new Date(lookedMs).toISOString(),
      problem: { en: problemText(problem, 'en'), fr: problemText(problem, 'fr') },
    }))
}

async function watch(folder: string, watching: Watching): Promise<void> {
  const { options, refused, signal } = watching
  const rest = { signal, ref: false }
  /** As they stood at the last look: what stands the same now holds still. */
  let before = new Map<string, string>()
  let taken: Map<string, string> | undefined
  while (!signal.aborted) {
    try {
      taken ??= await takenBefore(options.records)
      const now = await stampsOf(folder)
      const still = [...now].filter(([path, stamp]) => before.get(path) === stamp)
      before = now
      for (const path of refused.keys()) if (!now.has(path)) refused.delete(path)
      await takeChanged(folder, { ...watching, still, taken })
    } catch (cause) {
      options.onTrouble(cause)
    }
    await sleep(options.everyMs ?? EVERY_MS, undefined, rest).catch(() => undefined)
  }
}

type Looked = Watching & {
  readonly still: readonly (readonly [path: string, stamp: string])[]
  /** Stamps of the files as they were taken in last; what is taken in joins it. */
  readonly taken: Map<string, string>
}

/** By this run or an earlier one. */
async function takenBefore(records: Records): Promise<Map<string, string>> {
  const rows = await records.selectFrom('config_files').selectAll().execute()
  return new Map(rows.map(({ path, stamp }) => [path, stamp]))
}

async function takeChanged(folder: string, looked: Looked): Promise<void> {
  const { still, taken, refused, options, signal } = looked
  for (const [path, stamp] of still) {
    if (signal.aborted) return
    if (taken.get(path) === stamp) continue
    taken.set(path, stamp)
    const problem = await takeFile(folder, path, options)
    if (problem !== undefined) {
      refused.set(path, { lookedMs: options.clock.nowMs(), problem })
      continue
    }
    refused.delete(path)
    await options.records
      .insertInto('config_files')
      .values({ path, stamp })
      .onConflict((conflict) => conflict.column('path').doUpdateSet({ stamp }))
      .execute()
  }
}

async function takeFile(
  folder: string,
  path: string,
  { audit, language, onNote }: ConfigFolderOptions,
): Promise<TreeProblem | undefined> {
  const bytes = await beginningOf(join(folder, path))
  // An empty file is one that is about to be written.
  if (bytes.length === 0) return undefined
  const taken = await audit.take(bytes, { source: path })
  if (!taken.ok) {
    onNote(wordsOf(language).audit.folderRefused(path, problemText(taken.problem, language)))
    return taken.problem
  }
  if (taken.isNew && taken.audit.signs.length > 0) {
    const { folderBroken, signs } = wordsOf(language).audit
    onNote(folderBroken(path, taken.audit.signs.map((sign) => signs[sign]).join(' ')))
  }
  return undefined
}

/** One byte more than a configuration may have tells that it is too long. */
async function beginningOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const bytes = Buffer.alloc(Math.min(size, LIMITS.size + 1))
    let read = 0
    while (read < bytes.length) {
      const { bytesRead } = await handle.read(bytes, read, bytes.length - read, read)
      if (bytesRead === 0) break
      read += bytesRead
    }
    return bytes.subarray(0, read)
  } finally {
    await handle.close()
  }
}

/** Files below the folder, by their path from it. Hidden ones and what version control keeps are none. */
async function stampsOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.')))
    .slice(0, MOST_FILES)
  const stamps = new Map<string, string>()
  for (const path of paths) {
    const met = await stat(join(folder, path)).catch(() => undefined)
    if (met !== undefined) stamps.set(path, `${met.mtimeMs} ${met.size}`)
  }
  return stamps
}
