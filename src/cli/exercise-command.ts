// `vigie exercise`: campaigns at invented organisations, and a score card of what a station makes of them.

import { buildCommand } from '@stricli/core'
import type { ExercisesOptions } from '../app/exercise/exercises.ts'
import { VigieError } from '../core/index.ts'
import type { Words } from '../words/index.ts'
import type { CliProcess, Context } from './context.ts'
import { exerciseLines } from './exercise-lines.ts'
import { EXIT } from './exit-codes.ts'
import { federationLines } from './federation-lines.ts'
import { printable } from './output.ts'
import { SETTING_FLAGS } from './setting-flags.ts'

type Flags = {
  readonly seed: string
  readonly organisations: string
  readonly days: string
  readonly stealth: string
  readonly noise: string
  readonly campaign?: string
  readonly out: string
  readonly json: boolean
  readonly federation: boolean
  readonly stations: string
  readonly hubs: string
  readonly language?: string
}

export function exerciseCommand(words: Words) {
  const { brief, flags } = words.exercise
  const text = (about: string, placeholder: string, value: string) =>
    ({ kind: 'parsed', parse: String, brief: about, placeholder, default: value }) as const
  return buildCommand<Flags, [], Context>({
    docs: { brief },
    parameters: {
      flags: {
        language: SETTING_FLAGS.language,
        seed: text(flags.seed, 'number', '1'),
        organisations: text(flags.organisations, 'kinds', 'town'),
        days: text(flags.days, 'days', '28'),
        stealth: text(flags.stealth, '0-3', '1'),
        noise: text(flags.noise, '0-3', '1'),
        campaign: {
          kind: 'parsed',
          parse: String,
          brief: flags.campaigns,
          placeholder: 'names',
          optional: true,
        },
        out: text(flags.out, 'folder', 'vigie-exercise'),
        json: { kind: 'boolean', brief: flags.json, default: false },
        federation: { kind: 'boolean', brief: words.exercise.federation.flag, default: false },
        stations: text(words.exercise.federation.stations, 'number', '8'),
        hubs: text(words.exercise.federation.hubs, 'number', '2'),
      },
    },
    async func(flagsGiven) {
      const code = await (flagsGiven.federation ? federation : exercise)(this, flagsGiven)
      Object.assign(this.process, { exitCode: code })
    },
  })
}

/** As often as a simulated month stays a matter of minutes: each look costs the engine about a second, however little there is to see. */
const STEP_HOURS = 12

async function exercise(context: Context, flags: Flags): Promise<number> {
  const { process, words, language } = context
  const { playExercises, writeExercises } = await import('../app/exercise/exercises.ts')
  const asked = await askedOf(flags, words)
  const stop = new AbortController()
  const abort = () => stop.abort()
  process.on('SIGINT', abort)
  const line = progressLine(process, words, asked.days)
  const played = await playExercises({
    ...asked,
    ...line,
    stepHours: STEP_HOURS,
    signal: stop.signal,
  })
  line.clear()
  process.off('SIGINT', abort)
  const written = writeExercises(flags.out, played)
  if (flags.json) process.stdout.write(`${JSON.stringify(played.card)}\n`)
  else {
    const lines = exerciseLines(played.card, { words, language })
    const files = written.map((file) => words.exercise.wrote(printable(file)))
    process.stdout.write(`${[...lines, '', ...files].join('\n')}\n`)
  }
  return stop.signal.aborted ? EXIT.interrupted : EXIT.done
}

/** What the engine of each may use: a station of an exercise has next to nothing to store. */
const ENGINE_MEMORY_MIB = 300
const MOST_HUBS = 4

async function federation(context: Context, flags: Flags): Promise<number> {
  const { process, words, language } = context
  const { LEAST_STATIONS, MOST_STATIONS, playFederation } =
    await import('../app/federation/federation.ts')
  const stop = new AbortController()
  const abort = () => stop.abort()
  process.on('SIGINT', abort)
  const say = words.exercise.federation
  const stations = wholeOf(words, 'stations', flags.stations, [LEAST_STATIONS, MOST_STATIONS])
  const card = await playFederation({
    stations,
    // Each has two members at least.
    hubs: wholeOf(words, 'hubs', flags.hubs, [1, Math.min(MOST_HUBS, Math.floor(stations / 2))]),
    engineMemoryMib: ENGINE_MEMORY_MIB,
    signal: stop.signal,
    onStep: (step) => {
      process.stderr.write(`${say.steps[step]}\n`)
    },
  })
  process.off('SIGINT', abort)
  const lines = flags.json ? [JSON.stringify(card)] : federationLines(card, { words, language })
  process.stdout.write(`${lines.join('\n')}\n`)
  return card.isSo ? EXIT.done : EXIT.failed
}

function wholeOf(
  words: Words,
  name: string,
  met: string,
  [least, most]: readonly [number, number],
): number {
  const value = Number(met)
  if (/^\d{1,9}$/.test(met) && value >= least && value <= most) return value
  const expected = words.exercise.expected(`${least}–${most}`)
  throw new VigieError('SETTING_INVALID', { name, met, expected })
}

type Asked = Omit<ExercisesOptions, 'onDay' | 'onTrouble' | 'signal' | 'stepHours'>

async function askedOf(flags: Flags, words: Words): Promise<Asked> {
  const {
    CAMPAIGN_NAMES,
    LEAST_DAYS,
    MOST_DAYS,
    NOISE_LEVELS,
    ORGANISATION_KINDS,
    STEALTH_LEVELS,
  } = await import('../app/exercise/exercises.ts')
  const expect = (values: string) => words.exercise.expected(values)
  const level = <T extends number>(name: string, met: string, levels: readonly T[]): T => {
    const found = levels.find((one) => String(one) === met)
    if (found !== undefined) return found
    throw new VigieError('SETTING_INVALID', { name, met, expected: expect(levels.join(', ')) })
  }
  const named = <T extends string>(name: string, met: string, names: readonly T[]): readonly T[] =>
    [...new Set(met.split(',').map((part) => part.trim()))].map((part) => {
      const found = names.find((one) => one === part)
      if (found !== undefined) return found
      throw new VigieError('SETTING_INVALID', {
        name,
        met: part.slice(0, 60),
        expected: expect(names.join(', ')),
      })
    })
  return {
    seed: wholeOf(words, 'seed', flags.seed, [0, 999_999_999]),
    organisations: named('organisations', flags.organisations, ORGANISATION_KINDS),
    days: wholeOf(words, 'days', flags.days, [LEAST_DAYS, MOST_DAYS]),
    stealth: level('stealth', flags.stealth, STEALTH_LEVELS),
    noise: level('noise', flags.noise, NOISE_LEVELS),
    ...(flags.campaign === undefined
      ? {}
      : {
          campaigns:
            flags.campaign === 'none' ? [] : named('campaign', flags.campaign, CAMPAIGN_NAMES),
        }),
  }
}

/** One line on a terminal, rewritten; nothing elsewhere. */
function progressLine({ stderr }: CliProcess, { exercise: say }: Words, days: number) {
  const clear = () => void (stderr.isTTY && stderr.write('\r\u001B[K'))
  const onDay: ExercisesOptions['onDay'] = ({ organisation, day }) => {
    if (!stderr.isTTY) return
    stderr.write(`\r\u001B[K${say.progress(say.organisations[organisation], day, days)}`)
  }
  const onTrouble = (sentence: string) => {
    clear()
    stderr.write(`${printable(say.trouble(sentence))}\n`)
  }
  return { clear, onDay, onTrouble }
}
