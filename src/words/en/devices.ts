// What `vigie devices` says.

import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const devices = {
  brief: 'Devices of a running station: configurations, changes, by whose word',
  list: 'Devices, those with unexplained changes first',
  changesBrief: 'Changes of configurations, unexplained ones first',
  showBrief: 'One change: by whose word, what was found, every difference',
  takeBrief: 'Hand configurations in',
  announceBrief: 'Write down a change that is expected',
  explainBrief: 'Write down, afterwards, whose a change was',
  recordsBrief: 'Change records',
  importBrief: 'Take change records from a CSV table',
  revokeBrief: 'Take a change record back',
  none: 'No configuration has been taken in. Put a file for each device into the folder “configurations” of the station’s data, or run “vigie devices take FILE…”.',
  noChanges: 'No configuration has changed.',
  noRecords: 'No change record has been written.',
  columns: {
    device: 'DEVICE',
    unexplained: 'UNEXPLAINED',
    hardening: 'HARDENING',
    changed: 'CHANGED',
    seen: 'TAKEN IN',
    make: 'MAKE',
    state: 'STATE',
    severity: 'SEVERITY',
    found: 'FOUND',
    count: 'DIFFERENCES',
    change: 'CHANGE',
    record: 'RECORD',
    from: 'FROM',
    to: 'TO',
    by: 'BY',
    reason: 'REASON',
  },
  states: { unauthorised: 'unexplained', explained: 'explained', expected: 'expected' },
  revoked: 'taken back',
  taken: (device: string, changes: number, findings: number) =>
    `${device}: ${n(changes, 'change', 'changes')}, ${n(findings, 'finding', 'findings')}`,
  same: (device: string) => `${device}: nothing has changed`,
  written: (id: string) => `Written down as ${id}.`,
  gone: (id: string) => `${id} is taken back.`,
  imported: (count: number) => `${n(count, 'record', 'records')} taken.`,
  refused: (line: number, column: string, met: string) =>
    `Line ${line} was not taken: ${column} is “${met}”.`,
  by: (who: string, when: string, reason: string) => `${who}, ${when}: ${reason}`,
  notAllowed: 'not allowed by the record',
}
