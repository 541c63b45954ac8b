// What the page of one entity says.

import type { UsualAspect } from '../../model/index.ts'
import { plural } from '../plural.ts'
import { networks } from './networks.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const consoleEntity = {
  what: 'What it is',
  alsoNamed: 'Also named',
  network: 'Network',
  account: 'Account',
  tier: (tier: number) => `tier ${tier}`,
  kinds: networks.kinds,
  assurance: 'Guarded by',
  critical: 'critical',
  importance: 'Criticality',
  zone: 'Zone',
  owner: 'Owner',
  facing: 'Reached from',
  unknown: 'No directory, inventory or network data names it.',
  risk: 'Found on it in 30 days',
  found: (findings: number, days: number) =>
    `${n(findings, 'finding', 'findings')} on ${n(days, 'day', 'days')}`,
  none: 'Nothing was found on it in 30 days.',
  rare: (hour: string, score: string) => `${hour}: told as a rare hour (weight ${score})`,
  usual: 'Usual, and today',
  usualNone:
    'Nothing is kept of what is usual for it. Sign-ins, programs and flows that come in change that.',
  usualColumns: { what: 'What', value: 'Value', days: 'Days before', last: 'Last', today: 'Today' },
  today: 'yes',
  newToday: 'new today',
  notToday: 'no',
  aspects: {
    network: 'network',
    machine: 'machine',
    program: 'program',
    target: 'signed in to',
    started: 'program started',
    place: 'connects to',
    account: 'account',
    event: 'kind of event',
  } satisfies Readonly<Record<UsualAspect, string>>,
  rules: 'What found something',
  ruleColumns: { severity: 'Severity', title: 'Rule', findings: 'Findings', last: 'Last' },
  rulesNone: 'Nothing ever found something on it.',
  alerts: 'Alerts',
  alertsNone: 'No alert was ever raised on it.',
  hunt: 'Its events of 30 days',
}
