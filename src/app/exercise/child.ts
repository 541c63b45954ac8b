// The process of one organisation's exercise: asked once, it plays, tells its progress and its score, and ends.

import { readSettings, reasonOf } from '../../core/index.ts'
import type { SimulationOptions } from '../../exercise/index.ts'
import { playExercise } from './exercise.ts'
import type { Exercised } from './exercise.ts'

export type Asked = SimulationOptions & { readonly stepHours: number }

export type Told =
  | { readonly kind: 'day'; readonly day: number }
  | { readonly kind: 'trouble'; readonly sentence: string }
  | ({
      readonly kind: 'played'
      /** Of all processors together. */
      readonly cpuSeconds: number
    } & Exercised)

/** Resolves when it is on its way: what is sent right before the end would be lost otherwise. */
const tell = (told: Told) =>
  new Promise<void>((resolve) => {
    if (process.send === undefined || !process.connected) resolve()
    else process.send(told, undefined, undefined, () => resolve())
  })

process.once('message', (asked: Asked) => {
  void play(asked)
})

async function play(asked: Asked): Promise<void> {
  const stop = new AbortController()
  // Who asked is gone, or a terminal's Ctrl-C reached both: the folder is cleared away before the end.
  process.once('disconnect', () => stop.abort())
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop.abort())
  try {
    const exercised = await playExercise({
      ...asked,
      // Nothing of the settings of a station that may run here: an exercise has folders of its own and listens nowhere.
      settings: readSettings({ data: 'exercise' }, {}),
      onDay: ({ day }) => void tell({ kind: 'day', day }),
      onTrouble: (cause) => void tell({ kind: 'trouble', sentence: reasonOf(cause) }),
      signal: stop.signal,
    })
    if (stop.signal.aborted) return
    const { user, system } = process.cpuUsage()
    await tell({
      kind: 'played',
      ...exercised,
      cpuSeconds: Math.round((user + system) / 1_000_000),
    })
  } catch (cause) {
    await tell({ kind: 'trouble', sentence: reasonOf(cause) })
    process.exitCode = 1
  } finally {
    if (process.connected) process.disconnect()
  }
}
