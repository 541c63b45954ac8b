// Follows files that others write, such as logs under /var/log. Globs are looked at again and again, because log
// folders get new files.

import { glob } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { reasonOf, watchFolder } from '../../core/index.ts'
import { FollowedFile } from './followed-file.ts'
import type { FollowContext } from './followed-file.ts'
import { startTicker } from './ticker.ts'

export type FollowOptions = FollowContext & {
  /** Files and globs. */
  readonly paths: readonly string[]
  /** A file that cannot be read now; tried again. Called once for each new reason. */
  readonly onTrouble: (trouble: { readonly file: string; readonly reason: string }) => void
  readonly pollMs?: number
}

export type Following = {
  readonly files: () => string[]
  readonly close: () => Promise<void>
}

const POLL_MS = 500
/** A glob matches no more files than this. */
const MAX_FILES = 10_000
const GLOB_CHARACTERS = /[*?[\]{}]/

export function startFollow(options: FollowOptions): Following {
  const files = new Map<string, FollowedFile>()
  const watched = new Map<string, () => void>()
  const troubles = new Map<string, string>()
  let isClosed = false

  /** True when there is more to read. */
  const pollOne = async (file: FollowedFile): Promise<boolean> => {
    try {
      const more = await file.poll()
      troubles.delete(file.path)
      return more
    } catch (thrown) {
      const reason = reasonOf(thrown)
      if (troubles.get(file.path) !== reason) options.onTrouble({ file: file.path, reason })
      troubles.set(file.path, reason)
      return false
    }
  }
  const task = async (): Promise<void> => {
    for (const path of await pathsOf(options.paths)) {
      if (!files.has(path)) files.set(path, new FollowedFile(path, options))
      const folder = dirname(path)
      if (!watched.has(folder))
        watched.set(
          folder,
          watchFolder(folder, () => ticker.nudge()),
        )
    }
    // Round by round, so that one busy file does not keep the others waiting.
    for (const file of files.values()) if (!isClosed && (await pollOne(file))) ticker.nudge()
  }
  const ticker = startTicker(task, {
    everyMs: options.pollMs ?? POLL_MS,
    onTrouble: (thrown) => options.onTrouble({ file: '', reason: reasonOf(thrown) }),
  })
  return {
    files: () => [...files.keys()],
    close: async () => {
      isClosed = true
      for (const unwatch of watched.values()) unwatch()
      await ticker.stop()
      for (const file of files.values()) await file.close()
    },
  }
}

async function pathsOf(paths: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    if (!GLOB_CHARACTERS.test(path)) found.push(resolve(path))
    else for await (const match of glob(path)) found.push(resolve(match))
  }
  return found.slice(0, MAX_FILES)
}
