// Analytics, in English.

import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const analytics = {
  title: 'Analytics',
  back: 'Rules',
  how: 'Questions asked of stored events again and again, for what no single line shows. What they find adds to the weight of an account, address or device.',
  budget: (perDay: string) =>
    `Hours rarer than the budget are told first. The budget is ${perDay} a day (--alerts-a-day).`,
  none: 'There are no analytics on this station.',
  columns: {
    name: 'Question',
    asked: 'Last asked',
    took: 'Took',
    found: 'Found, 30 days',
    every: 'Every',
    window: 'Looks back',
  },
  late: (left: string, questions: string) =>
    `Events came long after their time. Their own time is asked about: ${left} of ${questions} questions are left.`,
  lateProblem: (problem: string) =>
    `Of what came long after its time, something could not be asked about: ${problem}`,
  notYet: 'not yet',
  failed: 'Could not be asked',
  falsePositives: 'What is ordinary and looks the same',
  blind: 'What it does not see',
  parameters: 'Parameters',
  question: 'The question, as SQL',
  temper: {
    quiet: 'quiet',
    sometimes: 'now and then',
    noisy: 'noisy: more than one a day',
  },
  lately: 'Last runs',
  run: (took: string, found: number, share: string) =>
    `took ${took} (${share} of one core as often as it is asked), found ${found}`,
  days: (days: number) => n(days, 'day', 'days'),
  hours: (hours: number) => n(hours, 'hour', 'hours'),
  minutes: (minutes: number) => n(minutes, 'minute', 'minutes'),
}
