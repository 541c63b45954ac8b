// The screen of the exercise, in English.

import { plural } from '../plural.ts'
import { exercise } from './exercise.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)
const { organisations, campaigns, steps, states, figures, of, mostNever, nothing } = exercise

export const consoleExercise = {
  organisations,
  campaigns,
  steps,
  states: { ...states, false: 'false alert' },
  figures,
  of,
  mostNever,
  nothing,
  title: 'Exercise',
  back: 'Rules',
  invented: 'Everything here is invented.',
  about:
    'A station of its own, in a folder of its own, is given the logs of an organisation that does not exist, and somebody breaks into it. No line, alert or name of it comes among yours.',
  open: 'Play an exercise',
  offer:
    'Nothing to send yet? See what Vigie finds when somebody breaks into an invented organisation.',
  start: 'Start',
  startTitle: 'Play an exercise',
  cost: 'It takes some minutes of one processor and about 1 GB of memory, and gives way to what else runs here.',
  organisation: 'Organisation',
  days: 'Days, 14 to 120',
  stealth: 'The intruders',
  stealths: {
    0: 'are careless',
    1: 'act as in the bulletin',
    2: 'are patient',
    3: 'know the detectors',
  },
  seed: 'Seed: the same number plays the same exercise',
  notYet: 'No exercise was played here yet.',
  running: (who: string, organisation: string) => `${who} has an exercise played: ${organisation}.`,
  progress: (day: number, days: number) => `Day ${day} of ${days}`,
  stop: 'Stop it',
  failed: 'The last exercise did not come to an end.',
  card: 'Score card',
  played: (organisation: string, days: number, stealth: string, seed: number) =>
    `${organisation}, ${n(days, 'day', 'days')}, intruders who ${stealth}, seed ${seed}`,
  ended: 'Played',
  lines: 'Log lines',
  quiet: 'Days without an intruder',
  quietOf: (quiet: number, all: number) => `${quiet} of ${all}`,
  took: 'It took',
  alerts: 'Alerts',
  rightWrong: (right: number, wrong: number) => `${right} true, ${wrong} false`,
  found: 'Campaigns and their steps',
  begins: 'begins',
  firstAlert: (hours: number | null) =>
    hours === null ? 'not found' : `first alert after ${hours} h`,
  step: 'Step',
  technique: 'Technique',
  stepLines: 'Lines',
  state: 'Outcome',
  timeline: 'What was done, and what the station said',
  keys: 'j and k step from one to the next, Enter opens it, Escape closes it.',
  columns: { time: 'Time', did: 'What was done', said: 'What the station said' },
  nobody: 'Nothing was done',
  detail: 'One moment of the exercise',
  did: 'Done',
  concerns: 'It concerns',
  why: {
    told: 'A person was told.',
    found:
      'A rule or an analytic met it. By itself it was not rare or grave enough for the budget, so nobody was called.',
    unseen: 'The lines are there, and no rule and no analytic met them.',
    'not-collected': 'The logs that would show it are not collected at this organisation.',
    false: 'Nothing was done there and then: a person would have been called for nothing.',
  },
  rules: 'Rules and analytics that met',
  told: (time: string) => `told ${time}`,
  notTold: 'below the budget',
}
