// What is said of readiness: states, what evidence shows, the report, plans.

import type { Contact, GoalState, PlanGap, PlanKind, ProofState } from '../../model/index.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const STATES: Readonly<Record<GoalState, string>> = {
  met: 'met',
  partly: 'partly met',
  not_met: 'not met',
  not_assessable: 'not assessable',
  not_applicable: 'not applicable',
}
export const PROOF_STATES: Readonly<Record<ProofState, string>> = {
  met: 'met',
  partly: 'partly',
  not_met: 'not met',
  unknown: 'not known',
}
export const PLANS: Readonly<Record<PlanKind, string>> = {
  response: 'Incident response',
  recovery: 'Recovery',
  continuity: 'Continuity',
  communications: 'Communications',
}
export const CONTACTS: Readonly<Record<Contact['kind'], string>> = {
  lead: 'lead',
  alternate: 'alternate',
  executive: 'executive',
  legal: 'legal counsel',
  privacy: 'privacy',
  provider: 'provider',
  authority: 'authority',
  police: 'police',
  insurer: 'insurer',
  media: 'media',
  other: 'other',
}
export const PLAN_GAPS: Readonly<Record<PlanGap, string>> = {
  missing: 'There is no plan yet.',
  not_approved: 'Nobody approved it.',
  not_reviewed: 'It was not reviewed within a year.',
  no_offline_copy: 'It does not say where a copy lies outside the network.',
  no_lead: 'It names no lead.',
  no_alternate: 'It names no alternate.',
  no_authority: 'It names no authority to report to.',
  no_provider: 'It names no provider.',
  contact_without_phone: 'A contact has no telephone:',
  contact_not_tested: 'A contact was not tried within a year:',
  no_scenario: 'It has no scenario.',
  scenario_without_steps: 'A scenario has no steps:',
  no_system: 'It names no system.',
  system_without_goal: 'A system does not say how soon it must be back:',
  system_without_backup: 'A system does not say where its backup is:',
  backup_not_apart: 'A backup is not kept apart from its source:',
  no_manual_way: 'A system has no way to go on by hand:',
  no_notice: 'It does not say who is told.',
  notice_without_template: 'A notice has no text ready:',
  not_exercised: 'It was not exercised within a year.',
  lessons_open: 'Lessons of an exercise are open:',
}

export const readiness = {
  states: STATES,
  proofStates: PROOF_STATES,
  plans: PLANS,
  contactKinds: CONTACTS,
  planGaps: PLAN_GAPS,
  /** What stands in a plan to fill in. */
  planTemplate: {
    name: 'Name of the person',
    roles: {
      lead: 'Leads the response',
      alternate: 'Leads when the other is away',
      authority: 'Canadian Centre for Cyber Security, 1-833-CYBER-88',
      provider: 'Managed service provider',
    },
    scenario: 'Edge device taken over',
    starts: 'What starts it',
    step: 'What is done first',
    system: 'Name of the system',
    to: 'Who is told',
    way: 'How: telephone, letter, page',
  },
  workingTitle: 'working title, not confirmed by the official toolkit',
  ownedBy: (owner: string) => `owner ${owner}`,
  due: (day: string) => `due ${day}`,
  attested: (who: string, until: string, statement: string) =>
    `${who} states until ${until}: “${statement}”`,
  contradicted: 'What is seen says otherwise than the statement.',
  nothing: 'Nothing is known yet. A named person can attest it.',
  neverTested: 'never',
  logStates: { arrives: 'arrives', silent: 'silent', missing: 'missing' },
  evidence: {
    none: (what: string) => `The station cannot see this yet: ${what}.`,
    identity: (failed: number, passed: number, open: number) =>
      `${n(failed, 'identity check', 'identity checks')} found something, ${passed} in order, ${open} not assessable.`,
    critical: (confirmed: number, proposed: number) =>
      `${n(confirmed, 'item is', 'items are')} confirmed, ${proposed} wait for a person.`,
    logPriority: (arriving: number, all: number) =>
      `${arriving} of ${all} priority sources arrive.`,
    logGaps: (sources: number, days: number) =>
      sources === 0
        ? 'No priority source that arrives had a gap in the last 30 days.'
        : `${n(sources, 'priority source', 'priority sources')} had gaps in the last 30 days, ${n(days, 'day', 'days')} in all.`,
    silence: (silent: number, all: number) =>
      `${silent} of ${n(all, 'source is', 'sources are')} silent for a day or more.`,
    central: (events: string, sources: number) =>
      `${events} events from ${n(sources, 'source', 'sources')} are stored here.`,
    integrity: (batches: number, without: number, signed: number) =>
      `${n(batches, 'batch has', 'batches have')} a SHA-256 digest, ${without} have none; ${signed === 0 ? 'no log of them is signed yet' : `a signed log holds ${signed}`}.`,
    retention: (oldest: number, kept: number) =>
      `The oldest event is ${n(oldest, 'day', 'days')} old; events are kept ${kept} days (548 are asked for).`,
    failedLogins: (events: string, parsers: number) =>
      `${events} failed sign-ins in 30 days, from ${n(parsers, 'kind of source', 'kinds of sources')}.`,
    rules: (active: number, techniques: number, asked: number) =>
      `${n(active, 'rule is', 'rules are')} active; ${techniques} of ${asked} techniques named by the goals are looked for.`,
    loginRules: (count: number) =>
      `${n(count, 'active rule looks', 'active rules look')} for password guessing (T1110).`,
    indicators: (lists: number) =>
      `${n(lists, 'list of indicators is', 'lists of indicators are')} here.`,
    devices: (events: string) => `${events} events of connected devices in 30 days.`,
    exposed: (connections: string, days: number) =>
      `${connections} connections from the internet to remote desktop, SMB, Telnet or VNC were accepted in 30 days (firewall logs of ${n(days, 'day', 'days')}).`,
    otInternet: (connections: string, days: number) =>
      `${connections} connections of control protocols crossed the border with the internet in 30 days (firewall logs of ${n(days, 'day', 'days')}).`,
    segmentation: (ways: number, blocked: number, unknown: number) =>
      `By the filters, ${blocked} of ${n(ways, 'way', 'ways')} from other zones into OT let nothing pass that no conduit allows; of ${unknown} nobody can say.`,
    itOt: (sources: number) =>
      `${n(sources, 'internal address reaches', 'internal addresses reach')} control protocols in 30 days.`,
    tls: (old: string, all: string, servers: number) =>
      `${old} of ${all} connections with a known version use SSL, TLS 1.0 or 1.1; ${n(servers, 'server takes', 'servers take')} such versions.`,
    certificates: (ended: number, near: number, all: number, days: number) =>
      `Of ${n(all, 'server', 'servers')} with a known certificate, ${ended} show one that has ended, ${near} one that ends within ${days} days.`,
    credentials: (devices: number, all: number, scanned: number) =>
      `${devices} of ${n(all, 'device has', 'devices have')} a credential in its configuration that anybody tries first; scanners found the maker’s own on ${n(scanned, 'asset', 'assets')}.`,
    securityText: (found: number, all: number) =>
      `${found} of ${n(all, 'site that was asked answers', 'sites that were asked answer')} with a security.txt.`,
    securityTextTerms: ({
      ended,
      far,
      endless,
    }: {
      readonly ended: number
      readonly far: number
      readonly endless: number
    }) =>
      [
        ...(ended === 0
          ? []
          : [`${n(ended, 'has', 'have')} passed its Expires: finders may not use it.`]),
        ...(endless === 0
          ? []
          : [`${n(endless, 'says', 'say')} no Expires, which RFC 9116 asks for.`]),
        ...(far === 0
          ? []
          : [
              `${n(far, 'ends', 'end')} more than a year ahead: it may be out of date long before.`,
            ]),
      ].join(' '),
    dmarc: (good: number, all: number) =>
      `${good} of ${n(all, 'mail domain has', 'mail domains have')} SPF, DKIM and DMARC at reject.`,
    assets: (count: number, recent: number) =>
      `${n(count, 'asset is', 'assets are')} in the inventory, ${recent} seen within a month.`,
    exploited: (open: number, overdue: number) =>
      `${open} known exploited vulnerabilities are open on internet-facing assets, ${overdue} past their deadline.`,
    exposedAssets: (weak: number, all: number) =>
      `${weak} of ${n(all, 'internet-facing asset has', 'internet-facing assets have')} an open critical or high exposure.`,
    configurations: (devices: number, recent: number) =>
      `Configurations of ${n(devices, 'device', 'devices')} are on record, ${recent} seen within three months.`,
    devicesKnown: (named: number, all: number) =>
      `${named} of ${n(all, 'device', 'devices')} that sent logs in 30 days have a name.`,
    plan: (done: number, of: number) => `${done} of ${of}.`,
  },
  what: {
    identity: 'no directory was imported',
    firewall: 'no firewall logs arrive',
    zones: 'no zones with OT among them were confirmed and judged',
    exposure: 'no scan or inventory was imported',
    audit: 'no device configuration was imported',
    tls: 'no log and no scanner names versions of TLS',
    certificates: 'no log and no scanner names the end of a certificate',
    sites: 'no log of a web server and no scanner says whether there is a security.txt',
    tenant: 'no tenant export with mail settings was imported',
    plans: 'no plan was entered',
    critical: 'nothing critical was proposed',
    devices: 'no events of connected devices arrive',
    events: 'no events arrive',
  },
  rollUp: {
    brief: 'How the members of this hub stand to the goals, and which hubs are told',
    tell: 'Tell a hub how this station stands to the goals, or no more',
    tellOn: 'Tell the hub the state of each goal, once a day',
    tellOff: 'Tell it no more; the hub forgets what it was told',
    by: 'Who decided',
    switchedOn: (hub: string) =>
      `${hub} is told the state of each goal, once a day. Nothing else leaves: no proof, no name, no date.`,
    switchedOff: (hub: string) => `${hub} is told no more, and to forget what it was told.`,
    noHub: 'No hub joined: there is nobody to tell.',
    on: (hub: string, by: string, told: string) =>
      `${hub}: told ${told === '' ? 'as soon as it is reached' : `last ${told}`} (${by})`,
    off: (hub: string) => `${hub}: not told`,
    tooFew: (floor: number) =>
      `Fewer than ${floor} members tell; that is too few to show anything.`,
    members: (count: number) => `${n(count, 'member tells', 'members tell')}.`,
    hidden: '·',
    hiddenMeans: (sign: string, floor: number) =>
      `${sign}: fewer than ${floor}, or hidden so that nobody works those out.`,
  },
  report: {
    title: (organization: string) => `Cyber security readiness of ${organization}`,
    asOf: (day: string) => `As of ${day}.`,
    unofficial:
      'The 36 goals are those of the Canadian Centre for Cyber Security. Only numbers and titles read in its own texts are shown as official; the others are working titles. Order and weights are Vigie’s own.',
    score: (score: number) => `${score} of 100`,
    gaps: 'What closes most risk for the least effort',
    goals: 'The goals',
    logs: 'Logs against the published priority list',
    history: 'What moved',
  },
  columns: {
    goal: 'goal',
    goals: 'goals',
    next: 'what closes it next',
    worth: 'worth',
    state: 'state',
    criterion: 'what has to hold',
    basis: 'what it rests on',
    date: 'date',
    score: 'score',
    moved: 'what moved it',
    source: 'source',
    parsers: 'seen as',
    held: 'days held / asked for',
    gaps: 'days missing',
    lacking: 'days lacking of 18 months',
    fields: 'fields',
  },
  contactColumns: {
    kind: 'what',
    name: 'name',
    role: 'role',
    phone: 'telephone',
    otherPhone: 'other telephone',
    mail: 'outside mail',
    tested: 'tried on',
  },
  sheet: {
    title: (organization: string) => `Whom to call: ${organization}`,
    use: 'Print this and keep it where it can be found without network, mail or directory.',
    centre: 'Canadian Centre for Cyber Security',
    centreText: '1-833-CYBER-88 (1-833-292-3788) · 613-949-7048 · contact@cyber.gc.ca',
    empty: 'No contacts were entered yet.',
  },
  summary: (score: number, met: number, partly: number, notMet: number, open: number) =>
    `${score} of 100: ${met} met, ${partly} partly, ${notMet} not met, ${open} not assessable.`,
} as const
