// Every minute: alerts on what is watched first start their clocks, who must be called is said, silent sources too.

import type { Core } from './app-core.ts'
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
  told.clear()
  for (const source of silent) told.add(source)
}
