// What is said of addresses that logged in to several members.

import type { ThresholdProblem } from '../../model/index.ts'
import { plural } from '../plural.ts'

type Terms = { readonly hub: string; readonly holder: string; readonly least: number }

export const threshold = {
  brief: 'Let a hub learn which addresses logged in to several members, and no other address',
  list: 'Show to whom this station reports, and at a hub what was opened',
  expectedHolder: 'the name of a hub that this hub joined (vigie peers): it keeps the key',
  expectedTerms: (peer: string) =>
    `the digest of the terms that are offered now: vigie share threshold show ${peer}`,
  expectedJoined:
    'terms of this hub itself, and a holder that this station joined too and that is not the hub',
  expectedOffer: (peer: string) => `terms of ${peer}; its people offer them`,
  terms: ({ hub, holder, least }: Terms) =>
    [
      `Addresses that logged in to several members: what ${hub} (the hub) learns, and from when on.`,
      `1. The member reports each address from outside that logged in to it with success, in a form that the hub cannot read. It does not report its own addresses, nor those on warning lists.`,
      `2. Once at least ${least} unrelated members reported the same address, the hub learns that address, who reported it, how often it logged in and between which times. Of all others it learns how many there are, and which members share one that it does not know.`,
      `3. ${holder} (the holder) keeps the key under which reports are made. It learns how many addresses each member asks about, and no address. Hub and holder do not give each other what they have; together they could try addresses until one fits.`,
      '4. The hub says which members are related, such as those of one provider; they count as one.',
      '5. Each member that reported an address is told when it is opened, and nothing of who else reported it.',
      '6. Other terms need to be accepted anew; what was reported under these cannot be read under others. Either side may end this at any time; the hub then forgets what is not open.',
    ].join('\n'),
  openedTitle: (address: string) => `Logged in to several members: ${address}`,
  openedWhy: (address: string, members: number) =>
    `${address} logged in with success to ${plural('en', members, 'unrelated member', 'unrelated members')}. A home, a hotel or a mobile network seldom does. Look at who logs in from there, and tell the members (Sharing, Blind).`,
  metTitle: (address: string) => `Logged in here and elsewhere: ${address}`,
  metWhy: (address: string, peer: string, least: number) =>
    `${address} logged in here with success, and to at least ${plural('en', least - 1, 'unrelated organisation', 'unrelated organisations')} that ${peer} serves. Look at who logs in from there.`,
  problems: {
    'not readable': () =>
      'The hub could not read the question. Is one of the two an older version?',
    'not agreed': () =>
      'There is no agreement with this hub, or with the holder, any more. Ask its people for a new code.',
    'no terms': () => 'The hub offers no terms (any more). Nothing is reported.',
    'other terms': () =>
      'The hub offers other terms than were accepted. Nothing is reported until somebody reads and accepts them.',
    'another epoch': () => 'The holder changed its key meanwhile. Everything is reported anew.',
    'budget of the day': () =>
      'The holder lets this station ask about no more addresses today. The rest is asked tomorrow.',
    'budget of the hour': () =>
      'The holder lets this station ask about no more addresses in this hour. The rest is asked in the next.',
    'no element': () =>
      'The holder says that the question holds what is no blinded value. Is one of the two an older version?',
    'too many': () => 'The hub takes no more reports of this station until the key changes.',
    'key changed': (about) =>
      `The holder shows another key than the one pinned (${about}). Nothing is asked. Ask its people, by telephone, which is theirs.`,
    'epoch went back': (about) =>
      `The holder shows an earlier key than before (${about}). Nothing is asked. Its people should look whether an old backup was put back.`,
    'not proven': (about) =>
      `An answer does not prove the pinned key (${about}). It was thrown away. Ask the holder’s people.`,
    'not understood': (about) =>
      `The answer is not as expected (${about}). Nothing of it was kept.`,
    unreachable: (about) => `It cannot be reached (${about}). It is asked when it can.`,
    'may not report': (about) =>
      `The policy does not let it leave: ${about}. A consent, or the agreement, is missing or over.`,
    'holder not joined': (about) =>
      `This station has not joined ${about}, which keeps the key. Ask its people for a code.`,
  } satisfies Record<ThresholdProblem, (about: string) => string>,
  own: {
    none: 'No hub joined: there is nobody to report to.',
    off: (peer: string) =>
      `${peer}: nothing is reported. To read its terms: vigie share threshold show ${peer}`,
    on: (peer: string, least: number, holder: string, by: string) =>
      `${peer}: reported to; opened from ${least} unrelated members on; ${holder} keeps the key (${by})`,
    counts: (reported: number, waiting: number) =>
      `   ${plural('en', reported, 'address', 'addresses')} reported, ${waiting} waiting`,
    key: (epoch: number, fingerprint: string, ends: string) =>
      `   key ${epoch}, ${fingerprint} (compare by telephone), until ${ends}`,
    opened: (address: string, logins: number, first: string, last: string) =>
      `   opened: ${address}, ${plural('en', logins, 'login', 'logins')} here, ${first} to ${last}`,
  },
  hub: {
    none: 'This hub offers no terms. To offer them: vigie share threshold offer HOLDER',
    terms: (least: number, holder: string) =>
      `This hub learns an address from ${least} unrelated members on; ${holder} keeps the key.`,
    members: ['member', 'accepted by', 'related', 'reports'],
    closed: (addresses: number, members: number) =>
      `${plural('en', addresses, 'address', 'addresses')} that ${plural('en', members, 'unrelated member', 'unrelated members')} reported: closed`,
    opened: ['address', 'opened (UTC)', 'first', 'last', 'members', 'not right'],
    holds: (epoch: number, fingerprint: string, ends: string) =>
      `This hub keeps key ${epoch} for others: ${fingerprint}, until ${ends}.`,
    asked: ['member', 'addresses asked in 24 h', 'refused'],
  },
  show: {
    brief: 'Read the terms that a hub offers',
    next: (peer: string, digest: string) =>
      `Nothing was accepted. To accept: vigie share threshold on ${peer} --accept ${digest} --by "Your name"`,
  },
  on: {
    brief: 'Accept a hub’s terms and report to it from now on',
    accept: 'The digest of the terms you read (vigie share threshold show)',
    by: 'Your name: you decide it for your organisation',
    done: (peer: string) => `Addresses that log in here are reported to ${peer} from now on.`,
  },
  off: {
    brief: 'Report to a hub no more; it forgets what is not open',
    done: (peer: string) => `Nothing is reported to ${peer} any more.`,
  },
  offer: {
    brief: 'Offer members terms (on a hub)',
    least: (usual: number) => `From how many unrelated members on an address is learned (${usual})`,
    done: (digest: string) => `Offered from now on, in place of former terms: ${digest}`,
  },
  give: {
    brief: 'Give an opened address out as an indicator (on a hub)',
    marking: 'TLP: clear, green, amber or amber+strict',
    priority: 'urgent goes before everything else',
    audience: 'Names of members it is for alone, separated by commas',
    done: (address: string, added: number, known: number) =>
      added > 0
        ? `${address} is given out.`
        : known > 0
          ? `${address} was given out before.`
          : `${address} is not given out.`,
  },
  group: {
    brief: 'Say which members are related: the same word counts as one (on a hub; "" = none)',
    done: (peer: string) => `Holds for ${peer} from the next key on.`,
  },
}
