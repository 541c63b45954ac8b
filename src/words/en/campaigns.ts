// Campaigns at a hub: what belongs together, how far it reaches, what to do now.

import type { CampaignAct, FeatureKind, LinkReason } from '../../model/index.ts'
import { plural } from '../plural.ts'

export const campaigns = {
  brief: 'What several organisations met that belongs together (on a hub)',
  states: {
    proposed: 'proposed',
    confirmed: 'confirmed',
    dismissed: 'dismissed',
    merged: 'merged',
  },
  features: {
    certificate: 'certificate',
    file: 'file',
    domain: 'domain',
    address: 'address',
    account: 'account',
    provider: 'provider',
    device: 'device',
    vulnerability: 'flaw',
    asn: 'AS number',
    malware: 'malware',
    technique: 'technique',
  } satisfies Record<FeatureKind, string>,
  acts: {
    confirm: 'confirmed',
    dismiss: 'dismissed',
    rename: 'renamed',
    merge: 'merged',
    split: 'split',
  } satisfies Record<CampaignAct['act'], string>,
  why: (kind: string, { value, weight, reports }: LinkReason) =>
    `${kind} ${value}: weight ${weight}, in ${plural('en', reports, 'report', 'reports')}`,
  badSplit: {
    met: (named: number, all: number) => `${named} of ${all} reports`,
    expected: 'some of the campaign’s reports, not all',
  },
  laterAct: {
    met: (act: string) => `a later act on the same campaign (${act})`,
    expected: 'to take that one back first',
  },
  page: {
    many: 'How many',
    known: (count: number) =>
      `${plural('en', count, 'organisation is', 'organisations are')} known to be hit.`,
    hidden: 'Fewer organisations than may be told are known to be hit.',
    estimate: (likely: string, least: string, most: string, looked: number, all: number) =>
      `Estimated ${likely} (95 % interval ${least} to ${most}), from ${looked} of ${all} organisations that looked.`,
    noEstimate: 'No estimate: nobody has looked yet.',
    unsearched: (count: number) =>
      `${plural('en', count, 'organisation', 'organisations')} in sectors where nobody looked: in no figure.`,
    recapture: (likely: string, one: number, other: number, both: number) =>
      `Lower bound by capture-recapture (Chapman): ${likely}; ${one} by sightings, ${other} by reports, ${both} by both.`,
    method:
      'Share of hits among those who looked, by sector, Wilson interval. It holds where those who looked are like those who did not.',
    where: 'Where',
    sectors: 'Sectors',
    regions: 'Provinces and territories',
    since: (first: string, last: string) => `Seen from ${first} to ${last} (UTC).`,
    now: 'What now',
    ask: (count: number) => `Ask ${plural('en', count, 'member', 'members')} that have not looked.`,
    tell: 'See that everybody who is hit was told and has answered (Notices).',
    confirm: 'Confirm the campaign, or split it, once a person has read why it belongs together.',
    few: (floor: number) => `fewer than ${floor}`,
    shared: 'What they share',
  },
  cli: {
    list: 'List campaigns',
    show: 'Show how far a campaign reaches, and why it belongs together',
    act: 'Confirm, dismiss, rename, merge or split a campaign',
    undo: 'Take an act back',
    incident: 'Write down an incident that an organisation told of: JSON',
    import: 'Take in an incident report of an organisation: JSON or STIX',
    taken: (features: number, left: number) =>
      `Taken in and compared by ${features} values${left === 0 ? '' : `; ${left} more than a report may hold were left out`}.`,
    page: 'Print the page for decision-makers as HTML; --for-others hides figures under the floor',
    others: 'For others than this hub’s people: figures under the floor are hidden',
    none: 'No campaigns.',
    columns: ['campaign', 'state', 'organisations', 'reports', 'first (UTC)', 'last (UTC)', 'name'],
    similar: (id: string, name: string) => `May be the same as ${id} ${name}`,
    done: (act: string, campaign: string) =>
      `Done: ${campaign}. To take it back: vigie campaigns undo ${act}`,
    undone: 'Taken back.',
  },
}
