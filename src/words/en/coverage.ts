// ATT&CK coverage, in English.

import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const coverage = {
  title: 'ATT&CK coverage',
  how: (since: string) =>
    `What could be found with the logs that arrived since ${since}. A rule without its logs finds nothing. ATT&CK is a work of The MITRE Corporation.`,
  noEvents: 'No event arrived in this time: no rule can find anything yet.',
  summary: (seen: string, all: string) =>
    `${seen} of ${all} techniques that rules describe could be seen.`,
  reach: {
    live: 'Rules that watch: their logs arrive',
    idle: 'Rules that wait: their logs do not arrive',
    unusable: 'Rules that cannot be used',
  },
  untagged: (count: number) => `${n(count, 'rule names', 'rules name')} no technique`,
  matrix: 'Techniques by tactic, with how many rules watch',
  noTactic: 'No tactic named',
  counts: (live: number, idle: number, unusable: number) =>
    `${n(live, 'rule watches', 'rules watch')}, ${n(idle, 'waits', 'wait')} for logs, ${unusable} cannot be used`,
  technique: 'Technique',
  itsRules: 'Its rules',
  subtechniques: 'Sub-techniques',
  missing: 'Logs that do not arrive, by the rules that wait for them',
  noneMissing: 'All logs that rules ask for arrive.',
  arriving: 'Logs that arrive',
  noneArriving: 'None of the logs that rules ask for arrived.',
  logsource: 'Log source',
  rules: 'Rules',
  more: (count: number) => `and ${count} more`,
  tactics: {
    reconnaissance: 'Reconnaissance',
    'resource-development': 'Resource development',
    'initial-access': 'Initial access',
    execution: 'Execution',
    persistence: 'Persistence',
    'privilege-escalation': 'Privilege escalation',
    'defense-evasion': 'Defense evasion',
    'credential-access': 'Credential access',
    discovery: 'Discovery',
    'lateral-movement': 'Lateral movement',
    collection: 'Collection',
    'command-and-control': 'Command and control',
    exfiltration: 'Exfiltration',
    impact: 'Impact',
  } as Readonly<Record<string, string>>,
}
