// Reading from providers begins with the first account: until then nothing of it is loaded, since a sensor counts its
// megabytes.

import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import type { CloudEvent, CloudOptions, CloudService } from './start-cloud.ts'

export type OnDemandOptions = Omit<CloudOptions, 'collectors' | 'onEvent'> & {
  /** Folders of content; those that are not there are left out. Of two files with one name the first that can be used counts. */
  readonly collectorFolders: () => readonly string[]
  readonly onEvent: (event: CloudEvent, sentence: (language: 'en' | 'fr') => string) => void
  /** A file of content cannot be used. */
  readonly onTrouble: (cause: unknown) => void
}

export type CloudOnDemand = CloudService & {
  /** Reads the content again; each stream goes on where it was. */
  readonly reload: () => Promise<void>
}

const LOOK_MS = 5000

export function cloudOnDemand(options: OnDemandOptions): CloudOnDemand {
  const { folder, watchMs = LOOK_MS, onTrouble } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let service: CloudService | undefined
  let turn: Promise<void> | undefined
  const start = async () => {
    await service?.close()
    service = await load(options)
  }
  const look = () => {
    if (turn !== undefined || !hasAccounts(folder)) return
    turn = start().catch(onTrouble)
    clearInterval(timer)
  }
  const timer = setInterval(look, watchMs)
  look()
  return {
    troubleOf: (source) => service?.troubleOf(source),
    sources: () => service?.sources() ?? [],
    reload: async () => {
      turn = turn?.then(start).catch(onTrouble)
      await turn
    },
    close: async () => {
      clearInterval(timer)
      await turn
      await service?.close()
    },
  }
}

async function load({ collectorFolders, onEvent, onTrouble, ...options }: OnDemandOptions) {
  const { cloudSentence, readCollectors, startCloud } = await import('./index.ts')
  return startCloud({
    ...options,
    collectors: collectorFolders()
      .filter(existsSync)
      .flatMap((folder) => readCollectors(folder, onTrouble)),
    onEvent: (event) => onEvent(event, (language) => cloudSentence(event, language)),
  })
}

function hasAccounts(folder: string): boolean {
  try {
    return readdirSync(folder).some((file) => /\.ya?ml$/.test(file))
  } catch {
    return false
  }
}
