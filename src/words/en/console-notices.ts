// The screens of notices and campaigns, in English.

import { plural } from '../plural.ts'
import { campaigns } from './campaigns.ts'
import { notices } from './notices.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const consoleNotices = {
  views: {
    notices: 'Notices',
    told: 'Told to us',
    registration: 'Our registration',
    campaigns: 'Campaigns',
  },
  classes: notices.classes,
  states: notices.states,
  answers: notices.answers,
  reasons: notices.reasons,
  sectors: notices.sectors,
  regions: notices.regions,
  channels: notices.channels,
  line: notices.message.line,
  first: notices.message.first,
  steps: notices.message.steps,
  notHub: 'This station is no hub: it tells nobody. “vigie hub” makes it one.',
  none: 'Nobody is to be told.',
  waiting: (count: number) => `${n(count, 'notice waits', 'notices wait')} for an answer.`,
  dkim: 'Mail is signed (DKIM). This has to stand in DNS as TXT:',
  noMail:
    'No mail server is set (--mail-server): notices reach consoles, webhooks and telephones alone.',
  columns: {
    class: 'Class',
    organisation: 'Organisation',
    state: 'State',
    next: 'Next step',
    seen: 'Seen',
  },
  unanswered: 'nobody left to tell',
  overdue: 'overdue',
  detail: 'Notice',
  deliveries: 'Told by',
  delivery: (channel: string, contact: string, target: string, state: string, attempts: number) =>
    `${channel}, ${contact} ${target}: ${state}${attempts > 1 ? ` (tried ${attempts} times; it may have come twice)` : ''}`,
  deliveryStates: {
    waiting: 'waits',
    sending: 'being sent',
    sent: 'sent',
    failed: 'failed',
    'to call': 'call now',
    called: 'called',
  },
  log: 'Answers',
  sheet: 'Call sheet to print',
  reached: 'They were reached',
  notReached: 'They were not reached',
  answer: {
    title: 'Write an answer down',
    say: 'What they said',
    by: 'Who said it',
    comment: 'Details',
    go: 'Write it down',
  },
  unplaced: 'Nobody could be told',
  unplacedHow: 'Register who holds it, or confirm a claim, and it is told. Or settle it.',
  unplacedNone: 'Everything that was seen found whom it is about.',
  settle: 'Settle',
  unplacedColumns: {
    class: 'Class',
    what: 'What',
    about: 'Where',
    count: 'Times',
    last: 'Last',
    why: 'Why',
    act: 'Act',
  },
  report: {
    title: 'Take a report in',
    file: 'Table with a line for each thing seen (CSV)',
    go: 'Take it in',
  },
  taken: (lines: number, placed: number, unplaced: number) =>
    `${n(lines, 'line', 'lines')}: ${placed} found whom they are about, ${unplaced} did not.`,
  organisations: 'Who is registered',
  unconfirmed: (count: number) => `${n(count, 'claim', 'claims')} not confirmed`,
  confirm: 'Confirm all it claims',
  enter: 'Register an organisation',
  told: {
    none: 'No hub has told this station anything.',
    from: (hub: string) => `From ${hub}`,
    by: (time: string) => `Answer before ${time}`,
    sent: (answer: string, by: string) => `${answer} (${by}): the hub has it.`,
    unsent: (answer: string, by: string) => `${answer} (${by}): on its way to the hub.`,
  },
  registration: {
    how: 'What is seen of these is told to your contacts, in this order. It leaves this station for the hubs you joined, once you register.',
    name: 'Organisation',
    sector: 'Sector',
    region: 'Province or territory',
    mayGoUp: 'A hub that cannot reach us may ask its own hub to',
    holdings:
      'What you hold, one a line: 192.0.2.0/24, town.example, AS64500, a certificate’s SHA-256, or “provider NAME”',
    contacts: 'Whom to tell, one a line: name; role; e-mail; telephone; en or fr; 24/7',
    go: 'Register',
    title: 'Register or change',
    none: 'Nothing is registered: a hub can tell this station, but knows no address, domain or contact of yours.',
    told: (hub: string, state: string) => `${hub}: ${state}`,
    hasIt: (time: string) => `has it since ${time}`,
    waits: 'not sent yet',
    by: (who: string, time: string) => `Registered by ${who}, ${time}.`,
  },
  campaigns: {
    ...campaigns,
    none: 'No campaigns: nothing that two organisations met belongs together.',
    columns: {
      name: 'Campaign',
      state: 'State',
      organisations: 'Organisations',
      first: (zone: string) => `First (${zone})`,
      last: (zone: string) => `Last (${zone})`,
    },
    detail: 'Campaign',
    print: 'Page to print',
    printOthers: 'Page for others (figures under the floor hidden)',
    confirm: 'Confirm',
    dismiss: 'Dismiss',
    merge: (name: string) => `Merge into ${name}`,
    split: 'Split into a campaign of its own',
    undo: 'Take back',
    members: 'Who met it',
    silent: 'Who has not looked',
    acted: 'What was done',
    incident: {
      title: 'Write an incident down',
      organisation: 'Organisation',
      first: 'First day',
      last: 'Last day',
      features:
        'What was met, one a line: “domain x.example”, “address 192.0.2.1”, “provider NAME”, “technique T1078”',
      note: 'Note',
      go: 'Write it down',
      importTitle: 'Take in an incident report',
      importHow:
        'JSON or STIX, as Vigie’s own reports or as others write them. What it says of the intruder is compared; what it says of the organisation is not read.',
      importGo: 'Take it in',
      file: 'Report',
      taken: (features: number, left: number) =>
        left === 0
          ? `Taken in and compared by ${features} values.`
          : `Taken in and compared by ${features} values; ${left} more than a report may hold were left out.`,
    },
  },
}
