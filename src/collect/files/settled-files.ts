// Which files have stopped growing. Measured on a clock that never jumps.

import { statSync } from 'node:fs'

type Seen = { readonly mark: string; readonly since: number }

export class SettledFiles {
  readonly #stableMs: number
  #seen = new Map<string, Seen>()

  constructor(stableMs: number) {
    this.#stableMs = stableMs
  }

  /** Those of `paths` whose size and time of change have stood still for long enough. Others are forgotten. */
  ready(paths: readonly string[]): string[] {
    const now = performance.now()
    const seen = new Map<string, Seen>()
    for (const path of paths) {
      const mark = markOf(path)
      const before = this.#seen.get(path)
      if (mark !== null) seen.set(path, before?.mark === mark ? before : { mark, since: now })
    }
    this.#seen = seen
    return paths.filter((path) => {
      const entry = seen.get(path)
      return entry !== undefined && now - entry.since >= this.#stableMs
    })
  }
}

function markOf(path: string): string | null {
  const facts = statSync(path, { throwIfNoEntry: false })
  return facts === undefined ? null : `${facts.ino}:${facts.size}:${facts.mtimeMs}`
}
