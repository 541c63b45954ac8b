// The screen of blind matching, in English.

import { plural } from '../plural.ts'
import { blind } from './blind.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

export const consoleBlind = {
  how: 'A hub may hold values that it gives nobody. This station can ask which of them it holds itself: the hub learns how many values were asked, and nothing of what was met until somebody here tells it.',
  noHits: 'Nothing of what was asked stands in a hub’s list.',
  noHub: 'No hub joined: there is nobody to ask.',
  states: blind.states,
  met: (peer: string, events: string, first: string, last: string) =>
    `Stands in the list of ${peer}. In ${events} events here, from ${first} to ${last}.`,
  note: (note: string, marking: string) => `The hub says (TLP:${marking}): ${note}`,
  by: (who: string) => `Decided by ${who}.`,
  tell: 'Tell the hub',
  keep: 'Do not tell',
  since: (time: string) => `Since ${time}.`,
  facts: {
    tell: 'Hits',
    by: 'Switched on by',
    asked: 'Values asked about',
    listed: 'Entries of its list',
    keys: 'Keys',
    ends: 'Keys hold until',
  },
  tells: blind.tell,
  keys: (epoch: number, fingerprint: string) =>
    `epoch ${epoch}, ${fingerprint} (compare by telephone)`,
  off: 'Ask no more',
  isOff: 'This hub is not asked.',
  on: {
    title: (peer: string) => `Ask ${peer}`,
    how: 'That is your organisation’s consent to the question, for a year. Values in private ranges and on warning lists are not asked about.',
    tell: 'When something is met',
    tells: {
      each: 'a person here decides whether the hub is told',
      rule: 'the hub is told, by this rule',
    },
    by: 'Your name: you decide it for your organisation',
    go: 'Ask from now on',
  },
  hub: {
    title: 'Sensitive values of this hub',
    how: 'Nobody is given them. A member that holds one is told your note, and you hear of it when the member says so.',
    facts: { total: 'Values', keys: 'Keys', ends: 'Keys hold until' },
    keys: (epoch: number, fingerprint: string) => `epoch ${epoch}, ${fingerprint}`,
    rotate: 'New keys now',
    values: 'Values',
    noValues: 'No sensitive values yet.',
    valueColumns: ['Value', 'Kind', 'TLP', 'Told by', 'Note', 'Remove'] as readonly string[],
    kinds: { address: 'address', domain: 'domain', hash: 'hash' },
    remove: (value: string) => `Remove ${value}`,
    members: 'Who asked how much in 24 hours',
    noMembers: 'No members yet.',
    memberColumns: [
      'Member',
      'Addresses',
      'Domains and hashes',
      'Refused',
      'Last hour',
    ] as readonly string[],
    of: (asked: string, budget: string) => `${asked} of ${budget}`,
  },
  add: {
    title: 'Add sensitive values',
    how: 'Addresses, domains and hashes: one a line, CSV or MISP.',
    file: 'File',
    marking: 'How far the note may go',
    markings: {
      amber: 'TLP:AMBER',
      'amber+strict': 'TLP:AMBER+STRICT',
      green: 'TLP:GREEN',
      clear: 'TLP:CLEAR',
    },
    note: 'What whoever holds one is told, such as whom to call',
    go: 'Add them',
    said: (added: number, known: number) =>
      `${n(added, 'value', 'values')} added, ${known} known before.`,
  },
  budget: {
    title: 'Set a member’s budget',
    how: 'Blinded values say nothing of what they are, so the number is all that keeps a member from trying every address. A quarter of it in one hour at most.',
    peer: 'Member',
    address: 'Addresses a day',
    other: 'Domains and hashes a day',
    go: 'Set it',
  },
  log: {
    title: 'What was done',
    none: 'Nothing yet.',
    columns: ['When', 'Peer', 'What', 'About', 'By'] as readonly string[],
    acts: blind.acts,
  },
}
