// A station's indicators: lists that people import, and searches of stored events for what arrived.

import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { basename } from 'node:path'
import { VigieError } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import { openSearches } from '../../detect/index.ts'
import type { Searches } from '../../detect/index.ts'
import { ImportAskSchema } from '../../model/index.ts'
import type { Imported } from '../../model/index.ts'
import type { Station } from '../../server/index.ts'
import type { Core } from '../core.ts'
import type { StationParts } from '../parts.ts'

/** More than this of new lines on disk, not yet rows, and searches wait. */
const BEHIND_BYTES = 64 * 1024 * 1024

export function searchesOf(core: Core, clock: Clock): Promise<Searches> {
  return openSearches({
    store: core.store,
    clock,
    present: core.indicators.present,
    isIntakeBehind: () => core.wayIn.intake.waitingBytes > BEHIND_BYTES,
    onFound: () => core.live.alertsChanged(),
  })
}

export function indicatorsOf({ core, searches, clock }: StationParts): Station['indicators'] {
  const { indicators } = core
  const asOf = () => new Date(clock.nowMs()).toISOString()
  return {
    lists: async () => ({ asOf: asOf(), lists: [...(await indicators.lists())] }),
    searches: async () => ({ asOf: asOf(), searches: [...(await searches.list())] }),
    search: async (search) => {
      const { indicators: found, more } = await indicators.search(search)
      return { asOf: asOf(), indicators: [...found], more }
    },
    find: async (value) => ({
      asOf: asOf(),
      indicators: [...(await indicators.find(value))],
      more: false,
    }),
    importList: async (bytes, ask, who) => {
      const { arrived, ...imported } = await indicators.importList(bytes, ask, who)
      const search = ask.search && imported.kept > 0 ? await searches.start(arrived) : null
      return { ...imported, search }
    },
    remove: indicators.remove,
  }
}

export type ImportedFile = Pick<Imported, 'kept' | 'refused' | 'problems'> & {
  readonly file: string
}

/** Lists for a station that lives for one command, each named for its file. Throws NOTHING_TO_READ. */
export async function importFiles(
  { indicators }: Core,
  files: readonly string[],
): Promise<readonly ImportedFile[]> {
  const imported: ImportedFile[] = []
  for (const file of files) {
    await access(file).catch((cause: unknown) => {
      throw new VigieError('NOTHING_TO_READ', { path: file }, { cause })
    })
    const list = basename(file)
      .replaceAll(/[^\p{L}\p{N} ._:@+-]/gu, '-')
      .replace(/^[^\p{L}\p{N}]+/u, '')
      .slice(0, 100)
    const ask = ImportAskSchema.parse({ list: list === '' ? 'list' : list })
    imported.push({ ...(await indicators.importList(createReadStream(file), ask, 'scan')), file })
  }
  return imported
}
