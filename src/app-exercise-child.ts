// The process of one organisation's exercise: asked once, it plays, tells its progress and its score, and ends.

import { playExercise } from './app-exercise.ts'
import type { Exercised } from './app-exercise.ts'
import { readSettings, reasonOf } from './core/index.ts'
import type { SimulationOptions } from './exercise/index.ts'

export type Asked = SimulationOptions & { readonly stepHours: number }

export type Told =
  | { readonly kind: 'day'; readonly day: number }
  | { readonly kind: 'trouble'; readonly sentence: string }
  | ({ readonly kind: 'played' } & Exercised)

const tell = (told: Told) => process.send?.(told)

process.once('message', (asked: Asked) => {
  void play(asked)
})

async function play(asked: Asked): Promise<void> {
  const stop = new AbortController()
  process.once('disconnect', () => stop.abort())
  try {
    const { score, labels } = await playExercise({
      ...asked,
      // Nothing of the settings of a station that may run here: an exercise has folders of its own and listens nowhere.
      settings: readSettings({ data: 'exercise' }, {}),
      onDay: ({ day }) => tell({ kind: 'day', day }),
      onTrouble: (cause) => tell({ kind: 'trouble', sentence: reasonOf(cause) }),
      signal: stop.signal,
    })
    tell({ kind: 'played', score, labels })
  } catch (cause) {
    tell({ kind: 'trouble', sentence: reasonOf(cause) })
    process.exitCode = 1
  }
  if (process.connected) process.disconnect()
}
