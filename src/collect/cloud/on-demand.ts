// Reading from providers begins with the first account: until then nothing of it is loaded, since a sensor counts its
// megabytes.

import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import type { CloudEvent, CloudOptions, CloudService } from './start-cloud.ts'

export type OnDemandOptions = Omit<CloudOptions, 'collectors' | 'onEvent'> & {
  /** Folders of content; those that are not there are left out. */
  readonly collectorFolders: readonly string[]
  readonly onEvent: (event: CloudEvent, sentence: (language: 'en' | 'fr') => string) => void
  /** A file of content cannot be used. */
  readonly onTrouble: (cause: unknown) => void
}

const LOOK_MS = 5000

export function cloudOnDemand(options: OnDemandOptions): CloudService {
  const { folder, watchMs = LOOK_MS } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let service: CloudService | undefined
  let starting: Promise<void> | undefined
  const look = () => {
    if (starting !== undefined || !hasAccounts(folder)) return
    starting = load(options).then(
      (started) => {
        service = started
      },
      (cause: unknown) => options.onTrouble(cause),
    )
    clearInterval(timer)
  }
  const timer = setInterval(look, watchMs)
  look()
  return {
    troubleOf: (source) => service?.troubleOf(source),
    sources: () => service?.sources() ?? [],
    close: async () => {
      clearInterval(timer)
      await starting
      await service?.close()
    },
  }
}

async function load({ collectorFolders, onEvent, onTrouble, ...options }: OnDemandOptions) {
  const { cloudSentence, readCollectors, startCloud } = await import('./index.ts')
  return startCloud({
    ...options,
    collectors: collectorFolders
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
