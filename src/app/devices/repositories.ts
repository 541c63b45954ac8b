// Wires repositories of configurations: those that people named and those of the settings are looked at every few minutes.

import { addRepository, followOnce, listRepositories, removeRepository } from '../../audit/index.ts'
import type { Audit } from '../../audit/index.ts'
import { dataFolders } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import type { Station } from '../../server/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Core } from '../core.ts'
import { raiseOwn } from '../own-alert.ts'
import { repeat } from '../repeat.ts'

export type RepositoryOptions = {
  readonly core: Pick<Core, 'store'>
  readonly audit: Audit
  readonly settings: Pick<Settings, 'data' | 'repositories'>
  readonly clock: Clock
  readonly onRaised: () => void
  readonly onTrouble: (cause: unknown) => void
  readonly everyMs?: number
}

export type Repositories = {
  readonly service: Pick<Station['devices'], 'repositories' | 'addRepository' | 'removeRepository'>
  readonly close: () => Promise<void>
}

const EVERY_MS = 5 * 60_000

/** Looks until closed, and at once when a repository is named. */
export function startRepositories(options: RepositoryOptions): Repositories {
  const { clock, settings, audit } = options
  const { records } = options.core.store
  const following = repeat(
    async (signal) => {
      for (const place of settings.repositories)
        await addRepository(
          records,
          { place, branch: '' },
          { who: 'settings', nowMs: clock.nowMs() },
        )
      const onRewritten = (place: string, lost: string) => raiseRewritten(place, lost, options)
      const folder = dataFolders(settings.data).repositories
      await followOnce({ records, audit, clock, folder, onRewritten }, signal)
    },
    { everyMs: options.everyMs ?? EVERY_MS, onTrouble: options.onTrouble },
  )
  return { service: serviceOf(records, clock, following.wake), close: following.close }
}

function serviceOf(records: Records, clock: Clock, wake: () => void): Repositories['service'] {
  const list = async () => ({
    asOf: new Date(clock.nowMs()).toISOString(),
    repositories: [...(await listRepositories(records))],
  })
  return {
    repositories: list,
    addRepository: async (ask, who) => {
      await addRepository(records, ask, { who, nowMs: clock.nowMs() })
      wake()
      return list()
    },
    removeRepository: (place) => removeRepository(records, place),
  }
}

async function raiseRewritten(
  place: string,
  lost: string,
  { core, clock, onRaised }: RepositoryOptions,
): Promise<void> {
  await raiseOwn(
    core.store.records,
    {
      id: 'audit-history-rewritten',
      severity: 'medium',
      attack: ['attack.t1070'],
      say: (language) => {
        const { title, why } = wordsOf(language).collection.rewritten
        return { title, why: why(place, lost) }
      },
      entityKind: 'source',
      entity: place,
      reason: { selection: 'repository', field: 'commit', value: lost },
    },
    clock.nowMs(),
  )
  onRaised()
}
