// What came of an exercise that was not played: real labels, and a station that is made to say some of it.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolders } from '../src/core/index.ts'
import { scoreOf, simulate, timelineOf, totalsOf } from '../src/exercise/index.ts'
import type { Label, Said } from '../src/exercise/index.ts'
import { ExerciseResultSchema } from '../src/model/index.ts'
import type { ExerciseResult } from '../src/model/index.ts'

const ASK = { organisation: 'town', days: 14, stealth: 1, seed: 4 } as const
const HOUR_MS = 3_600_000

export function exerciseResult(): ExerciseResult {
  const { organisation: kind, days, stealth, seed } = ASK
  const { labels } = simulate({ kind, days, stealth, seed, noise: 1 })
  const said = [
    ...labels.filter(({ step }) => step !== 'take-out').flatMap(saidOf),
    falseOne(labels),
  ]
  const alerts = said.flatMap(({ entity, hour, toldMs }) =>
    toldMs === null ? [] : [{ entity, hours: [hour], toldMs, because: ['Password spray'] }],
  )
  const score = scoreOf({ organisation: kind, days, lines: 9000, labels, alerts, found: said })
  return ExerciseResultSchema.parse({
    ask: ASK,
    who: 'admin',
    version: '0.1.0',
    ended: '2026-11-30T08:00:00.000Z',
    seconds: 95,
    ...score,
    totals: totalsOf([score]),
    moments: timelineOf({ labels, said, alerts }),
    titles: { spray: { en: 'Password spray', fr: 'Mots de passe essayés un peu partout' } },
  })
}

/** Steps that copy or set up something are told, looking around is found, the rest is not. */
function saidOf({ step, entities, timeMs }: Label): readonly Said[] {
  const isTold = ['copy-directory', 'vpn-login'].includes(step)
  if (!isTold && step !== 'look-around') return []
  const hour = Math.floor(timeMs / HOUR_MS)
  const toldMs = isTold ? timeMs + HOUR_MS : null
  return entities.slice(0, 1).map((entity) => ({ entity, hour, rules: ['spray'], toldMs }))
}

function falseOne([first]: readonly Label[]): Said {
  const hour = Math.floor((first?.timeMs ?? 0) / HOUR_MS) - 20
  return {
    entity: { kind: 'device', name: 'FGT-TOWN' },
    hour,
    rules: ['spray'],
    toldMs: hour * HOUR_MS,
  }
}

/** As a station keeps it. */
export function keepExercise(data: string, result: ExerciseResult): void {
  const { exercise: folder } = dataFolders(data)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'newest.json'), JSON.stringify(result))
}
