// What is said about zones and filters: verdicts, their proof, findings, and what is wrong with a zones file.

import { plural } from '../plural.ts'

const n = (count: number, one: string, many: string): string => plural('en', count, one, many)

type About = {
  readonly from: string
  readonly to: string
  readonly isSure: boolean
  readonly about: string
}

const services = (about: string): string => (about === '' ? '' : `: ${about}`)

export const segment = {
  brief: 'Prove from device configurations what can reach what: zones, conduits, filters',
  check: 'Judge zones and conduits: what gets across, with a packet and the lines that let it',
  propose: 'Propose a zones file from the configurations, to be looked through',
  trace: 'Say what becomes of packets from one address to another',
  lines: 'Find rules that no packet reaches',
  search: 'Find a packet that an access list permits or denies',
  diff: 'Say which packets a new version of an access list lets through or stops',
  noPaths: 'Give at least one configuration file or folder.',
  noZones: 'Give a zones file: --zones FILE. To start one: vigie segment propose PATH… > zones.yml',
  notRead: (make: string) =>
    `${make === '' ? 'make not recognised' : make}: filters of this make are not read; what crosses this device is not judged`,
  place: (line: number, column: number) => `Line ${line}, column ${column}:`,
  zonesProblems: {
    too_large: (met: string) => `${met} characters; at most 1 MiB is read.`,
    yaml: (met: string) => `not YAML: “${met}”.`,
    unknown_key: (met: string) => `“${met}” is no key that a zones file has here.`,
    missing: (met: string) => `“${met}” is missing.`,
    value: (met: string, path: string) => `“${met}” does not fit ${path}.`,
    prefix: (met: string) => `“${met}” is no address or prefix, such as 10.1.0.0/16.`,
    service: (met: string) => `“${met}” is no service, such as tcp/502, udp/161-162, icmp or any.`,
    zone: (met: string) => `no zone is called “${met}”.`,
    twice: (met: string) => `two zones are called “${met}”.`,
    nowhere: (met: string) => `zone “${met}” needs prefixes or interfaces.`,
  },
  read: (devices: number, rules: number, unread: number) =>
    `Read ${n(devices, 'device', 'devices')} with ${n(rules, 'rule', 'rules')}${unread === 0 ? ', all understood' : `; ${unread} not understood`}.`,
  verdicts: {
    open: 'open',
    conditional: 'conditional',
    indeterminate: 'indeterminate',
    blocked: 'blocked',
  },
  beyondOnly: 'beyond the conduits',
  withinConduits: 'within the conduits',
  matrix: 'Zones',
  columns: { from: 'from', to: 'to', all: 'gets across', beyond: 'no conduit allows' },
  findingsTitle: 'Findings',
  noFindings: 'Nothing gets across that no conduit allows, as far as this can be told.',
  witness: 'for example',
  arrivesAs: (packet: string) => `arrives as ${packet}`,
  hop: (device: string, enters: string, leaves: string) => `${device}: ${enters} → ${leaves}`,
  byDefault: (filter: string) => `${filter}: no rule decides`,
  byRule: (filter: string, rule: string, line: number) => `${filter}: ${rule} (line ${line})`,
  conditions: (because: string) => `if ${because}`,
  unread: (because: string) => `not understood: ${because}`,
  translated: (label: string, line: number) => `translated by ${label} (line ${line})`,
  assumed: 'the routing table says nothing; assumed to go out here',
  answers: {
    pass: 'the answer gets back',
    blocked: 'the answer does not get back',
    unknown: 'whether the answer gets back is not known',
  },
  services: (list: string) => `services: ${list}`,
  packets: (list: string) => `packets: ${list}`,
  reasons: {
    same_network: 'both are on one network: nothing that was given stands between them',
    no_place_from: 'no device that was given leads to where it starts',
    no_place_to: 'no device that was given leads to where it goes',
    leaves_given: 'some of it goes to a neighbour that was not given',
    too_large: 'too large to work out exactly',
    dynamic_routing: 'routes are learned; every way out is assumed',
    policy_routing: 'routing by policy is not followed',
    groups_not_expanded: 'configuration groups are not expanded',
    not_whole: 'what was given of it is not whole, or part of it is not understood',
    translation_not_understood: 'an address translation is not understood',
    tunnels: 'tunnels are not followed',
    not_a_filter_we_read: 'a filter of a kind that is not read',
  },
  missing: (list: string) => `Named in the zones file and in no configuration: ${list}`,
  limits:
    'Not judged: fragments, layer 2, transparent bridges, ways that no given configuration shows. A verdict holds for the configurations given.',
  findings: {
    ot_reachable: ({ from, to, isSure, about }: About) =>
      `${from} ${isSure ? 'reaches' : 'may reach'} ${to}, and no conduit allows it${services(about)}.`,
    management_reachable: ({ from, to, isSure }: About) =>
      `${from} ${isSure ? 'reaches' : 'may reach'} the management zone ${to}.`,
    ot_to_outside: ({ from, to, isSure }: About) =>
      `${from} ${isSure ? 'reaches' : 'may reach'} ${to}, and no conduit allows it.`,
    vendor_reaches: ({ from, to, isSure, about }: About) =>
      `The vendor ${from} ${isSure ? 'reaches' : 'may reach'} ${to}, and no conduit allows it${services(about)}.`,
    beyond_conduit: ({ from, to, isSure }: About) =>
      `${from} ${isSure ? 'reaches' : 'may reach'} ${to} with more than the conduits allow.`,
    unauthenticated_protocol: ({ from, to, about }: About) =>
      `From ${from} to ${to} a conduit lets through protocols that ask nobody who they are: ${about}.`,
    pivot: ({ from, to, isSure, about }: About) =>
      `${isSure ? 'There is' : 'There may be'} a way on foot from ${from} to ${to} over ${about}.`,
    conduit_expired: ({ from, to, about }: About) =>
      `The conduit from ${from} to ${to} (${about}) is past its last day.`,
    conduit_without_way: ({ from, to, about }: About) =>
      `No rule lets through what the conduit from ${from} to ${to} allows (${about}).`,
    change_opened: ({ from, to }: About) =>
      `The change lets packets from ${from} to ${to} that did not pass before.`,
    seen_never: ({ from, to, about }: About) =>
      `Seen from ${from} to ${to}, though the filters given let it never pass: ${about}. A device or a way is missing here, or somebody goes around.`,
    seen_beyond: ({ from, to, about }: About) =>
      `Seen from ${from} to ${to}, and no conduit allows it: ${about}.`,
    ot_protocol_outside: ({ from, to, about }: About) =>
      `Control protocols seen outside OT, from ${from} to ${to}: ${about}.`,
  },
  opened: {
    title: 'A change lets more pass between zones',
    titleInside: 'A change opens a way into OT',
    way: (from: string, to: string) => `from ${from} to ${to}`,
    why: (device: string, ways: string, others: number) =>
      `The change on ${device} lets packets pass that did not pass before and that no conduit allows: ${ways}${others > 0 ? `, and ${n(others, 'other way', 'other ways')}` : ''}.`,
    do: [
      'Ask who changed the rule, and why.',
      'Where it is wanted, declare a conduit with its owner and its last day.',
      'Else take the rule back, and look at what passed since.',
    ],
    benign: 'A new service between two zones, for which nobody declared a conduit yet.',
  },
  seenNeverTitle: 'Connections that the filters never let pass',
  stateTitle: 'Zones are open to each other that were not',
  moved: (version: string, who: string) =>
    version === '0'
      ? 'No zones stand here yet, and these were made from some. Load the page again.'
      : `${who === '' ? 'Somebody' : who} kept version ${version} of the zones meanwhile. Load it, put your change into it, and keep that.`,
  notJudged: (reason: string) =>
    `The zones could not be judged: ${reason}. It is tried again when a configuration or the zones change, and tomorrow at the latest.`,
  station: {
    show: 'Show how the zones of a station stand: verdicts and findings',
    zones: 'Print the zones file that stands at a station, or a proposal from its devices',
    keep: 'Give a station its zones file; it is kept as a version under your name',
    flows: 'Compare what was seen between zones with what filters and conduits allow',
    proposalFlag: 'A proposal from the devices that the station holds',
    versionFlag: 'An earlier version',
    noteFlag: 'Why it changed',
    noFile: 'Give one zones file.',
    kept: (version: number, zones: number) =>
      `Version ${version} stands: ${n(zones, 'zone', 'zones')}. They are judged within a minute.`,
    states: {
      no_zones:
        'Nobody confirmed zones here. Begin with: vigie segment zones --proposal > zones.yml',
      no_devices: 'The station holds no configuration. Send one: vigie devices take FILE',
      waiting: 'The zones are being judged.',
      judged: (made: string, version: number, who: string) =>
        `Judged at ${made}, by version ${version} of the zones (${who}).`,
    },
    old: 'Configurations or zones changed since; they are being judged.',
    left: (list: string) => `Not judged, too many at once: ${list}`,
    span: (from: string, to: string, days: number, withFlows: number) =>
      `Looked at connections from ${from} to ${to}: ${withFlows} of ${n(days, 'day', 'days')} have some.`,
    filtersSince: (at: string) =>
      `Filters are those of since ${at}: what was last seen before is not held against them.`,
    isCut: 'Some days had more than is kept: the most frequent was taken.',
    tooMany: (days: string) =>
      `More connections than are put together in two minutes of one processor, so nothing is said of ${days}, and nothing is called unused. A larger machine, or a ClickHouse server, puts more together.`,
    noSpan: 'Nothing was looked at yet.',
    seenStates: {
      allowed: 'allowed',
      beyond: 'no conduit',
      never: 'never by filters',
      earlier: 'before the change',
      unknown: 'not known',
      within: 'within a zone',
    },
    seenColumns: {
      state: 'filters and conduits',
      from: 'from',
      to: 'to',
      service: 'service',
      passed: 'got through',
      refused: 'refused',
      last: 'last',
      example: 'for example',
    },
    unused: 'Open, and not seen to be used:',
    unusedAll: 'the whole way',
    unseen: (list: string) => `No log tells of ${list}: nothing is said of what is unused there.`,
    noFlows: 'No connection between zones was seen.',
  },
  proposal: {
    head: 'Proposed by Vigie from the configurations. Nothing here is confirmed.\nCheck every kind, join or split zones, then declare what may pass under conduits.',
    suggested: (word: string) => `only suggested by the word “${word}”: confirm or change`,
    undecided: 'decide: it, dmz, ot, safety, management, internet or vendor',
  },
  deadLine: (rule: string, line: number) => `${rule} (line ${line}) is never reached`,
  deadBy: (rules: string) => `decided before by ${rules}`,
  contrary: 'which does the opposite',
  noDead: 'Every rule is reached by some packet.',
  noneFound: 'No such packet, or no such list.',
  widened: (list: string) => `${list} lets through more:`,
  narrowed: (list: string) => `${list} lets through less:`,
  noDifference: 'The lists of both versions mean the same.',
  tooLarge: (list: string) => `${list}: too large to compare exactly`,
}
