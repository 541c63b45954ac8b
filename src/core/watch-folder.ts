// Says that something changed in a folder, where the system can tell. Polling is what is relied on.

import { watch } from 'node:fs'

/** Never throws; a folder that cannot be watched, or no longer, is only polled. */
export function watchFolder(folder: string, onChange: () => void): () => void {
  try {
    const watcher = watch(folder, { persistent: false }, onChange)
    watcher.on('error', () => watcher.close())
    return () => watcher.close()
  } catch {
    return () => {}
  }
}
