// A small file that is replaced as a whole: after a crash it is the old one or the new one, and on disk.

import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Readable by the own account alone. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
  await syncFolder(dirname(file))
}

/** Names and removals in the folder are on disk, too. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
