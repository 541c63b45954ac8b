// What the measurements share: a station's core in a folder of its own, and its memory at most.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCore } from '../src/app/core.ts'
import type { Core } from '../src/app/core.ts'
import { readSettings, reasonOf, systemClock } from '../src/core/index.ts'

export type BenchStation = {
  readonly core: Core
  /** Resident memory at most since the last call, MiB. */
  readonly peakRssMib: () => number
  readonly close: () => Promise<void>
}

/** `onLines` is told how many lines became judged rows, each time a batch did. `overrides`: further settings. */
export async function openStation(
  onLines: (lines: number) => void,
  overrides: { readonly rules?: string } = {},
): Promise<BenchStation> {
  const data = mkdtempSync(join(tmpdir(), 'vigie-bench-'))
  const core = await openCore({
    settings: readSettings({ data, ...overrides }, {}),
    clock: systemClock,
    durable: true,
    onTrouble: (cause) => {
      if (cause !== null) process.stderr.write(`${reasonOf(cause).slice(0, 200)}\n`)
    },
    onStored: ({ lines }) => onLines(lines),
  })
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 100)
  return {
    core,
    peakRssMib: () => {
      const mib = Math.round(peak / 1_048_576)
      peak = 0
      return mib
    },
    close: async () => {
      clearInterval(watch)
      await core.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
