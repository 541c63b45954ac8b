// What is said of exposure: why a date is what it is, what a match rests on.

import type { Action, Basis, Modifier, Tier } from '../../model/index.ts'
import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

/** The first two, and how many more. */
function few(names: readonly string[]): string {
  const left = names.length - 2
  return `${names.slice(0, 2).join(', ')}${left > 0 ? ` and ${left} more` : ''}`
}

const minute = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`

export const TIERS: Readonly<Record<Tier, string>> = {
  'three-days-forensic': '3 days and forensic triage',
  'three-days': '3 days',
  'fourteen-days': '14 days',
  'sixty-days': '60 days',
  upgrade: 'With the next upgrade',
}
export const MODIFIERS: Readonly<Record<Modifier, string>> = {
  'human-impact': 'people depend on it',
  'favoured-target': 'intruders favour it',
  'identity-or-ot': 'it guards identities or operational technology',
}
const REASONS: Readonly<Record<string, string>> = {
  'version-exact': 'This very version is named as affected.',
  'version-in-range': 'The version lies in the affected range.',
  'all-versions': 'All versions are named as affected.',
  'version-unknown': 'The product is affected in some versions; the version here is not known.',
  'cannot-compare': 'The version cannot be compared with the affected range: a person decides.',
  'product-named': 'The product is named as exploited without versions: check the version.',
  'no-match': 'The version seen now lies outside the affected range.',
  reported: 'A scanner reported it.',
  cleared: 'The supplier says that it is not affected, or fixed.',
}

/** What is said of an exposure that cannot wait; `why` in the language of the sentence. */
export type Urgent = {
  readonly vulnerability: string
  readonly product: string
  readonly version: string
  readonly due: string | null
  readonly why: string
}

/** One line of a triage case. */
export type TriageLine = Urgent & {
  readonly assetName: string
  readonly triage: { readonly evidenceBy: string; readonly decideBy: string } | null
}

function listed(parts: readonly string[]): string {
  const [last, ...rest] = parts.toReversed()
  return rest.length === 0 ? (last ?? '') : `${rest.toReversed().join(', ')} and ${last ?? ''}`
}

function factors(basis: Basis): readonly string[] {
  const said = (from: Basis['impactFrom']) =>
    from === 'estimated' ? ' (estimated)' : from === 'assumed' ? ' (assumed)' : ''
  return [
    basis.exploited
      ? `exploited${basis.ransomware ? ' by ransomware' : ''}`
      : 'not known to be exploited',
    basis.exposed
      ? basis.facing === 'unknown'
        ? 'presumed internet-facing'
        : 'internet-facing'
      : basis.facing === 'unknown'
        ? 'not seen from the internet'
        : 'not internet-facing',
    basis.automatable
      ? `automatable${said(basis.automatableFrom)}`
      : `not automatable${said(basis.automatableFrom)}`,
    `of ${basis.impact} impact${said(basis.impactFrom)}`,
  ]
}

export const exposure = {
  tier: (tier: Tier): string => TIERS[tier],
  /** `3 days and forensic triage, because it is exploited, internet-facing, automatable and of total impact.` */
  why: (basis: Basis, action: Action): string => {
    const sentence = `${TIERS[basis.tier]}, because it is ${listed(factors(basis))}`
    const shorter =
      basis.modifiers.length === 0
        ? ''
        : `; shorter, because ${listed(basis.modifiers.map((modifier) => MODIFIERS[modifier]))}`
    const capped =
      basis.cappedBy === 'kev'
        ? '; CISA’s own date is earlier'
        : basis.cappedBy === 'directive'
          ? '; a directive’s date is earlier'
          : ''
    const arrival = basis.overdueOnArrival ? ' It was overdue when it was found.' : ''
    const ended =
      action === 'disconnect'
        ? ' Its support has ended: take it off the network.'
        : basis.supportEnded
          ? ' Its support has ended: replace it.'
          : ''
    return `${sentence}${shorter}${capped}.${arrival}${ended}`
  },
  reason: (reason: string): string => REASONS[reason] ?? REASONS['reported'] ?? '',
  /** What must be known to decide, of a product on so many assets. */
  actions: {
    fix: 'fix',
    disconnect: 'disconnect',
    replace: 'replace',
    decide: 'decide',
  } satisfies Record<Action, string>,
  sheet: {
    yes: 'yes',
    no: 'no',
    columns: [
      'Due',
      'Overdue',
      'What to do',
      'Asset',
      'Owner',
      'Internet-facing',
      'Product',
      'Version',
      'Vulnerability',
      'Title',
      'Exploited',
      'Deadline',
      'EPSS',
      'CVSS',
      'Why',
      'Exception until',
      'Case',
    ],
  },
  /** What to patch, one product a line. */
  patch: {
    none: 'Nothing is due in that time.',
    on: 'on',
    line: (what: string, advisories: number, assets: number): string =>
      `${what}: ${n(advisories, 'advisory', 'advisories')} on ${n(assets, 'asset', 'assets')}`,
    fixedIn: (versions: string): string => `free of it by the scanner: ${versions}`,
    overdue: (count: number): string => `${count} overdue`,
    triage: (count: number): string => `${count} with forensic triage`,
    more: (count: number): string => `and ${count} more`,
    because: (advisory: string, why: string): string => `${advisory}: ${why}`,
    also: (advisories: string): string => `Closes ${advisories}`,
  },
  /** A cell of a list that could not be used. */
  cell: {
    asset: (value: string, count: number): string =>
      `${n(count, 'row names', 'rows name')} no asset${value === '' ? '' : ` (“${value}” is none)`}: a name, an address or a serial number is needed. Nothing was taken from ${count === 1 ? 'it' : 'them'}.`,
    zone: (value: string, count: number): string =>
      `Zone “${value}” (${n(count, 'row', 'rows')}): known are dmz, office, server, management, ot, guest. The zone stays as it was.`,
    criticality: (value: string, count: number): string =>
      `Criticality “${value}” (${n(count, 'row', 'rows')}): known are low, medium, high, very high. It stays as it was.`,
    date: (value: string, count: number): string =>
      `Date “${value}” (${n(count, 'row', 'rows')}) can be read in two ways or in none: write it as 2026-04-03. It stays as it was.`,
  },
  missing: {
    version: (product: string, assets: number): string =>
      `The version of ${product} on ${n(assets, 'asset', 'assets')} is not known.`,
    affected: (product: string, assets: number): string =>
      `Which versions of ${product} are affected is not known; the version on ${n(assets, 'asset', 'assets')} is. Load the CVE records.`,
    both: (product: string, assets: number): string =>
      `Neither the version of ${product} on ${n(assets, 'asset', 'assets')} nor which versions are affected is known.`,
    order: (product: string, assets: number): string =>
      `The version of ${product} on ${n(assets, 'asset', 'assets')} cannot be compared with the affected range: a person decides.`,
  },
  waiting: (advisories: number): string => `${n(advisories, 'advisory', 'advisories')} to decide.`,
  problem: (kind: 'entry' | 'csaf', detail: string): string =>
    kind === 'entry'
      ? `The entry ${detail} cannot be used.`
      : `The advisory fails a mandatory test of CSAF and is not used: ${detail}`,
  imported: (tool: string, findings: number, assets: number): string =>
    `${tool}: ${n(findings, 'finding', 'findings')} on ${n(assets, 'asset', 'assets')}`,
  counts: (created: number, same: number, closed: number, reopened: number): string =>
    `${created} new, ${same} as before, ${closed} closed, ${reopened} reopened`,
  loaded: (name: string, dated: string, read: number): string =>
    `${name} of ${dated}: ${n(read, 'entry', 'entries')}`,
  unchanged: (name: string, dated: string): string => `${name} of ${dated} is already here`,
  pressing: (pressing: number, triage: number): string =>
    `exploited and within reach of the internet here, newly: ${pressing}; with forensic triage: ${triage}`,
  newlyExploited: (count: number, exposures: number, undecided: number): string =>
    `${count} newly exploited; ${n(exposures, 'new exposure', 'new exposures')} here${undecided === 0 ? '' : `, ${undecided} of them to decide`}`,
  refused: (count: number): string => `${n(count, 'entry', 'entries')} could not be used`,
  none: 'Nothing is exposed that is known of.',
  noKnowledge:
    'No knowledge is loaded yet. Begin with: vigie exposure knowledge load known_exploited_vulnerabilities.json',
  knowledgeOf: (feeds: string): string => `Known: ${feeds}`,
  columns: {
    due: 'due',
    advisory: 'advisory',
    assets: 'assets',
    facing: 'facing',
    tier: 'deadline',
    product: 'product',
    asset: 'asset',
    version: 'version',
    open: 'open',
    overdue: 'overdue',
    owner: 'owner',
    feed: 'source',
    dated: 'dated',
    entries: 'entries',
    unsure: 'to decide',
  },
  overdue: 'overdue',
  facing: { internet: 'internet', internal: 'internal', unknown: '?' },
  triageNeeded: (count: number, cases: readonly number[]): string =>
    `${n(count, 'exposure asks', 'exposures ask')} for forensic triage: see ${cases.length === 1 ? 'case' : 'cases'} ${cases.join(', ')}.`,
  /** The case that is opened where the table asks for forensic triage. */
  triageCase: {
    title: (vulnerabilities: readonly string[], assets: readonly string[]): string =>
      `Forensic triage: ${few(vulnerabilities)} on ${few(assets)}`,
    summary: (lines: string): string =>
      `Exploited elsewhere, and open here: by the table of deadlines (CISA BOD 26-04), patching is not enough. Was it used? Evidence is taken before patching.\n\n${lines}`,
    joined: (lines: string): string =>
      `More that asks for triage on assets of this case:\n${lines}`,
    line: ({
      assetName,
      vulnerability,
      product,
      due,
      triage,
      why,
    }: Omit<TriageLine, 'version'>): string =>
      `- ${assetName}: ${vulnerability}${product === '' ? '' : ` in ${product}`}; ${due === null ? '' : `fix by ${due.slice(0, 10)}; `}${triage === null ? '' : `evidence by ${minute(triage.evidenceBy)}, decision by ${minute(triage.decideBy)}. `}${why}`,
    more: (count: number): string => `- and ${count} more: see the exposure screen`,
    evidence: (asset: string): string => `Volatile evidence from ${asset}, before it is patched`,
    evidenceHow:
      'Memory or a maker’s diagnostic archive, processes, sessions, connections, logs on the device, its running configuration. Put the files into this case.',
  },
  /** The alert that an asset raises. */
  exploited: {
    title: 'Exploited vulnerability within reach of the internet',
    why: (asset: string, [first, ...others]: readonly Urgent[]): string => {
      if (first === undefined) return asset
      const more = others.length === 0 ? '' : `, and ${others.length} more there`
      const by = first.due === null ? '' : `, to be fixed by ${first.due.slice(0, 10)}`
      return `${asset}: ${first.vulnerability} in ${`${first.product} ${first.version}`.trim()}${by}${more}. ${first.why}`
    },
  },
  noDate: 'upgrade',
  httpsOnly: 'an address that begins with https://',
}
