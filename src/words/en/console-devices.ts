// The screens of devices and their configurations, in English.

import { plural } from '../plural.ts'
import { audit } from './audit.ts'
import { collection } from './collection.ts'
import { consoleZones } from './console-zones.ts'
import { devices } from './devices.ts'
import { segment } from './segment.ts'
import { traces } from './traces.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const consoleDevices = {
  views: {
    devices: 'Devices',
    changes: 'Changes',
    records: 'Change records',
    collection: collection.screen.view,
  },
  traces,
  collection: collection.screen,
  git: collection.git,
  pullStates: collection.ssh.states,
  steps: audit.steps,
  kinds: audit.kinds,
  signs: audit.signs,
  lines: audit.lines,
  empty: 'No configuration has been taken in yet.',
  emptyHow:
    'Put a file for each device into the folder “configurations” of the station’s data (Oxidized and RANCID can write there), send it over HTTP, or hand one in here. It stays there and is read again when it changes.',
  filter: 'Find by device or make',
  shown: (shown: number, all: number) => `${shown} of ${n(all, 'device', 'devices')}`,
  none: 'No device fits this filter.',
  unknownMake: 'not recognised',
  columns: {
    name: 'Device',
    unauthorised: 'Unexplained',
    hardening: 'Hardening',
    make: 'Make',
    changed: 'Last change',
    lastSeen: 'Last taken in',
    understood: 'Understood',
  },
  detail: 'Device',
  firstSeen: 'First taken in',
  drift: devices.drift,
  driftTitle: 'Known-good configuration',
  firmware: devices.firmware,
  verdicts: devices.verdicts,
  runs: 'Starts and runs',
  saysItself: 'The device says of itself',
  itsOwn: {
    changed: 'changed last',
    saved: 'saved last',
    login: 'last login',
    size: 'size',
    checksum: 'checksum',
    version: 'version',
  },
  said: (fact: string, values: string) => `${fact}: ${values}`,
  lineCount: 'Lines',
  understoodOf: (understood: string, significant: string) =>
    `${understood} of ${significant} lines`,
  history: 'Changes',
  noHistory: 'Nothing has changed since it was first taken in.',
  hardeningTitle: 'Hardening',
  noHardening: 'Nothing to harden was found.',
  versions: 'Versions',
  notWhole: 'not whole',
  newestNotWhole: (when: string) =>
    `What came last, ${when}, is no whole configuration. It is kept and shown below; the device is judged by the version before.`,
  compare: 'Compare with the newest',
  take: {
    title: 'Hand in a configuration',
    how: 'As the device shows or exports it. Secrets are replaced by fingerprints before anything is stored.',
    file: 'File',
    device: 'Device (empty: as the file says)',
    go: 'Hand in',
    said: (device: string, changes: number) => `${device}: ${n(changes, 'change', 'changes')}.`,
    same: (device: string) => `${device}: nothing has changed.`,
  },
  changes: {
    empty: 'No configuration has changed yet.',
    filter: 'Find by device',
    only: 'Show',
    states: {
      unauthorised: 'unexplained',
      explained: 'explained afterwards',
      expected: 'expected',
    },
    all: 'All',
    shown: (shown: number, all: number) => `${shown} of ${n(all, 'change', 'changes')}`,
    none: 'No change fits this filter.',
    columns: {
      state: 'State',
      device: 'Device',
      severity: 'Severity',
      steps: 'Steps of an intruder',
      count: 'Differences',
      found: 'Found',
      who: 'Who, by the logs',
      record: 'By whose word',
    },
    detail: 'Change',
    alerts: 'Alerts on this device',
    between: (after: string, before: string) => `${after} and ${before}`,
    unauthorised: 'No change record covers this. It is nobody’s change until somebody says so.',
    partly: (reason: string, who: string) =>
      `A record allows part of it (“${reason}”, ${who}); the differences marked below it does not.`,
    by: (state: string, who: string, when: string) => `${state}: ${who}, recorded ${when}.`,
    incident: (steps: string) => audit.incident(steps),
    incidentDo: audit.incidentDo,
    found: 'What calls for an explanation',
    nothingFound: 'No check was met by this change. That does not make it an expected one.',
    why: 'Why it matters',
    todo: 'What to do',
    benign: 'Harmless when',
    differences: 'Differences',
    traffic: 'What the filters let through',
    more: (filter: string) => segment.widened(filter),
    less: (filter: string) => segment.narrowed(filter),
    trafficCut: (filter: string) => segment.tooLarge(filter),
    notAll: (shown: string, all: string) => `The first ${shown} of ${all}.`,
    notAllowed: 'not allowed by the record',
    top: 'at the top',
    before: 'before',
    after: 'after',
    cannotCompare: 'The two versions cannot be compared: they are not of one make.',
    same: 'They say the same.',
    compared: (before: string, after: string) => `${before} compared with ${after}`,
    explain: {
      title: 'Explain this change',
      how: 'Writes a change record in your name, afterwards, for this change alone. Only do so when you know who made it: ask by another way than the device.',
      reason: 'Who made it, and why',
      reference: 'Ticket or decision',
      go: 'Write it down',
      said: 'It is explained now. Its alerts stay open until somebody closes them.',
    },
  },
  records: {
    about:
      'A change is expected when a record written beforehand covers the device, the time, and every difference. Only people write records; what a device says of its own changes is never one.',
    empty: 'No change record has been written.',
    columns: {
      device: 'Device',
      window: 'From – to',
      allows: 'Allows',
      reason: 'Reason',
      reference: 'Reference',
      by: 'Recorded by',
      state: 'State',
    },
    anything: 'anything',
    valid: 'in force',
    revoked: (who: string) => `taken back by ${who}`,
    unsigned:
      'Not signed by this station as it stands: written before records were signed, or changed where they are kept. It covers nothing.',
    revoke: 'Take back',
    add: {
      title: 'Announce a change',
      device: 'Device, by its name here',
      starts: 'From',
      ends: 'To',
      allows: 'What may differ, a line each (empty: anything)',
      allowsHow:
        'Beginnings of statements with the blocks they stand in, such as “interface Gi0/1 > ip address”.',
      reason: 'Reason',
      reference: 'Ticket or decision',
      go: 'Write it down',
    },
    file: {
      title: 'Take records from a table',
      how: 'CSV with the columns device, starts, ends (with their zone), reason, and where wanted reference and allows (statements apart by “;”). Rows that are known are not written down again.',
      file: 'File',
      go: 'Take in',
      said: devices.imported,
      refused: (line: number, column: string, met: string) =>
        `Line ${line} was not taken: ${column} is “${met}”.`,
    },
  },
}

export const deviceScreens = { devices: consoleDevices, zones: consoleZones }
