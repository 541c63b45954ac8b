// What is said of blind matching: a hub's sensitive values, and what a station asks about them.

import type { BlindHit, BlindProblem } from '../../model/index.ts'
import { plural } from '../plural.ts'

export const blind = {
  brief: 'Match a hub’s sensitive values blindly: it learns what you tell, you learn what you hold',
  list: 'Show what is asked, what was met, and at a hub who asked how much',
  expectedHub: 'the name of a hub this station joined (vigie peers)',
  notMatched: (kind: string) =>
    `${kind}: addresses, domains and hashes are matched blindly, nothing else`,
  otherMarking: (met: string, asked: string) =>
    `is marked ${met}, and ${asked} was asked for; add it by itself`,
  hitTitle: (peer: string) => `Met here: a sensitive value of ${peer}`,
  hitWhy: (peer: string, note: string) =>
    `It stands in the list that ${peer} gives nobody. The hub does not know that it was met here until somebody tells it (Sharing, Blind).${note === '' ? '' : ` The hub says: ${note}`}`,
  problems: {
    'not readable': () =>
      'The hub could not read the question. Is one of the two an older version?',
    'not agreed': () =>
      'The hub says that there is no agreement any more. Ask its people for a new code.',
    'another epoch': () =>
      'The hub changed its keys meanwhile. It is asked anew under the new ones.',
    'budget of the day': () =>
      'The hub lets this station ask no more values today. What is left is asked tomorrow; its people can give a larger budget.',
    'budget of the hour': () =>
      'The hub lets this station ask no more values in this hour. What is left is asked in the next.',
    'no element': () =>
      'The hub says that the question holds what is no blinded value. Is one of the two an older version?',
    'key changed': (about) =>
      `The hub shows other keys than those pinned for this epoch (${about}). Nothing is asked. Ask its people, by telephone, which are theirs: other keys for one member would mark it.`,
    'epoch went back': (about) =>
      `The hub shows an earlier epoch than before (${about}). Nothing is asked. Its people should look whether an old backup was put back.`,
    'not proven': (about) =>
      `An answer does not prove the pinned key (${about}). It was thrown away and nothing more is asked. Ask the hub’s people.`,
    'not understood': (about) =>
      `The hub does not answer as expected (${about}). Nothing of the answer was kept.`,
    unreachable: (about) => `The hub cannot be reached (${about}). It is asked when it can.`,
    'may not ask': (about) =>
      `The policy does not let the question leave: ${about}. A consent, or the agreement, is missing or over.`,
  } satisfies Record<BlindProblem, (about: string) => string>,
  states: {
    new: 'waits for a person',
    told: 'told',
    kept: 'not told',
    refused: 'may not be told',
  } satisfies Record<BlindHit['state'], string>,
  tell: { each: 'a person decides on each', rule: 'all are told, by rule' },
  acts: {
    'epoch begun': 'new keys',
    'values added': 'sensitive values added',
    'value removed': 'sensitive value removed',
    'budget set': 'budget set',
    'list given': 'list given',
    refused: 'refused',
    'asking switched on': 'asking switched on',
    'asking switched off': 'asking switched off',
    'keys pinned': 'keys pinned',
    'list taken': 'list taken',
    'not asked': 'not asked',
    met: 'met here',
    told: 'told the hub',
    kept: 'not told the hub',
  } as Readonly<Record<string, string>>,
  asking: {
    none: 'No hub joined: there is nobody to ask.',
    off: (peer: string) => `${peer}: not asked. To ask: vigie share blind on ${peer}`,
    on: (peer: string, tell: string, by: string) => `${peer}: asked; ${tell} (${by})`,
    keys: (epoch: number, fingerprint: string, ends: string) =>
      `   epoch ${epoch}, keys ${fingerprint} (compare by telephone), until ${ends}`,
    counts: (asked: number, listed: number) =>
      `   ${plural('en', asked, 'value', 'values')} asked about; its list has ${plural('en', listed, 'entry', 'entries')}, padding among them`,
  },
  hits: (count: number) => `${plural('en', count, 'hit', 'hits')}:`,
  hitColumns: ['number', 'hub', 'state', 'kind', 'value', 'events', 'last (UTC)', 'the hub says'],
  hub: {
    title: (total: number) =>
      `This hub has ${plural('en', total, 'sensitive value', 'sensitive values')}.`,
    keys: (epoch: number, fingerprint: string, ends: string) =>
      `Epoch ${epoch}, keys ${fingerprint}, until ${ends}.`,
    columns: ['member', 'addresses asked in 24 h', 'of', 'others asked in 24 h', 'of', 'refused'],
    valueColumns: ['id', 'kind', 'value', 'marking', 'told by', 'note'],
  },
  on: {
    brief: 'Ask a hub blindly from now on; that is your consent to the question',
    rule: 'Tell the hub of all hits by this rule, in place of a person deciding on each',
    by: 'Your name: you decide it for your organisation',
    done: (peer: string) =>
      `${peer} is asked from now on. What is met is shown here first: vigie share blind`,
  },
  off: { brief: 'Ask a hub no more', done: (peer: string) => `${peer} is asked no more.` },
  decide: {
    tell: 'Tell the hub of hits',
    keep: 'Do not tell the hub of hits',
    done: (count: number) => `${plural('en', count, 'hit', 'hits')} decided.`,
    numbers: 'Numbers of “vigie share blind”',
  },
  add: {
    brief: 'Add sensitive values (on a hub): addresses, domains, hashes; one a line, CSV or MISP',
    marking: 'TLP of what whoever holds a value is told: clear, green, amber, amber+strict',
    note: 'What whoever holds a value is told, such as whom to call (300 characters)',
    audience: 'Names of members it is for alone, separated by commas',
    done: (added: number, known: number) =>
      `${plural('en', added, 'value', 'values')} added, ${known} known before.`,
  },
  remove: { brief: 'Remove a sensitive value by its id (on a hub)', done: 'Removed.' },
  rotate: {
    brief: 'Begin an epoch with new keys now (on a hub); members ask everything anew',
    done: 'New keys hold from now on; the former are destroyed.',
  },
  budget: {
    brief: 'Set how many values a member may ask a day (on a hub)',
    address: 'Addresses a day; a quarter of it in one hour at most',
    other: 'Domains and hashes a day',
    done: (peer: string) => `The budget of ${peer} is set.`,
  },
}
