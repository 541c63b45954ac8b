// What is said between stations and hubs, and of what passes between them.

import type { PeerProblem, SharePeer, SharingAgreement } from '../../model/index.ts'
import { plural } from '../plural.ts'

type Terms = {
  readonly hub: string
  readonly until: string
  readonly cohortFloor: number
  readonly approval: 'automatic' | 'each'
  readonly onward: boolean
  readonly content: 'automatic' | 'each'
}

const PROBLEMS: Readonly<Record<PeerProblem['code'], (about: string) => string>> = {
  unreachable: (about) =>
    `It cannot be reached (${about}). What waits is sent when it can; nothing is lost. Check the address and the link.`,
  'key changed': (about) =>
    `What answers there has another key than the one pinned (${about}). Nothing was sent and nothing taken. Ask the hub's people, by telephone, whether they made a new key; if so, join again with a new code.`,
  'not known there': () =>
    'The hub does not know this station’s key. If the key was made anew, ask the hub for a new code and join again.',
  'ended there': () => 'The hub ended the agreement. Nothing goes there any more. What came stays.',
  refused: (about) => `The hub refuses: ${about}`,
  'not taxii': (about) =>
    `It does not answer as a TAXII 2.1 server (${about}). Nothing of the answer was kept. Its people should look at its log.`,
  'no progress': (about) =>
    `The hub gives the same again and again (${about}). The round was left; it is tried again.`,
  'time travel': (about) =>
    `The hub says a time that has not come (${about}). Nothing of the page was kept. Its clock, or this one, is wrong.`,
  flood: (about) => `The hub sends more than is taken: ${about}. Nothing of the page was kept.`,
  unexpected: (about) => `Something unexpected: ${about}. It is tried again.`,
}

const REASONS: Readonly<Record<string, string>> = {
  pattern: 'its pattern says more than one comparison; it is not looked for',
  empty: 'nothing to look for',
  warned: 'its value stands on a warning list and is not matched',
  expired: 'it has ended',
  future: 'it is not valid yet',
  'nothing stored': 'nothing is stored yet, so nothing can be said',
  'hunted once': 'searched once in what is stored; not looked for in what arrives',
  'two texts': 'this version came before with another text',
  'other creator': 'only who made it may change it',
  'after revocation': 'it was withdrawn before',
}

const KINDS: Readonly<Record<string, string>> = {
  sighting: 'what was met or not met (sighting)',
  note: 'what became of rules, analytics and checks (note)',
}

const tlp = (marking: string): string => `TLP:${marking.toUpperCase()}`

export const sharing = {
  agreement: ({ hub, until, cohortFloor, approval, onward, content }: Terms) =>
    [
      `Agreement between ${hub} (the hub) and the organisation that joins (the member), until ${until}.`,
      `1. The hub gives the member indicators for its defence. The member uses them for that alone and obeys their markings (TLP 2.0). ${onward ? 'A member that is a hub itself may give them to its own members, as their markings allow.' : 'It does not give them on.'}`,
      `The hub may also give rules, analytics and checks of configurations. The member checks each as it checks its own files; none can take findings away, read anything but events, or run as a program. ${content === 'automatic' ? 'They come into use by themselves.' : 'Each comes into use once a person of the member accepts it.'} The member tells the hub whether each is in use, and why not.`,
      `2. The member tells the hub which of them it met, how often and between which times, or that it looked and did not meet them. Nothing else leaves it: no log lines, no names of people, no addresses of its own, but for what a person of the member registers in order to be told, and reports of incidents that were approved and that a person sends, one by one. ${approval === 'each' ? 'A person of the member looks at each answer before it leaves.' : 'These answers leave by themselves.'}`,
      `3. The hub tells no member what another met. It gives figures over at least ${cohortFloor} members alone.`,
      '4. The member’s data stay its own. Data of an Indigenous community leave only with that community’s own recorded consent, which it may take back at any time.',
      '5. Either side may end this at any time, at once and without a reason. What was given before cannot be called back from everywhere; the hub can say who was given what.',
    ].join('\n'),
  terms: ({ down, up, cohortFloor, from, until }: SharingAgreement): string =>
    [
      `Leaves the member: ${up.kinds.length === 0 ? 'things of any kind' : up.kinds.map((kind) => KINDS[kind] ?? kind).join('; ')}; at most ${tlp(up.mostMarking)}; ${up.approval === 'each' ? 'each once a person there has looked at it' : 'by itself'}.`,
      `Comes from the hub: at most ${tlp(down.mostMarking)}; the member stands to it as ${down.relation}.`,
      `Rules, analytics and checks of the hub: ${down.content === 'automatic' ? 'in use by themselves' : 'each in use once a person of the member accepts it'}.`,
      `The member as a hub: ${down.onward ? 'passes on what it is given' : 'passes nothing on'}.`,
      `Figures: over at least ${cohortFloor} members.`,
      `Holds from ${from.slice(0, 10)} until ${until.slice(0, 10)}.`,
    ].join('\n'),
  problem: ({ code, about }: Pick<PeerProblem, 'code' | 'about'>) => PROBLEMS[code](about),
  reason: (code: string) => REASONS[code] ?? code,
  noHub: {
    met: 'a station that is no hub',
    expected: '“vigie hub” in place of “vigie up”',
  },
  hub: {
    brief: 'Run a hub: a station that others join',
    ready: (address: string) => `  Members join at   ${address}  (vigie peers invite NAME)`,
  },
  join: {
    brief: 'Join a hub with the code its people gave you',
    hub: (hub: string, address: string, pin: string) =>
      `${hub} at ${address}, key ${pin.slice(0, 16)}…`,
    ask: (digest: string) =>
      `To accept, run the same command with --accept ${digest.slice(0, 12)} --by "YOUR NAME".`,
    question: 'Do you accept this agreement for your organisation? (yes/no) ',
    yes: ['y', 'yes'] as readonly string[],
    does: 'What this program does under it:',
    declined: 'Nothing was accepted and nothing sent.',
    other: 'The agreement is not the one whose digest was given. Read it again.',
    joined: (name: string) =>
      `Joined. The hub is called ${name} here; see “vigie peers”. To leave: vigie peers revoke ${name}`,
  },
  peers: {
    brief: 'Invite, list and revoke those this station shares with',
    list: 'List peers, how they are, and what passed',
    none: 'No peers yet. To join a hub: vigie join CODE. On a hub, to invite a member: vigie peers invite NAME',
    invite: 'Make the code that a station joins this hub with, good once and for a week',
    code: (code: string) => `On the station:\n\n  vigie join ${code}\n`,
    until: (time: string) =>
      `The code is good once, until ${time} UTC. Give it by a way you trust.`,
    loopback: (address: string) =>
      `The code says ${address}, which only this machine can reach. For others: vigie hub --hub-listen 0.0.0.0, and invite with --address HOST.`,
    revoke: 'End the agreement with a peer now, for both sides',
    revoked: (name: string) =>
      `The agreement with ${name} is ended. Nothing goes there any more; what came from there stays.`,
    renew:
      'Offer a member another agreement; the one that holds goes on until a person there accepts',
    renewed: (name: string) =>
      `Offered to ${name}. It is shown there within a minute; what holds goes on until a person there accepts it.`,
    accept: 'Read the agreement that a hub offers in place of the one that holds, and accept it',
    noOffer: (name: string) => `${name} offers no other agreement.`,
    former: 'Until now:',
    accepted: (name: string) => `Accepted. From now on this agreement alone holds with ${name}.`,
    standings: {
      ending: (name: string, until: string) =>
        `The agreement with ${name} ends on ${until}. A hub offers another: vigie peers renew NAME`,
      over: (name: string, until: string) =>
        `The agreement with ${name} ended on ${until}. Nothing goes either way. A hub offers another: vigie peers renew NAME`,
    },
    offered: {
      hub: (name: string) =>
        `${name} offers another agreement. To read and accept it: vigie peers accept ${name}`,
      member: (name: string) =>
        `${name} was offered another agreement; a person there has not accepted it yet.`,
    } satisfies Record<SharePeer['role'], (name: string) => string>,
    columns: ['peer', 'organisation', 'role', 'state', 'last heard (UTC)', 'objects', 'waiting'],
    roles: { member: 'member', hub: 'hub' } satisfies Record<SharePeer['role'], string>,
    states: { invited: 'invited', joined: 'joined', ended: 'ended' } satisfies Record<
      SharePeer['state'],
      string
    >,
    trouble: (name: string, since: string, sentence: string) =>
      `${name}, since ${since} UTC: ${sentence}`,
  },
  publish: {
    brief:
      'Give out to members (on a hub): indicators as STIX, MISP, CSV or plain lines, a Sigma rule, an analytic, a check',
    done: (collection: string, added: number, known: number) =>
      `${collection}: ${plural('en', added, 'object', 'objects')} given out, ${known} known before.`,
    refused: (count: number) => `${plural('en', count, 'object', 'objects')} not given out:`,
  },
  withdraw: { brief: 'Revoke an object that this hub made', done: 'Withdrawn.' },
  preview: {
    brief: 'Show what would be given out, who would see it, and why not; nothing leaves',
    nobody: 'nobody: there are no peers',
    sees: 'sees it',
  },
  misp: {
    brief: 'Show what a member would get as a MISP feed; with --out write the feed as a folder',
    out: 'Folder to write manifest.json, hashes.csv and the events to: it counts as given to the member',
    would: (peer: string, indicators: number, attributes: number, events: number) =>
      `${peer} would get ${indicators} indicators as ${attributes} attributes in ${events} events.`,
    withheld: (count: number, rule: string) => `${count} do not leave: ${rule}`,
    deleted: 'withdrawn',
    cut: 'There are more indicators than one feed holds: the newest are in it.',
    done: (events: number, folder: string) => `${events} events written to ${folder}`,
  },
  outbox: {
    brief: 'Show what leaves or waits, exactly as it leaves, and for whom',
    none: 'Nothing.',
    seenBy: (organisation: string, relation: string, marking: string) =>
      `seen by ${organisation} (${relation}), who may pass it on as TLP:${marking.toUpperCase()}`,
    states: {
      waiting: 'waits for a person',
      ready: 'leaves now',
      sent: 'sent',
      refused: 'does not leave',
      rejected: 'not taken there',
    },
  },
  approve: {
    brief: 'Let what waits leave',
    refuse: 'Do not let what waits leave',
    done: (count: number) => `${plural('en', count, 'object', 'objects')} decided.`,
  },
  received: {
    brief: 'List what hubs sent, and what became of each',
    none: 'Nothing came yet.',
    states: {
      taken: 'taken',
      asked: 'waits for a person',
      searching: 'being searched',
      answered: 'looked for',
      'not watched': 'not looked for',
      declined: 'declined',
      kept: 'kept',
      refused: 'refused',
      withdrawn: 'withdrawn',
    },
    seen: (count: number) => (count === 0 ? 'not seen' : `seen ${count}×`),
  },
  seen: {
    brief: 'Show how many members met each indicator (on a hub)',
    none: 'No member has answered yet.',
    columns: ['members', 'looked, not seen', 'first (UTC)', 'last (UTC)', 'indicator'],
  },
  trace: { brief: 'Show which members were given an object, and when', nobody: 'Nobody.' },
  consent: {
    brief: 'Record, list and take back consents',
    give: 'Record a consent, of this organisation or of a community',
    revoke: 'Take a consent back now',
    given: (id: string) => `Recorded as ${id}.`,
    revoked: 'Taken back. Nothing more leaves under it.',
    none: 'No consents.',
    columns: ['id', 'by', 'purpose', 'peers', 'kinds', 'until', 'state'],
    holds: 'holds',
    over: 'over',
    all: 'all',
  },
}
