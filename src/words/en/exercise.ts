// What is said of an exercise: its organisations, campaigns, steps, and the score card.

import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const exercise = {
  brief: 'Play campaigns at invented organisations and score what a station makes of them',
  flags: {
    seed: 'Number that everything follows from; the same number plays the same exercise (1)',
    organisations: 'Organisations, separated by commas (town)',
    days: 'Days that are played, 14 to 120 (28)',
    stealth: 'How well the intruders hide, 0 to 3; 3 knows the detectors (1)',
    noise: 'How much of the odd and harmless happens, 0 to 3 (1)',
    campaigns:
      'Campaigns, separated by commas; `none` plays quiet months (those that belong there)',
    out: 'Folder for scorecard.json, labels.ndjson and addresses.csv',
    json: 'Print the score card as JSON',
  },
  expected: (values: string) => `Expected: ${values}.`,
  progress: (organisation: string, day: number, days: number) =>
    `${organisation}: day ${day} of ${days}`,
  organisations: {
    town: 'Town',
    'band-council': 'Band council',
    territory: 'Territory',
    province: 'Province',
    'school-board': 'School board',
    'water-utility': 'Water utility',
    'health-authority': 'Health authority',
    msp: 'Managed service provider',
  },
  campaigns: {
    'home-router': 'Home router, then the tools that are there',
    provider: 'Through the provider to its clients',
    'edge-device': 'Firewall exploited two days after disclosure',
    records: 'Personal records, read over weeks',
    'it-to-ot': 'From the office into the control network',
  },
  steps: {
    'password-guesses': 'passwords are guessed',
    'vpn-login': 'signs in to the VPN',
    'look-around': 'looks around',
    'to-directory': 'reaches the directory server',
    'copy-directory': 'copies the directory',
    'relay-inside': 'sets up a relay inside',
    'come-back': 'comes back',
    'read-files': 'reads files',
    'take-out': 'takes data out',
    'provider-login': 'signs in as the provider',
    'new-servers': 'visits servers',
    'remote-tool': 'starts a remote tool',
    exploit: 'exploits the firewall',
    'admin-login': 'signs in to administer the firewall',
    'account-added': 'adds or changes an account',
    'way-back-in': 'opens a way back in',
    'log-muted': 'mutes the log',
    'configuration-read': 'works on the router',
    'cloud-login': 'signs in to the cloud',
    'records-read': 'reads records',
    'to-jump-host': 'reaches the jump host',
    'look-into-control': 'tries addresses of the control network',
    'into-control': 'enters the control network',
    'read-controllers': 'reads controllers',
    'write-controller': 'writes to a controller',
  },
  states: {
    told: 'alert',
    found: 'met by a rule, below the budget',
    unseen: 'no rule met it',
    'not-collected': 'its log is not collected',
  },
  title: (seed: number, days: number, stealth: number, noise: number) =>
    `Exercise, seed ${seed}: ${n(days, 'day', 'days')}, stealth ${stealth}, noise ${noise}. Every name and address is invented.`,
  ofOrganisation: (lines: number, days: number, quiet: number) =>
    `${n(lines, 'line', 'lines')}, ${n(days, 'day', 'days')} after the first, ${quiet} of them quiet`,
  firstAlert: (hours: number | null) =>
    hours === null ? 'not found' : `first alert after ${hours} h`,
  alerts: (all: number, right: number, wrong: number) =>
    `${n(all, 'alert', 'alerts')}: ${right} true, ${wrong} false`,
  falseAlert: 'false',
  trueAlert: 'true',
  totals: 'All together',
  figures: {
    found: 'Campaigns found',
    hours: 'Median hours to the first alert',
    stepsTold: 'Steps with an alert',
    stepsFound: 'Steps that only a rule met',
    perDay: 'Alerts an organisation-day',
    falsePerDay: 'False alerts an organisation-day',
    falsePerQuietDay: 'False alerts a quiet organisation-day',
    precision: 'Precision',
  },
  of: (some: number, all: number) => `${some} of ${all}`,
  mostNever: 'half or more were never found',
  nothing: 'none',
  rule: (stepHours: number) =>
    `An alert is true when a labelled line is about its entity in one of its hours. The station looks every ${stepHours} h here, a running one every minute.`,
  wrote: (file: string) => `Wrote ${file}`,
  trouble: (sentence: string) => `Trouble: ${sentence}`,
}
