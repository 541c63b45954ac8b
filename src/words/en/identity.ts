// What is said of identities: exports that cannot be read, verdicts, factors, bands.

import type { ExportProblem } from '../../core/index.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

/** What was met, what was expected, what to do. */
const EXPORT_PROBLEMS: { readonly [P in ExportProblem]: (met: string) => string } = {
  too_large: (met) =>
    `the file is too large (${met}): at most 256 MiB is read, unpacked. Export fewer fields, or in parts.`,
  not_text: () =>
    'these bytes are neither UTF-8 nor UTF-16 with a byte order mark. Save the export as UTF-8.',
  not_json: (met) => `the JSON breaks off or is not JSON (${met}). Export the file again.`,
  not_ldif: (met) => `“${met}” is no line of LDIF (RFC 2849): expected “attribute: value”.`,
  not_csv: (met) => `${met}; expected as many cells as the header has. Export the file again.`,
  unknown_form: (met) =>
    `the form is not known (${met}). Expected an export named in docs/identity.md; give --form where the form cannot be told.`,
  missing_field: (met) => `the field ${met} is missing, and nothing can be told apart without it.`,
  bad_value: (met) => `the value ${met} is not of the kind that this field holds.`,
  bad_date: (met) =>
    `“${met}” is no date that can be read in one way. Use ISO 8601, such as 2026-03-31.`,
  too_many_rows: (met) => `there are more than ${met} rows. Import the directory in parts.`,
  too_deep: (met) => `the file is nested deeper than ${met} levels.`,
  twice: (met) => `${met} stands twice with different values. Keep the one that is right.`,
  older: (met) => `it was made on ${met}, before the one that is already here.`,
  empty: () => 'the file is empty.',
  no_rows: (met) =>
    `it has one line and nothing below it (${met}). Expected a heading and a row for each entry.`,
  no_columns: (met) =>
    `no column names an account (${met}). Expected one called login, account, username or userPrincipalName; docs/identity.md lists the others.`,
  one_page: () =>
    'it says that it goes on, and the rest is not in it: it is one page of several. Export all pages into one file, as a list or one on each line.',
  cut: (met) => `it says how many entries it has, and has fewer (${met}). Export the file again.`,
  not_packed: (met) =>
    `it cannot be unpacked (${met}). Pack the export again, or hand it in as it is.`,
}

/** A problem that is not in the list is shown as it is named. */
export function exportProblem(problem: ExportProblem, met: string): string {
  return Object.hasOwn(EXPORT_PROBLEMS, problem) ? EXPORT_PROBLEMS[problem](met) : problem
}

export const IDENTITY_TERMS = {
  verdicts: {
    pass: 'in order',
    fail: 'found',
    not_assessable: 'not assessable',
  },
  severities: { critical: 'critical', high: 'high', medium: 'medium', low: 'low' },
  assurance: {
    bypass: 'bypass',
    none: 'password only',
    unknown: 'second factor of unknown kind',
    weak: 'weak second factor',
    strong: 'second factor that can be relayed',
    synced: 'phishing-resistant, synced or on a platform',
    device: 'phishing-resistant, bound to a device',
  },
  kinds: {
    daily: 'daily',
    privileged: 'privileged',
    service: 'service',
    break_glass: 'break-glass',
    vendor: 'vendor',
    guest: 'guest',
    shared: 'shared',
  },
} as const

export const CRITICAL_STATES = {
  proposed: 'proposed',
  confirmed: 'confirmed',
  refused: 'refused',
} as const
export const CRITICAL_REASONS = {
  tier0: (roles: string) => `It controls everything: ${roles}.`,
  tier1: (roles: string) => `It administers: ${roles}.`,
  break_glass: () => 'It is a break-glass account.',
  vendor: () => 'A provider holds it, and it is privileged.',
  domain_controller: () => 'It is a domain controller.',
  reach: (count: string) => `${count} privileged accounts can be reached from it.`,
  exposed: () => 'It can be reached from the internet.',
  key_system: (what: string) => `It is a key system: ${what}.`,
} as const

type Message = {
  readonly who: string
  readonly band: string
  readonly item: string
  readonly title: string
  readonly alert: string
  readonly acknowledgeBy: string
}

export const identity = {
  ...IDENTITY_TERMS,
  imported: (file: string, source: string, part: string, rows: number) =>
    `${file}: ${n(rows, 'row', 'rows')} of ${part} in ${source}.`,
  checked: (accounts: number, checks: number, seconds: string) =>
    `${n(accounts, 'account', 'accounts')} by ${n(checks, 'check', 'checks')} in ${seconds} s.`,
  summary: (found: number, passed: number, open: number) =>
    `${found} found, ${passed} in order, ${open} not assessable.`,
  opens: (count: number): string =>
    `Would make ${count === 1 ? 'one check' : `${count} checks`} assessable:`,
  nothingNext: 'No file that Vigie reads would make more checks assessable.',
  missing: (fields: string) => `It needs ${fields}.`,
  none: 'No directory was imported yet. Import exports: vigie identity import FILE…',
  columns: {
    check: 'check',
    severity: 'severity',
    verdict: 'verdict',
    found: 'found',
    title: 'what is checked',
    policy: 'policy',
    met: 'met',
    band: 'band',
    name: 'who or what',
    state: 'state',
    why: 'why',
    source: 'source',
    accounts: 'accounts',
    imported: 'imported',
  },
  bands: { C1: 'C1', C2: 'C2', C3: 'C3', C4: 'C4' },
  critical: {
    states: CRITICAL_STATES,
    reasons: CRITICAL_REASONS,
    call: (who: string, how: string, name: string) =>
      `Call ${who} (${how}): an alert on ${name} waits for an answer.`,
    none: 'Nothing is proposed yet. Import a directory first.',
    silentTitle: 'A log source of a critical item is silent',
    silent: (source: string) =>
      `The log source ${source} of a critical item has been silent for a day.`,
    noMailServer: 'no mail server is set (--mail-server)',
    notSent: (who: string, target: string, problem: string) =>
      `${who} could not be told at ${target} (${problem}): somebody must reach them otherwise.`,
    /** What goes out when a step of the ladder is due. */
    message: {
      subject: ({ band, item }: { band: string; item: string }) =>
        `Vigie, ${band}: an alert on ${item} waits for you`,
      text: ({ who, band, item, title, alert, acknowledgeBy }: Message) =>
        [
          `${who},`,
          '',
          `an alert on ${item} (${band}) waits until somebody takes it: ${title}.`,
          `It must be taken by ${acknowledgeBy}.`,
          '',
          `Take it in the console of the station: alert ${alert}.`,
          'As soon as somebody has taken it, nobody else is told.',
        ].join('\n'),
    },
  },
} as const
