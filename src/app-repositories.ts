// Wires repositories of configurations: those that people named and those of the settings are looked at every few minutes.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Core } from './app-core.ts'
import { addRepository, followOnce, listRepositories, removeRepository } from './audit/index.ts'
import type { Audit } from './audit/index.ts'
import { dataFolders } from './core/index.ts'
import type { Clock, Settings } from './core/index.ts'
import { raiseAlerts } from './detect/index.ts'
import type { RuleFacts } from './model/index.ts'
import type { Station } from './server/index.ts'
import type { Records } from './store/index.ts'
import { wordsOf } from './words/index.ts'

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
  const stop = new AbortController()
  let wake = new AbortController()
  const look = async () => {
    for (const place of settings.repositories)
      await addRepository(records, { place, branch: '' }, { who: 'settings', nowMs: clock.nowMs() })
    const onRewritten = (place: string, lost: string) => raiseRewritten(place, lost, options)
    const folder = dataFolders(settings.data).repositories
    await followOnce({ records, audit, clock, folder, onRewritten }, stop.signal)
  }
  const watch = async () => {
    while (!stop.signal.aborted) {
      await look().catch(options.onTrouble)
      const signal = AbortSignal.any([stop.signal, wake.signal])
      await sleep(options.everyMs ?? EVERY_MS, undefined, { signal, ref: false }).catch(() => {})
      wake = new AbortController()
    }
  }
  const ended = watch()
  return {
    service: serviceOf(records, clock, () => wake.abort()),
    close: async () => {
      stop.abort()
      await ended
    },
  }
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
  const say = (language: 'en' | 'fr') => wordsOf(language).collection.rewritten
  const facts: RuleFacts = {
    id: 'audit-history-rewritten',
    title: { en: say('en').title, fr: say('fr').title },
    severity: 'medium',
    attack: ['attack.t1070'],
    author: 'Vigie',
    reference: '',
    why: { en: say('en').why(place, lost), fr: say('fr').why(place, lost) },
  }
  const finding = {
    rule: facts.id,
    title: facts.title.en,
    severity: facts.severity,
    time: new Date(clock.nowMs()).toISOString(),
    entityKind: 'source',
    entity: place,
    batch: '',
    line: 0,
    reasons: [{ selection: 'repository', field: 'commit', value: lost, pattern: '' }],
  } as const
  await core.store.records.transaction().execute((transaction) =>
    raiseAlerts(transaction, [{ ...finding, reasons: [...finding.reasons] }], {
      rules: new Map([[facts.id, facts]]),
      nowMs: clock.nowMs(),
    }),
  )
  onRaised()
}
