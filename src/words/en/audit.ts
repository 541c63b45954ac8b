// What the audit of configurations says: in the terminal, in its report, on its alerts.

import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const audit = {
  brief: 'Read device configurations from files and folders, and report signs of tampering',
  nothing: 'Give at least one file or folder: vigie audit PATH…',
  read: (devices: number, lines: number, seconds: string) =>
    `Read ${n(devices, 'configuration', 'configurations')} (${n(lines, 'line', 'lines')}) in ${seconds} s.`,
  unknownMake: 'make not recognised',
  unsure: 'probably',
  coverage: (understood: number, significant: number) =>
    understood === significant
      ? `every line understood (${significant})`
      : `${understood} of ${significant} lines understood`,
  unparsed: (lines: string) => `not understood, first: lines ${lines}`,
  because: (line: number, text: string) => `line ${line}: ${text}`,
  secrets: (count: number) => `${n(count, 'secret', 'secrets')} replaced by fingerprints`,
  notAttestable: (count: number) =>
    `${n(count, 'secret is', 'secrets are')} written anew with every export: their change cannot be told`,
  changed: (count: number) => n(count, 'change', 'changes'),
  notCompared: 'no earlier version to compare with',
  changedBy: (who: string, when: string) =>
    `last changed${when === '' ? '' : ` ${when}`}${who === '' ? '' : ` by ${who}`}, says the device`,
  incident: (steps: string) =>
    `Several steps of an intruder together: ${steps}. Treat this as an incident.`,
  incidentTitle: 'Several steps of an intruder in one change',
  incidentDo:
    'Keep the configuration versions, the logs and this report. Do not restart or clean the device. Call your incident team and the Canadian Centre for Cyber Security.',
  steps: {
    administrator: 'new administrator',
    log: 'logging muted',
    tunnel: 'tunnel added',
    filter: 'filter widened',
    job: 'scheduled job',
    capture: 'capture started',
    aaa: 'login redirected',
  },
  /** Behind a title, before what it is about. */
  colon: ':',
  changeFindings: 'Changes to explain',
  stateFindings: 'Hardening',
  noChangeFindings: 'No change that calls for an explanation.',
  noStateFindings: 'Nothing to harden was found.',
  noFindings: 'No check was met. That is not proof of absence: see what was read and understood.',
  whyAlert: ({
    device,
    title,
    where,
    path,
    others,
  }: Readonly<Record<'device' | 'title' | 'where' | 'path', string>> & {
    readonly others: number
  }) =>
    `Configuration of ${device}: ${title}, ${where}: “${path}”${others > 0 ? ` and ${n(others, 'other place', 'other places')}` : ''}.`,
  whyIncident: (device: string, steps: string) =>
    `Configuration of ${device}: several steps of an intruder in one change: ${steps}.`,
  lines: (first: number, last: number) =>
    first === last ? `line ${first}` : `lines ${first}–${last}`,
  before: 'before',
  more: (count: number) => `and ${count} more`,
  signs: {
    half: 'The text ends inside a block: half a configuration. Collect it once more.',
    joined:
      'Two configurations in one: the text says twice which device it is, or goes on as another make. They were read as one; give each a file of its own.',
    shrunk:
      'More than a tenth of the configuration is gone: cut off, or the device was set up anew.',
    cut: 'Its end is missing: the text stops where the version before went on. Collect it once more.',
    strange:
      'Nothing of it was ever said by this device, and no make is recognised: an error page, or another file. Collect it once more.',
    other_make: 'Not the make it was: the two versions cannot be compared.',
  },
  folderBroken: (path: string, why: string) =>
    `The configuration ${path} was taken in, with this to be known: ${why}`,
  folderRefused: (path: string, why: string) =>
    `The configuration ${path} was not taken in: ${why}. It is looked at again when it changes.`,
  problems: {
    too_large: (limit: string) => `larger than ${limit}; nothing of it was read`,
    line_too_long: (line: number, limit: string) =>
      `line ${line} is longer than ${limit} characters; nothing of it was read`,
    too_deep: (line: number, limit: string) =>
      `line ${line} nests deeper than ${limit} blocks; nothing of it was read`,
    too_many_nodes: (limit: string) => `more than ${limit} statements; nothing of it was read`,
    binary: (line: number) => `no text: a zero byte stands in line ${line}`,
    empty: 'empty',
    web_page: 'no configuration but a web page, of a sign-in or an error',
    refusal: (line: number) =>
      `no configuration but a refusal (line ${line}): the account may not read it, or the command is another`,
    notFile: (path: string) => `${path} has no earlier version beside it`,
  },
  title: 'Vigie configuration audit',
  made: (when: string, version: string) => `Made ${when} (UTC) by Vigie ${version}.`,
  summary: 'Summary',
  devices: 'Devices',
  device: 'Device',
  make: 'Make',
  understood: 'Understood',
  found: 'Found',
  severity: 'Severity',
  why: 'Why it matters',
  todo: 'What to do',
  benign: 'Harmless when',
  where: 'Where',
  techniques: 'ATT&CK',
  sources: 'Sources',
  changes: 'What changed',
  stanza: 'In',
  was: 'Before',
  is: 'Now',
  kinds: {
    added: 'added',
    removed: 'removed',
    changed: 'changed',
    moved: 'moved',
    renumbered: 'renumbered',
  },
  allProblems: 'What could not be read, and why',
  noProblems: 'Everything that was found could be read.',
  limits: 'Limits of this report',
  limitsText:
    'Checks find what they describe. A change is not called authorised here: only a change record says that. Secrets stand as keyed fingerprints and can be compared, not read.',
}
