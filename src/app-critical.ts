// Every minute: alerts on what is watched first start their clocks, who must be called is said, silent sources too.

import { sql } from 'kysely'
import type { Core } from './app-core.ts'
import { raiseOwn } from './app-own-alert.ts'
import type { OwnAlert } from './app-own-alert.ts'
import { DAY_MS } from './core/index.ts'
import type { Clock } from './core/index.ts'
import { silentSources, watchCritical } from './identity/index.ts'
import { wordsOf } from './words/index.ts'
import type { Language } from './words/index.ts'

const EVERY_MS = 60_000

type WatchOptions = {
  readonly core: Core
  readonly clock: Clock
  readonly language: Language
  readonly onNote: (sentence: string) => void
  readonly onTrouble: (cause: unknown) => void
}

export function startCriticalWatch(options: WatchOptions): { readonly close: () => Promise<void> } {
  const told = new Set<string>()
  let running: Promise<void> = Promise.resolve()
  const run = () => {
    running = running.then(() => watch(options, told)).catch(options.onTrouble)
  }
  run()
  const timer = setInterval(run, EVERY_MS)
  timer.unref()
  return {
    close: async () => {
      clearInterval(timer)
      await running
    },
  }
}

async function watch(
  { core, clock, language, onNote }: WatchOptions,
  told: Set<string>,
): Promise<void> {
  const { records } = core.store
  const say = wordsOf(language).identity.critical
  const nowMs = clock.nowMs()
  for (const { name, rung } of await watchCritical(records, nowMs))
    onNote(say.call(rung.who, rung.how, name))
  const silent = new Set(await silentSources(records, nowMs - DAY_MS))
  for (const source of silent) if (!told.has(source)) onNote(say.silent(source))
  await tellSilent(core, [...silent], nowMs)
  told.clear()
  for (const source of silent) told.add(source)
}

export const SILENT_SOURCE_RULE = 'vigie:critical-source-silent'

/** A silence is one alert, however often the station starts; heard again and silent again, it is another. */
export async function tellSilent(
  {
    store: { records },
    live,
  }: {
    readonly store: Pick<Core['store'], 'records'>
    readonly live: Pick<Core['live'], 'alertsChanged'>
  },
  sources: readonly string[],
  nowMs: number,
): Promise<void> {
  for (const source of sources) {
    const { rows } = await sql`
      SELECT 1 FROM alerts a LEFT JOIN sources s ON s.name = a.entity
      WHERE a.rule = ${SILENT_SOURCE_RULE} AND a.entity = ${source} AND (s.last_seen IS NULL OR a.last_seen > s.last_seen)`.execute(
      records,
    )
    if (rows.length > 0) continue
    await raiseOwn(records, silentAlert(source), nowMs)
    live.alertsChanged()
  }
}

function silentAlert(source: string): OwnAlert {
  return {
    id: SILENT_SOURCE_RULE,
    severity: 'high',
    // Impair Defenses: Disable or Modify Tools.
    attack: ['attack.t1562.001'],
    say: (language) => {
      const say = wordsOf(language).identity.critical
      return { title: say.silentTitle, why: say.silent(source) }
    },
    entityKind: 'source',
    entity: source,
    reason: { selection: 'critical', field: 'source', value: source },
  }
}
