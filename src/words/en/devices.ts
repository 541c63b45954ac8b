// What `vigie devices` says.

import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const devices = {
  brief: 'Devices of a running station: configurations, changes, by whose word',
  list: 'Devices, those with unexplained changes first',
  changesBrief: 'Changes of configurations, unexplained ones first',
  showBrief: 'One change, or how one device differs from what it should say',
  takeBrief: 'Hand configurations in',
  announceBrief: 'Write down a change that is expected',
  explainBrief: 'Write down, afterwards, whose a change was',
  recordsBrief: 'Change records',
  importBrief: 'Take change records from a CSV table',
  revokeBrief: 'Take a change record back',
  goldenBrief: 'What the devices of a group should say, and who works on them',
  goldenListBrief: 'Groups of devices with their known-good configurations',
  goldenSetBrief:
    'Set a group: its devices, a version or a file as known-good, what may differ, operators',
  goldenRemoveBrief: 'Forget a group',
  hashesBrief: 'Take a maker’s list of image digests',
  noGolden:
    'No group is set. Name one with “vigie devices golden set NAME --device PATTERN --version VERSION”, or with “--file FILE”.',
  goldenSet: (name: string, source: string) => `${name} is set: ${source}`,
  noGoldenConfig: 'no known-good configuration',
  goldenGone: (name: string) => `${name} is forgotten.`,
  hashesTaken: (count: number) => `${n(count, 'digest', 'digests')} taken.`,
  hashRefused: (line: number) =>
    `Line ${line} was not taken: a file name with a digest of 32 to 128 hexadecimal characters is expected.`,
  drift: {
    none: (group: string, source: string) => `It says what group ${group} should say (${source}).`,
    some: (count: number, group: string, source: string) =>
      `${n(count, 'difference', 'differences')} from what group ${group} should say (${source}); − is what should stand, + what stands.`,
    otherMake: (group: string, source: string) =>
      `It is of another make than the known-good configuration of group ${group} (${source}), so the two are not compared.`,
    unset: 'No known-good configuration is set for it.',
  },
  firmware: {
    image: 'image',
    boot: 'starts',
    register: 'register',
    loader: 'loader',
    release: 'release',
    hash: 'digest',
  },
  verdicts: {
    known: 'as the maker lists it',
    wrong: 'not the maker’s',
    unlisted: 'not on a maker’s list',
  },
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
    group: 'GROUP',
    devices: 'DEVICES',
    operators: 'OPERATORS',
    golden: 'KNOWN-GOOD',
  },
  states: { unauthorised: 'unexplained', explained: 'explained', expected: 'expected' },
  revoked: 'taken back',
  unsigned: 'not signed: covers nothing',
  taken: (device: string, changes: number, findings: number) =>
    `${device}: ${n(changes, 'change', 'changes')}, ${n(findings, 'finding', 'findings')}`,
  same: (device: string) => `${device}: nothing has changed`,
  written: (id: string) => `Written down as ${id}.`,
  gone: (id: string) => `${id} is taken back.`,
  imported: (count: number, known: number) =>
    `${n(count, 'record', 'records')} taken.${known > 0 ? ` ${n(known, 'row was', 'rows were')} known.` : ''}`,
  refused: (line: number, column: string, met: string) =>
    `Line ${line} was not taken: ${column} is “${met}”.`,
  by: (who: string, when: string, reason: string) => `${who}, ${when}: ${reason}`,
  notAllowed: 'not allowed by the record',
}
