// What the report of a scan says.

import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const report = {
  title: 'Vigie scan report',
  made: (when: string, version: string) =>
    `Made ${when} (UTC) by Vigie ${version}. All times are UTC.`,
  summary: 'Summary',
  read: (events: number, files: number, size: string) =>
    `${n(events, 'event', 'events')} read from ${n(files, 'file', 'files')} (${size}).`,
  spans: (from: string, to: string) => `The events run from ${from} to ${to}.`,
  nothing:
    'No rule found anything in what was read. That is not proof that nothing happened: see below what was read and what was not.',
  found: (alerts: number, entities: number) =>
    `${n(alerts, 'alert', 'alerts')} on ${n(entities, 'account, address or device', 'accounts, addresses and devices')}.`,
  ifCompromised:
    'If this shows a compromise: keep the logs and this report, do not clean the machines yet, and call your incident team and the Canadian Centre for Cyber Security.',
  alerts: 'What was found',
  entities: 'Most concerned',
  timeline: 'Timeline',
  timelineOf: 'Findings by hour',
  inputs: 'What was read',
  problems: 'What could not be read, and why',
  noProblems: 'Everything that was found could be read.',
  limits: 'Limits of this report',
  limitsText:
    'Rules find what they describe. A quiet report over logs that lack sign-ins, process starts or device changes says little. Lines that no parser knows are kept and can be searched, but rules for a product do not see them.',
  severity: 'Severity',
  severities: {
    critical: 'Critical',
    high: 'High',
    medium: 'Medium',
    low: 'Low',
    informational: 'Informational',
  },
  entity: 'On',
  why: 'Why',
  count: 'Events',
  first: 'First',
  last: 'Last',
  techniques: 'ATT&CK',
  author: 'Rule author',
  evidence: 'Newest event',
  file: 'File',
  events: 'Events',
  format: 'Read as',
  unknown: 'not recognised',
  problem: 'Problem',
  hour: 'Hour',
  findings: 'Findings',
}
