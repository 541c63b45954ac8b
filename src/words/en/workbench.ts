// The rule workbench, in English.

import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const workbench = {
  title: 'Write a rule',
  back: 'Back to the rules',
  text: 'Sigma text',
  readable: (rules: number, filters: number, correlations: number) =>
    `It can be used: ${[n(rules, 'rule', 'rules'), n(filters, 'exception', 'exceptions'), n(correlations, 'correlation', 'correlations')].filter((part) => !part.startsWith('0 ')).join(', ')}.`,
  errors: (count: number) => `It cannot be used yet: ${n(count, 'error', 'errors')}.`,
  severities: { error: 'Error', remark: 'Remark' },
  line: (line: number) => `line ${line}`,
  save: 'Put to use',
  saveAgain: 'Save the change',
  saved: (name: string) => `Kept as ${name}. It judges new lines within seconds.`,
  seeRules: 'See the rules',
  remove: 'Take out of use',
  removed: (name: string) => `${name} is gone.`,
  trial: {
    title: 'What it would have done',
    how: 'Judges stored events with this text. Nothing is kept and no alert is raised.',
    start: 'Test over stored events',
    stop: 'Stop',
    states: { running: 'Testing', done: 'Tested', stopped: 'Stopped', failed: 'Failed' },
    old: 'The text changed since.',
    hits: (hits: number, judged: string) => `${n(hits, 'hit', 'hits')} in ${judged} events.`,
    accepted: (accepted: string, hits: string) =>
      `The exception would accept ${accepted} of ${hits} hits.`,
    alerts: (alerts: number) => `They would gather in ${n(alerts, 'alert', 'alerts')}.`,
    left: (alerts: number) => `What is left would gather in ${n(alerts, 'alert', 'alerts')}.`,
    wouldFlood: (most: string) =>
      `It would have stopped itself: ${most} hits in one hour. Narrow it first.`,
    leftOut: 'It floods and was left out of the rest of the span.',
    untried: (titles: string) => `Correlations are not part of a test: ${titles}.`,
    byRule: 'By rule',
    rule: 'Rule',
    hitsColumn: 'Hits',
    acceptedColumn: 'Accepted',
    entities: 'Most hits on',
    samples: 'Newest hits',
    acceptedSamples: 'Newest hits that would be accepted',
    byDay: 'Hits by day',
    byHour: 'Hits by hour',
    plot: (hits: string, per: string) => `${per}: ${hits} in all`,
    asTable: 'As a table',
  },
}
