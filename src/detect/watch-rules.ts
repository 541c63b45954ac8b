// Rule folders looked at every other second: any file system tells stamps, not every one tells changes. Where one does, they
// are looked at when it does. What changed is read once it holds still, so that half a file is the exception; where one is
// read, its other half is another change.

import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { watchFolder } from '../core/index.ts'
import type { LoadedRules } from './sigma/index.ts'
import { isRuleFile, stampText } from './sigma/index.ts'

export type RuleWatchOptions = {
  readonly folders: readonly string[]
  /** The files as they were read last. */
  readonly known: () => LoadedRules['files']
  /** Whether they are to be read again although no file changed. */
  readonly isOutOfDate?: () => boolean
  /** Reads the folders again; where it throws, the change is met again at the next look. */
  readonly reload: (signal: AbortSignal) => Promise<void>
  readonly onTrouble: (cause: unknown) => void
  readonly everyMs?: number
}

export type RuleWatch = { readonly close: () => Promise<void> }

const EVERY_MS = 2000
/** Files that were written to within this are still being written. */
const STILL_MS = 400
/** Who writes for longer is not waited for. */
const MOST_WAIT_MS = 15_000
/** Looking takes at most this part of the time, unless that would make people wait. */
const MOST_SHARE = 0.1
const MOST_REST_MS = 6000

export function watchRules(options: RuleWatchOptions): RuleWatch {
  const stop = new AbortController()
  const ended = watch(options, stop.signal)
  return {
    close: async () => {
      stop.abort()
      await ended
    },
  }
}

async function watch(options: RuleWatchOptions, signal: AbortSignal): Promise<void> {
  const { everyMs = EVERY_MS } = options
  const nudges = new Nudges()
  signal.addEventListener('abort', () => nudges.close())
  nudges.watch(options.folders)
  let rest = { leastMs: 0, mostMs: everyMs }
  /** What was there when the folders were last read: some of it may be left out of the rules. */
  let read: ReadonlyMap<string, string> = new Map()
  while (await nudges.rested(rest, signal)) {
    const startedMs = performance.now()
    try {
      const stamps = await stampsOf(options.folders)
      if (signal.aborted) return
      const tookMs = performance.now() - startedMs
      const leastMs = Math.min(MOST_REST_MS, tookMs / MOST_SHARE)
      rest = { leastMs, mostMs: Math.max(everyMs, leastMs) }
      nudges.watch([...options.folders, ...[...stamps.keys()].map((file) => dirname(file))])
      const isUnchanged = isSame(stamps, read) || isKnown(stamps, options.known())
      if (isUnchanged && options.isOutOfDate?.() !== true) continue
      const still = await heldStill(options.folders, stamps, signal)
      if (signal.aborted) return
      await options.reload(signal)
      read = still
    } catch (cause) {
      if (!signal.aborted) options.onTrouble(cause)
    }
  }
}

/** Folders watched at once; beyond, changes are met at the next look. */
const MOST_WATCHED = 1000

/** Ends a rest when something changes in a folder, where the system can tell. */
class Nudges {
  readonly #watched = new Map<string, () => void>()
  #rest = new AbortController()

  /** These folders, and no others. */
  watch(folders: readonly string[]): void {
    const wanted = new Set([...new Set(folders)].slice(0, MOST_WATCHED))
    for (const [folder, unwatch] of this.#watched) {
      if (wanted.has(folder)) continue
      unwatch()
      this.#watched.delete(folder)
    }
    for (const folder of wanted)
      if (!this.#watched.has(folder))
        this.#watched.set(
          folder,
          watchFolder(folder, () => this.#rest.abort()),
        )
  }

  /** False when the watch ends. What changes before the least is over is met after it. */
  async rested(
    { leastMs, mostMs }: { readonly leastMs: number; readonly mostMs: number },
    signal: AbortSignal,
  ): Promise<boolean> {
    if (!(await rested(leastMs, signal))) return false
    await rested(mostMs - leastMs, AbortSignal.any([signal, this.#rest.signal]))
    this.#rest = new AbortController()
    return !signal.aborted
  }

  close(): void {
    this.watch([])
  }
}

/** False when the signal ended it. */
async function rested(ms: number, signal: AbortSignal): Promise<boolean> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined)
  return !signal.aborted
}

/** The stamps once two looks in a row are alike. */
async function heldStill(
  folders: readonly string[],
  first: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const untilMs = performance.now() + MOST_WAIT_MS
  let before = first
  while (performance.now() < untilMs && (await rested(STILL_MS, signal))) {
    const now = await stampsOf(folders)
    if (isSame(before, now)) return now
    before = now
  }
  return before
}

function isKnown(stamps: ReadonlyMap<string, string>, known: LoadedRules['files']): boolean {
  return isSame(stamps, new Map([...known].map(([file, { stamp }]) => [file, stamp])))
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([file, stamp]) => b.get(file) === stamp)
}

/** Files looked at together. */
const AT_ONCE = 64

/** A folder that cannot be read has no files; reading the rules says so. */
async function stampsOf(folders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const stamps = new Map<string, string>()
  for (const folder of folders) {
    const files = await filesUnder(folder)
    for (let at = 0; at < files.length; at += AT_ONCE) {
      const some = files.slice(at, at + AT_ONCE)
      const texts = await Promise.all(some.map(stampOf))
      some.forEach((file, index) => stamps.set(file, texts[index] ?? ''))
    }
  }
  return stamps
}

async function filesUnder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile() && isRuleFile(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
}

async function stampOf(file: string): Promise<string> {
  return stat(file).then(stampText, () => '')
}
