// Plays an exercise at several organisations, one after another, each in a process of its own, and writes what came of it.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { VigieError } from '../../core/index.ts'
import { addressPlanCsv, totalsOf } from '../../exercise/index.ts'
import type { Label, OrganisationKind, Score, Totals } from '../../exercise/index.ts'
import { VERSION } from '../version.ts'
import type { Asked, Told } from './child.ts'
import type { Exercised } from './exercise.ts'

// What a command may ask for.
export {
  CAMPAIGN_NAMES,
  LEAST_DAYS,
  MOST_DAYS,
  NOISE_LEVELS,
  ORGANISATION_KINDS,
  STEALTH_LEVELS,
} from '../../exercise/index.ts'

export type ExercisesOptions = Omit<Asked, 'kind'> & {
  readonly organisations: readonly OrganisationKind[]
  readonly onDay: (progress: {
    readonly organisation: OrganisationKind
    readonly day: number
  }) => void
  readonly onTrouble: (sentence: string) => void
  readonly signal: AbortSignal
}

/** What `scorecard.json` holds. */
export type Scorecard = {
  readonly version: string
  readonly seed: number
  readonly days: number
  readonly noise: number
  readonly stealth: number
  readonly stepHours: number
  readonly seconds: number
  /** Of all processors together, for machines that do other work as well. */
  readonly cpuSeconds: number
  readonly organisations: readonly Score[]
  readonly totals: Totals
}

export type Exercises = {
  readonly card: Scorecard
  readonly labels: readonly Label[]
  /** Of each organisation, in the order they were played. */
  readonly played: readonly Exercised[]
}

/** Of those played to the end when it is stopped. Throws EXERCISE_FAILED with the first organisation whose process ended without a score. */
export async function playExercises(options: ExercisesOptions): Promise<Exercises> {
  const startedMs = performance.now()
  const played: Played[] = []
  for (const organisation of options.organisations) {
    if (options.signal.aborted) break
    const one = await playApart(organisation, options)
    if (one !== undefined) played.push(one)
  }
  const { seed, days, noise, stealth, stepHours } = options
  const organisations = played.map(({ score }) => score)
  return {
    card: {
      version: VERSION,
      seed,
      days,
      noise,
      stealth,
      stepHours,
      seconds: Math.round((performance.now() - startedMs) / 1000),
      cpuSeconds: played.reduce((sum, one) => sum + one.cpuSeconds, 0),
      organisations,
      totals: totalsOf(organisations),
    },
    labels: played.flatMap(({ labels }) => labels),
    played,
  }
}

type Played = Exercised & { readonly cpuSeconds: number }

const CHILD = join(import.meta.dirname, 'child.ts')

async function playApart(
  kind: OrganisationKind,
  options: ExercisesOptions,
): Promise<Played | undefined> {
  const { onDay, onTrouble, signal, organisations: _, ...asked } = options
  const child = fork(CHILD, { serialization: 'advanced' })
  giveWay(child.pid)
  const stop = () => {
    if (child.connected) child.disconnect()
  }
  signal.addEventListener('abort', stop, { once: true })
  let result: Played | undefined
  let lastTrouble = ''
  child.on('message', (told: Told) => {
    if (told.kind === 'day') onDay({ organisation: kind, day: told.day })
    else if (told.kind === 'played') result = told
    else {
      lastTrouble = told.sentence
      onTrouble(told.sentence)
    }
  })
  // What it sent last may come after it is gone, and not after the channel is.
  const ended = Promise.all([once(child, 'exit'), once(child, 'disconnect')])
  const message: Asked = { ...asked, kind }
  child.send(message)
  await ended
  signal.removeEventListener('abort', stop)
  if (result === undefined && !signal.aborted)
    throw new VigieError('EXERCISE_FAILED', { organisation: kind, reason: lastTrouble })
  return result
}

/** A station that runs here goes first. */
function giveWay(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch (thrown) {
    // It has ended already, or the system does not let us: then it is as fast as others.
    if (!(thrown instanceof Error)) throw thrown
  }
}

/** `scorecard.json`, `labels.ndjson` and the addresses of the country. Returns the files. */
export function writeExercises(out: string, { card, labels }: Exercises): readonly string[] {
  mkdirSync(out, { recursive: true })
  const write = (name: string, text: string) => {
    const file = join(out, name)
    writeFileSync(file, text)
    return file
  }
  return [
    write('scorecard.json', `${JSON.stringify(card, null, 2)}\n`),
    write('labels.ndjson', labels.map((label) => `${JSON.stringify(label)}\n`).join('')),
    write('addresses.csv', addressPlanCsv()),
  ]
}
