// Where tests keep what is gone after them: in memory where there is plenty of it. A station is a thousand files, made, synced
// and removed a few hundred times. `vitest run test/correlations.test.ts` took 28 s of the system's time on a disk, 12 in memory.

import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'

const IN_MEMORY = '/dev/shm'
const PLENTY_BYTES = 8 * 1024 ** 3

export function setup(): (() => void) | undefined {
  if (freeBytes(IN_MEMORY) < PLENTY_BYTES) return undefined
  const folder = mkdtempSync(`${IN_MEMORY}/vigie-tests-`)
  // PostgreSQL runs as a user of its own, and must come through.
  chmodSync(folder, 0o711)
  process.env['TMPDIR'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return 0
  }
}
