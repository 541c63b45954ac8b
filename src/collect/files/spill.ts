// Members that can only be read from a file (zip and EVTX inside archives) are put in a temporary one.

import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Chunks } from './chunks.ts'

/** The file is gone when this resolves or rejects. Its name never comes from the archive. */
export async function withSpilled(
  tempFolder: string,
  chunks: Chunks,
  use: (path: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tempFolder, 'vigie-'))
  try {
    const path = join(folder, 'member')
    await pipeline(chunks, createWriteStream(path, { mode: 0o600 }))
    await use(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
