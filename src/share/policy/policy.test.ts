import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MARKINGS } from '../../model/index.ts'
import { checkObject, isUsable } from '../stix/check-object.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import { decide } from './decide.ts'
import { LOCAL, itemsOfMisp } from './misp-items.test-helper.ts'
import { RELATIONS } from './policy-types.ts'
import type { Agreement, Circumstances, Consent, Item, Part, Peer } from './policy-types.ts'
import { itemOfStix, redact } from './stix-item.ts'

const AGREEMENT: Agreement = {
  id: 'a1',
  from: 0,
  until: 1000,
  purposes: ['defence'],
  mostMarking: 'red',
  neverKinds: [],
  neverCategories: [],
  neverLabels: [],
  neverLevels: [],
  neverGroups: [],
  requiredLabels: {},
}
const CONSENT: Consent = {
  by: 'town',
  purpose: 'defence',
  peers: 'any',
  kinds: 'any',
  from: 0,
  until: 1000,
}
const ITEM: Item = {
  id: 'i',
  kind: 'indicator',
  owner: 'town',
  markings: ['green'],
  unknownMarkings: [],
  groups: [],
  labels: [],
  parts: [],
}
const PEER: Peer = { organisation: 'hub', relation: 'community', agreements: [AGREEMENT] }
const NOW: Circumstances = {
  nowMs: 500,
  purpose: 'defence',
  consents: [CONSENT],
  cohortFloor: 5,
  mayCut: true,
}

const rulesOf = (item: Item, peer = PEER, circumstances = NOW) =>
  decide(item, peer, circumstances).reasons.map(({ rule }) => rule)

test('what every rule allows leaves, and the decision says under which agreement', () => {
  expect(decide(ITEM, PEER, NOW)).toEqual({
    verdict: 'send',
    cut: [],
    reasons: [],
    agreement: 'a1',
  })
})

test.each([
  ['no agreement', {}, { agreements: [] }, {}],
  ['no agreement', {}, { agreements: [{ ...AGREEMENT, revoked: 400 }] }, {}],
  ['no agreement', {}, {}, { nowMs: 1000 }],
  ['purpose not agreed', {}, { agreements: [{ ...AGREEMENT, purposes: ['statistics'] }] }, {}],
  ['not marked', { markings: [] }, {}, {}],
  ['marking forbids', { markings: ['green', 'amber'] }, {}, {}],
  ['marking forbids', { markings: ['red'] }, { relation: 'organisation' }, {}],
  ['marking forbids', { markings: ['amber+strict'] }, { relation: 'client' }, {}],
  ['marking not agreed', {}, { agreements: [{ ...AGREEMENT, mostMarking: 'clear' }] }, {}],
  ['unknown marking', { unknownMarkings: ['marking-definition--x'] }, {}, {}],
  ['not the audience', { audience: ['province'] }, {}, {}],
  ['no consent of the owner', {}, {}, { consents: [{ ...CONSENT, purpose: 'statistics' }] }],
  ['no consent of the owner', {}, {}, { consents: [{ ...CONSENT, revoked: 500 }] }],
  ['no consent of the owner', {}, {}, { consents: [{ ...CONSENT, kinds: ['sighting'] }] }],
  ['no consent of the community', { community: 'nation' }, {}, {}],
  ['not yet released', { release: { client: 0 } }, {}, {}],
  ['not yet released', { release: { community: 501 } }, {}, {}],
  ['too few members', { cohort: 4 }, {}, {}],
] as const)('%s: %j %j %j', (rule, item, peer, circumstances) => {
  expect(
    rulesOf({ ...ITEM, ...item }, { ...PEER, ...peer }, { ...NOW, ...circumstances }),
  ).toContain(rule)
})

test('a community’s own consent is needed beside the owner’s, for that purpose, until it is taken back', () => {
  const item = { ...ITEM, community: 'nation' }
  const nation = { ...CONSENT, by: 'nation', peers: ['hub'] }
  expect(decide(item, PEER, { ...NOW, consents: [CONSENT, nation] }).verdict).toBe('send')
  expect(rulesOf(item, PEER, { ...NOW, consents: [nation] })).toEqual(['no consent of the owner'])
  expect(rulesOf(item, PEER, { ...NOW, consents: [CONSENT, { ...nation, revoked: 100 }] })).toEqual(
    ['no consent of the community'],
  )
})

// --- properties ---------------------------------------------------------------------------------------------------------

function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
}

function randomItem(next: (below: number) => number, depth = 0): Item {
  const some = <T>(from: readonly T[]): T[] => from.filter(() => next(2) === 0)
  const parts: Part[] =
    depth > 1
      ? []
      : Array.from({ length: next(3) }, (_, at) => ({
          path: [`p${at}`],
          canBeCut: next(2) === 0,
          item: randomItem(next, depth + 1),
        }))
  return {
    id: `i${next(1000)}`,
    kind: ['indicator', 'sighting', 'person'][next(3)] ?? '',
    category: ['x', 'y'][next(2)] ?? '',
    owner: ['town', 'city'][next(2)] ?? '',
    markings: some(['clear', 'clear', 'green', 'amber'] as const),
    unknownMarkings: next(9) === 0 ? ['m'] : [],
    audience: next(4) === 0 ? some(['hub', 'province']) : undefined,
    groups: some(['g1', 'g2']).slice(0, next(2)),
    level: String(next(4)),
    labels: some(['tlp:green', 'secret']),
    community: next(4) === 0 ? 'nation' : undefined,
    release: next(4) === 0 ? { community: next(1000), client: next(1000) } : undefined,
    cohort: next(4) === 0 ? next(10) : undefined,
    parts,
  }
}

function randomPeer(next: (below: number) => number): Peer {
  return {
    organisation: 'hub',
    relation: RELATIONS[next(4)] ?? 'anybody',
    agreements: Array.from({ length: next(3) }, () => ({
      ...AGREEMENT,
      until: next(900),
      mostMarking: (['clear', 'green', 'amber', 'red'] as const)[next(4)] ?? 'clear',
      neverKinds: next(2) === 0 ? ['person'] : [],
      neverLabels: next(2) === 0 ? ['secret'] : [],
      neverGroups: next(2) === 0 ? ['g1'] : [],
      neverLevels: next(3) === 0 ? ['0'] : [],
    })),
  }
}

const randomNow = (next: (below: number) => number): Circumstances => ({
  ...NOW,
  mayCut: next(2) === 0,
  consents: ['town', 'city', 'nation'].filter(() => next(4) > 0).map((by) => ({ ...CONSENT, by })),
})

/** Everything of the item that would leave, with parts that are cut taken away. */
function* leaving(item: Item, cut: readonly string[], at = ''): Generator<Item> {
  yield item
  for (const part of item.parts) {
    const place = at === '' ? part.path.join('.') : `${at}.${part.path.join('.')}`
    if (!cut.includes(place)) yield* leaving(part.item, cut, place)
  }
}

test(
  'nothing leaves that a rule forbids, by whatever way: 20,000 random items, peers and circumstances',
  { timeout: 60_000 },
  () => {
    let [sent, cut] = [0, 0]
    for (let round = 0; round < 20_000; round += 1) {
      const next = chance(round)
      const [item, peer, now] = [randomItem(next), randomPeer(next), randomNow(next)]
      const decision = decide(item, peer, now)
      if (decision.verdict === 'refuse') {
        expect(decision.reasons.length).toBeGreaterThan(0)
        continue
      }
      sent += 1
      if (decision.cut.length > 0) cut += 1
      const agreement = peer.agreements.find((one) => one.until > 500)
      expect(agreement).toBeDefined()
      expect(decision.cut.length === 0 || now.mayCut).toBe(true)
      for (const one of leaving(
        item,
        decision.cut.map((path) => path.join('.')),
      )) {
        const strictest = Math.max(...one.markings.map((marking) => MARKINGS.indexOf(marking)))
        expect(one.markings.length).toBeGreaterThan(0)
        // clear to anybody, green to the community, amber to clients.
        expect(RELATIONS.indexOf(peer.relation)).toBeLessThanOrEqual(4 - strictest)
        expect(one.unknownMarkings).toEqual([])
        expect(one.audience?.includes('hub') ?? true).toBe(true)
        const by = now.consents.map((consent) => consent.by)
        expect(by).toContain(one.owner)
        if (one.community !== undefined) expect(by).toContain('nation')
        expect(
          (one.release?.[peer.relation as 'client'] ??
            (one.release === undefined ? 0 : Infinity)) <= 500,
        ).toBe(true)
        expect(one.cohort ?? 5).toBeGreaterThanOrEqual(5)
        const allows = peer.agreements.some(
          (a) =>
            a.until > 500 &&
            !a.neverKinds.includes(one.kind) &&
            !one.labels.some((label) => a.neverLabels.includes(label)) &&
            !one.groups.some((group) => a.neverGroups.includes(group)) &&
            !a.neverLevels.includes(one.level ?? '') &&
            MARKINGS.indexOf(a.mostMarking) >= strictest,
        )
        expect(allows).toBe(true)
      }
    }
    expect(sent).toBeGreaterThan(200)
    expect(cut).toBeGreaterThan(20)
  },
)

test(
  'less permission never sends more: consent taken back, a stricter mark, an agreement ended',
  { timeout: 60_000 },
  () => {
    for (let round = 0; round < 5000; round += 1) {
      const next = chance(round)
      const [item, peer, now] = [randomItem(next), randomPeer(next), randomNow(next)]
      if (decide(item, peer, now).verdict !== 'refuse') continue
      const less: readonly [Item, Peer, Circumstances][] = [
        [{ ...item, markings: [...item.markings, 'amber'] }, peer, now],
        [item, { ...peer, agreements: peer.agreements.slice(1) }, now],
        [item, peer, { ...now, consents: now.consents.slice(1) }],
        [item, peer, { ...now, mayCut: false }],
        [{ ...item, audience: [] }, peer, now],
      ]
      for (const [one, other, then] of less)
        if (one.markings.length > 0 && item.markings.length > 0)
          expect(decide(one, other, then).verdict).toBe('refuse')
    }
  },
)

// --- STIX ---------------------------------------------------------------------------------------------------------------

const OBJECT = {
  type: 'indicator',
  spec_version: '2.1',
  id: 'indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f',
  created_by_ref: 'identity--f431f809-377b-45e0-aa1c-6a4751cae5ff',
  created: '2026-04-06T20:03:48.000Z',
  modified: '2026-04-06T20:03:48.000Z',
  name: 'Proxy',
  description: 'Seen at the hospital',
  labels: ['one', 'hospital', 'three'],
  pattern: "[ipv4-addr:value = '198.51.100.3']",
  pattern_type: 'stix',
  valid_from: '2026-04-06T20:03:48Z',
  object_marking_refs: [markingOfLabel('green')],
  granular_markings: [
    { marking_ref: markingOfLabel('red'), selectors: ['description', 'labels.[1]'] },
    { marking_ref: markingOfLabel('green'), selectors: ['labels.[2]'] },
  ],
}
const CONTEXT = { owner: 'town', harmlessMarkings: new Set<string>() }

test('parts that may not leave are cut, under a new id by a new creator, and nothing leads back', () => {
  const decision = decide(itemOfStix(OBJECT, CONTEXT), PEER, NOW)
  expect(decision).toMatchObject({
    verdict: 'send without parts',
    cut: [['description'], ['labels', 1]],
  })
  const made = redact(OBJECT, {
    cut: decision.cut,
    newId: 'indicator--00000000-0000-4000-8000-000000000000',
    creator: 'identity--00000000-0000-4000-8000-000000000000',
    nowMs: 1_800_000_000_000,
  })
  const text = JSON.stringify(made)
  for (const secret of ['hospital', OBJECT.id, OBJECT.created_by_ref, OBJECT.created, 'derived'])
    expect(text).not.toContain(secret)
  expect(made['labels']).toEqual(['one', 'three'])
  expect(isUsable(checkObject(made))).toBe(true)
  expect(decide(itemOfStix(made, CONTEXT), PEER, NOW).verdict).toBe('send')
})

test('a mark on what an object cannot be without keeps all of it', () => {
  const marked = {
    ...OBJECT,
    granular_markings: [{ marking_ref: markingOfLabel('red'), selectors: ['created'] }],
  }
  expect(decide(itemOfStix(marked, CONTEXT), PEER, NOW).verdict).toBe('refuse')
})

test('an object without marks, or with one that nobody knows, stays', () => {
  const { object_marking_refs: _, granular_markings: __, ...bare } = OBJECT
  expect(decide(itemOfStix(bare, CONTEXT), PEER, NOW).verdict).toBe('refuse')
  const strange = {
    ...bare,
    object_marking_refs: [
      'marking-definition--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f',
      markingOfLabel('clear'),
    ],
  }
  expect(rulesOf(itemOfStix(strange, CONTEXT))).toEqual(['unknown marking'])
})

// --- leak scenarios of others -------------------------------------------------------------------------------------------

const MISP = join(import.meta.dirname, '../../../../shared/data/sharing/misp-guard')

type Instance = {
  ip: string
  host: string
  compartment_id: string
  taxonomies_rules: {
    required_taxonomies: string[]
    allowed_tags: Record<string, string[]>
    blocked_tags: string[]
  }
  blocked_distribution_levels: string[]
  blocked_sharing_groups_uuids: string[]
  blocked_attribute_types: string[]
  blocked_attribute_categories: string[]
  blocked_object_types: string[]
}
type Scenario = {
  name: string
  host: string
  url: string
  client: { ip: string }
  fixture_file: string
  expected_status_code: number
}

describe.skipIf(!existsSync(MISP))('leak scenarios of others', () => {
  const json = (name: string): unknown => JSON.parse(readFileSync(join(MISP, name), 'utf8'))
  const config = () =>
    json('config.json') as {
      instances: Record<string, Instance>
      compartments_rules: { can_reach: Record<string, string[]> }
    }

  function verdictOf(
    {
      host,
      client,
      fixture_file: file,
      url,
    }: Pick<Scenario, 'host' | 'client' | 'fixture_file' | 'url'>,
    isPush: boolean,
    organisation = '',
  ): boolean {
    const { instances, compartments_rules: reach } = config()
    const all = Object.values(instances)
    const asking = all.find(({ ip }) => ip === client.ip)
    const asked = all.find((one) => one.host === host)
    if (asking === undefined || asked === undefined) return false
    const sender = isPush ? asking : asked
    const isReached =
      reach.can_reach[asking.compartment_id]?.includes(asked.compartment_id) === true
    const rules = sender.taxonomies_rules
    const isEvent = /events\/(?:view|add|edit)/.test(url)
    const agreement: Agreement = {
      ...AGREEMENT,
      neverKinds: [...sender.blocked_attribute_types, ...sender.blocked_object_types],
      neverCategories: sender.blocked_attribute_categories,
      neverLabels: rules.blocked_tags.flatMap((tag) => [tag, `${LOCAL}${tag}`]),
      neverLevels: sender.blocked_distribution_levels,
      neverGroups: sender.blocked_sharing_groups_uuids,
      requiredLabels: {},
    }
    const whole = {
      ...agreement,
      requiredLabels: Object.fromEntries(
        rules.required_taxonomies.map((one) => [one, rules.allowed_tags[one] ?? []]),
      ),
    }
    const peer = (one: Agreement): Peer => ({
      organisation,
      relation: 'community',
      agreements: isReached ? [one] : [],
    })
    const items = itemsOfMisp(json(file), ITEM)
    if (!isReached) return false
    return items.every((item) => {
      const { parts, ...rest } = item
      const seen =
        organisation === '' ? { ...item, audience: undefined, parts: parts.map(open) } : item
      const own = isEvent
        ? decide(
            { ...rest, ...(organisation === '' ? { audience: undefined } : {}), parts: [] },
            peer(whole),
            NOW,
          ).verdict === 'send'
        : true
      return own && decide(seen, peer(agreement), NOW).verdict === 'send'
    })
  }

  /** Without the organisation of whoever asks, nobody can say who is of a group. */
  function open(part: Part): Part {
    return {
      ...part,
      item: { ...part.item, audience: undefined, parts: part.item.parts.map(open) },
    }
  }

  test.each(['pull', 'push'])('%s: what must stay stays, what may leave leaves', (way) => {
    const scenarios = json(`${way}_scenarios.json`) as Scenario[]
    const differing = scenarios.filter(
      (one) => verdictOf(one, way === 'push') !== (one.expected_status_code === 200),
    )
    expect(differing.map(({ name }) => name)).toEqual([])
    expect(scenarios.length).toBeGreaterThan(20)
  })

  test('an organisation that is not of the sharing group is given nothing', () => {
    const asked = {
      host: 'instance1-comp1.com',
      client: { ip: '20.0.0.2' },
      url: '/events/view/x',
      fixture_file: 'fixtures/test_event_xuserorguuid-blocked_sharing_group.json',
    }
    expect(verdictOf(asked, false, '8b9661a3-8544-4f8d-94be-cd7ebe87e922')).toBe(false)
  })
})
