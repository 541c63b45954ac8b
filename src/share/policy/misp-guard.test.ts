// What others' guards keep in, planted anywhere in an event of MISP: one thing that must stay keeps all of it, and is named; without
// it the event leaves.

import { expect, test } from 'vitest'
import { decide } from './decide.ts'
import { LOCAL, itemsOfMisp } from './misp-items.test-helper.ts'
import type { Agreement, Circumstances, Item, Peer } from './policy-types.ts'

const FRAME: Item = {
  id: '',
  kind: '',
  owner: 'us',
  markings: ['green'],
  unknownMarkings: [],
  groups: [],
  labels: [],
  parts: [],
}
const blocked = ['payload:secret', 'tlp:red']
const AGREEMENT: Agreement = {
  id: 'one',
  from: 0,
  until: 1000,
  purposes: ['defence'],
  mostMarking: 'green',
  neverKinds: ['passport-number', 'btc', 'person'],
  neverCategories: ['Person', 'Financial fraud'],
  neverLabels: [...blocked, ...blocked.map((one) => `${LOCAL}${one}`)],
  neverLevels: ['0', '5'],
  neverGroups: ['7a6f2e0a-0000-4000-8000-000000000001'],
  requiredLabels: { tlp: ['tlp:green', 'tlp:clear'] },
}
const PEER: Peer = { organisation: 'them', relation: 'community', agreements: [AGREEMENT] }
const NOW: Circumstances = {
  nowMs: 500,
  purpose: 'defence',
  consents: [{ by: 'us', purpose: 'defence', peers: 'any', kinds: 'any', from: 0, until: 1000 }],
  cohortFloor: 2,
  mayCut: false,
}

/** The whole needs its labels; what stands within is bound by everything else. */
function verdictOf(event: unknown): {
  readonly isSent: boolean
  readonly rules: readonly string[]
} {
  const within = { ...AGREEMENT, requiredLabels: {} }
  const decisions = itemsOfMisp(event, FRAME).flatMap((item) => [
    decide({ ...item, parts: [] }, PEER, NOW),
    decide(item, { ...PEER, agreements: [within] }, NOW),
  ])
  return {
    isSent: decisions.every(({ verdict }) => verdict === 'send'),
    rules: decisions.flatMap(({ reasons }) => reasons.map(({ rule }) => rule)),
  }
}

type Thing = Readonly<Record<string, unknown>>
const GREEN = [{ name: 'tlp:green' }]
const note = (more: Thing = {}): Thing => ({
  uuid: 'note',
  note: 'x',
  distribution: '3',
  type: 'note',
  ...more,
})
const attribute = (more: Thing = {}): Thing => ({
  uuid: 'attribute',
  type: 'ip-dst',
  category: 'Network activity',
  value: '203.0.113.1',
  distribution: '3',
  ...more,
})
const object = (more: Thing = {}): Thing => ({
  uuid: 'object',
  name: 'domain-ip',
  distribution: '3',
  Attribute: [attribute()],
  ...more,
})
const event = (more: Thing = {}): unknown => ({
  Event: {
    uuid: 'event',
    distribution: '3',
    Tag: GREEN,
    Attribute: [attribute()],
    Object: [object()],
    ...more,
  },
})

/** Where a thing may stand in an event. */
const PLACES: Readonly<Record<string, (more: Thing) => unknown>> = {
  'an attribute': (more) => event({ Attribute: [attribute(), attribute(more)] }),
  'an attribute of an object': (more) =>
    event({ Object: [object({ Attribute: [attribute(), attribute(more)] })] }),
  'a proposal': (more) => event({ ShadowAttribute: [attribute(more)] }),
  'a proposal to an attribute': (more) =>
    event({ Attribute: [attribute({ ShadowAttribute: [attribute(more)] })] }),
  'a proposal to an attribute of an object': (more) =>
    event({ Object: [object({ Attribute: [attribute({ ShadowAttribute: [attribute(more)] })] })] }),
}
const WIDER: Readonly<Record<string, (more: Thing) => unknown>> = {
  ...PLACES,
  'the event': (more) => event(more),
  'an object': (more) => event({ Object: [object(more)] }),
  'a note on the event': (more) => event({ Note: [note(more)] }),
  'a note on an attribute': (more) => event({ Attribute: [attribute({ Note: [note(more)] })] }),
  'a note on an attribute of an object': (more) =>
    event({ Object: [object({ Attribute: [attribute({ Note: [note(more)] })] })] }),
  'an opinion on a note': (more) =>
    event({ Note: [note({ Opinion: [note({ type: 'opinion', ...more })] })] }),
  'a relationship': (more) => event({ Relationship: [note({ type: 'related-to', ...more })] }),
  'a report of the event': (more) =>
    event({ EventReport: [{ uuid: 'report', name: 'r', distribution: '3', ...more }] }),
  'a galaxy cluster': (more) =>
    event({
      Galaxy: [
        {
          uuid: 'g',
          GalaxyCluster: [{ uuid: 'c', type: 'threat-actor', distribution: '3', ...more }],
        },
      ],
    }),
  'a cluster on an attribute': (more) =>
    event({
      Attribute: [
        attribute({
          Galaxy: [{ GalaxyCluster: [{ uuid: 'c', type: 'tool', distribution: '3', ...more }] }],
        }),
      ],
    }),
}

const cases = (places: typeof PLACES, things: readonly (readonly [Thing, string])[]) =>
  Object.entries(places).flatMap(([place, put]) =>
    things.map(([thing, rule]) => [place, JSON.stringify(thing), put(thing), rule] as const),
  )

test.each(Object.entries(WIDER))('without anything planted it leaves: %s', (_, put) => {
  expect(verdictOf(put({}))).toEqual({ isSent: true, rules: [] })
})

test.each(
  cases(PLACES, [
    [{ type: 'passport-number' }, 'kind never leaves'],
    [{ type: 'btc' }, 'kind never leaves'],
    [{ category: 'Person' }, 'category never leaves'],
    [{ category: 'Financial fraud' }, 'category never leaves'],
  ]),
)('types and categories of attributes stay: %s, %s', (_, __, whole, rule) => {
  const { isSent, rules } = verdictOf(whole)
  expect([isSent, rules.includes(rule)]).toEqual([false, true])
})

test.each(
  cases(WIDER, [
    [{ distribution: '0' }, 'level never leaves'],
    [{ distribution: 0 }, 'level never leaves'],
    [{ distribution: '5' }, 'level never leaves'],
    [
      { distribution: '4', SharingGroup: { uuid: '7a6f2e0a-0000-4000-8000-000000000001' } },
      'group never leaves',
    ],
    [
      { SharingGroup: { uuid: 'x', SharingGroupOrg: [{ Organisation: { uuid: 'somebody' } }] } },
      'not the audience',
    ],
    [{ Tag: [...GREEN, { name: 'payload:secret' }] }, 'label never leaves'],
    [{ Tag: [...GREEN, { name: 'tlp:red', local: true }] }, 'label never leaves'],
    [{ Tag: [...GREEN, { name: 'tlp:red', local: 1 }] }, 'label never leaves'],
  ]),
)('levels, groups, audiences and tags stay: %s, %s', (_, __, whole, rule) => {
  const { isSent, rules } = verdictOf(whole)
  expect([isSent, rules.includes(rule)]).toEqual([false, true])
})

test.each([
  [
    'an object of a blocked type',
    event({ Object: [object({ name: 'person' })] }),
    'kind never leaves',
  ],
  ['no tag at all', event({ Tag: [] }), 'required label missing'],
  [
    'a tag of another taxonomy alone',
    event({ Tag: [{ name: 'pap:green' }] }),
    'required label missing',
  ],
  [
    'a tag of the taxonomy that is not allowed',
    event({ Tag: [{ name: 'tlp:amber' }] }),
    'required label missing',
  ],
  [
    'an allowed one beside one that is not',
    event({ Tag: [...GREEN, { name: 'tlp:amber' }] }),
    'required label missing',
  ],
  [
    'an allowed one that does not travel',
    event({ Tag: [{ name: 'tlp:green', local: true }] }),
    'required label missing',
  ],
])('stays: %s', (_, whole, rule) => {
  const { isSent, rules } = verdictOf({ Event: (whole as { Event: unknown }).Event })
  expect([isSent, rules.includes(rule)]).toEqual([false, true])
})

test('without an agreement between the compartments nothing leaves, however open it is', () => {
  const items = itemsOfMisp(event(), FRAME)
  const decisions = items.map((item) => decide(item, { ...PEER, agreements: [] }, NOW))
  expect(decisions.map(({ verdict }) => verdict)).toEqual(['refuse'])
})
