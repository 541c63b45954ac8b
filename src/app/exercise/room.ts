// An exercise that a running station has played beside it: in a process and a folder of its own, so that no invented line, alert
// or entity ever stands among the station's. Only what came of the newest is kept, as one file.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { VigieError, dataFolders } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import { ExerciseResultSchema } from '../../model/index.ts'
import type { ExerciseAsk, ExerciseResult, ExerciseState } from '../../model/index.ts'
import { describeError } from '../../words/index.ts'
import { VERSION } from '../version.ts'
import type { Exercises } from './exercises.ts'

export type ExerciseRoom = {
  readonly state: () => ExerciseState
  /** Throws EXERCISE_BUSY while one is played. */
  readonly start: (ask: ExerciseAsk, who: string) => ExerciseState
  /** Its process clears away behind itself. Nothing is kept of it. */
  readonly stop: () => ExerciseState
  readonly close: () => Promise<void>
}

type Options = {
  /** The station's data folder. */
  readonly data: string
  readonly clock: Clock
}

type Running = NonNullable<ExerciseState['running']> & {
  readonly stop: AbortController
}

/** As `vigie exercise`: see there. */
const STEP_HOURS = 12
const NOISE = 1

export function openExerciseRoom({ data, clock }: Options): ExerciseRoom {
  const { exercise: folder } = dataFolders(data)
  /** Read when somebody looks. */
  let newest: ExerciseResult | null | undefined
  let running: Running | null = null
  let playing: Promise<unknown> = Promise.resolve()
  let problem: ExerciseState['problem'] = null
  const now = () => new Date(clock.nowMs()).toISOString()
  const state = (): ExerciseState => ({
    asOf: now(),
    running: running === null ? null : shown(running),
    problem,
    newest: (newest ??= readNewest(folder)),
  })
  /** Its own, or none where it was stopped and another may be played. */
  const ifRunning = (stop: AbortController) => (running?.stop === stop ? running : null)
  const play = async (ask: ExerciseAsk, who: string, stop: AbortController) => {
    try {
      const played = await playOne(ask, stop.signal, (day) => {
        const one = ifRunning(stop)
        if (one !== null) running = { ...one, day }
      })
      if (played === undefined) return
      newest = resultOf(played, { ask, who, ended: now() })
      keep(folder, newest)
    } catch (cause) {
      problem = { en: describeError(cause, 'en'), fr: describeError(cause, 'fr') }
    } finally {
      if (ifRunning(stop) !== null) running = null
    }
  }
  return {
    state,
    start: (ask, who) => {
      if (running !== null) throw new VigieError('EXERCISE_BUSY', { who: running.who })
      problem = null
      const stop = new AbortController()
      running = { ask, who, started: now(), day: 0, stop }
      playing = Promise.all([playing, play(ask, who, stop)])
      return state()
    },
    stop: () => {
      running?.stop.abort()
      running = null
      return state()
    },
    close: async () => {
      running?.stop.abort()
      await playing
    },
  }
}

function shown({ ask, who, started, day }: Running): ExerciseState['running'] {
  return { ask, who, started, day }
}

/** Undefined when it was stopped. */
async function playOne(
  { organisation, days, stealth, seed }: ExerciseAsk,
  signal: AbortSignal,
  onDay: (day: number) => void,
): Promise<Exercises | undefined> {
  const { playExercises } = await import('./exercises.ts')
  const played = await playExercises({
    organisations: [organisation],
    days,
    stealth,
    seed,
    noise: NOISE,
    stepHours: STEP_HOURS,
    onDay: ({ day }) => onDay(day),
    onTrouble: () => undefined,
    signal,
  })
  return signal.aborted ? undefined : played
}

function resultOf(
  { card, played }: Exercises,
  of: Pick<ExerciseResult, 'ask' | 'who' | 'ended'>,
): ExerciseResult {
  const [one] = played
  if (one === undefined) throw new TypeError('an exercise without an organisation')
  return ExerciseResultSchema.parse({
    ...of,
    ...one.score,
    ...one.timeline,
    version: VERSION,
    seconds: card.seconds,
    totals: card.totals,
  })
}

function keep(folder: string, result: ExerciseResult): void {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'newest.json')
  writeFileSync(`${file}.new`, JSON.stringify(result), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Null where there is none, or one of a version that wrote it otherwise. */
function readNewest(folder: string): ExerciseResult | null {
  try {
    const kept: unknown = JSON.parse(readFileSync(join(folder, 'newest.json'), 'utf8'))
    return ExerciseResultSchema.safeParse(kept).data ?? null
  } catch {
    return null
  }
}
