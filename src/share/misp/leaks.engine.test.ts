// No order of acts puts anything into a member's MISP feed that its agreement does not cover: markings, audiences, release, a
// community's consent, marked parts, agreements that end. Each object has a value of its own, looked for in every byte of the feed.

import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY_MS, SECOND_MS } from '../../core/index.ts'
import { readValues } from '../../detect/index.ts'
import { PublishAskSchema } from '../../model/index.ts'
import type { SharingAgreement } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { layOutHub } from '../hub/places.ts'
import { publishObjects, publishValues } from '../hub/publish.ts'
import { withdraw } from '../hub/withdraw.ts'
import { draftAgreement } from '../peer/agreement.ts'
import { readConsents, recordConsent, revokeConsent } from '../peer/consents.ts'
import { endPeer, findPeer, join } from '../peer/peers.ts'
import { openSelf } from '../peer/self.ts'
import type { Self } from '../peer/self.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import { feedFiles } from './feed.ts'
import { mispFeed, serveFeed } from './serve-feed.ts'

const START = Date.UTC(2026, 10, 1)
let nowMs = START
let records: Records
let self: Self

beforeAll(async () => {
  records = await openTemporaryRecords()
  self = await openSelf(records, 'Regional centre', START)
  await layOutHub(records)
})
afterAll(async () => records.destroy())

type Relation = SharingAgreement['down']['relation']
const RELATIONS: readonly Relation[] = ['organisation', 'client', 'community']
const LABELS = ['clear', 'green', 'amber', 'amber+strict'] as const
type Label = (typeof LABELS)[number]
const FARTHEST: Readonly<Record<Label, number>> = {
  clear: 3,
  green: 2,
  amber: 1,
  'amber+strict': 0,
}

type Member = { readonly name: string; readonly relation: Relation; isJoined: boolean }
async function enrol(name: string, relation: Relation): Promise<Member> {
  const terms = { relation, approval: 'automatic', onward: false, days: 400 } as const
  const agreement = draftAgreement({ hub: self, terms, cohortFloor: 2, nowMs: START })
  await join(records, {
    name,
    role: 'member',
    organisation: name,
    identity: `identity--${randomUUID()}`,
    pin: createHash('sha256').update(name).digest('hex'),
    address: null,
    agreement,
    acceptedBy: 'Ann',
    nowMs: START,
  })
  return { name, relation, isJoined: true }
}

type Given = {
  readonly id: string
  readonly value: string
  readonly label: Label
  readonly audience: readonly string[] | undefined
  readonly releaseMs: number
  readonly community: boolean
  readonly hasParts: boolean
}

/** What a person would say of one object and one member, from the agreement's words alone. */
function mayHave(given: Given, member: Member, isConsented: boolean): boolean {
  return (
    member.isJoined &&
    FARTHEST[given.label] >= RELATIONS.indexOf(member.relation) &&
    // Agreements go as far as TLP:AMBER.
    given.label !== 'amber+strict' &&
    (given.audience === undefined || given.audience.includes(member.name)) &&
    given.releaseMs <= nowMs &&
    (!given.community || isConsented) &&
    !given.hasParts
  )
}

/** The same chances each run. */
function chances(seed: number) {
  let state = seed + 1
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

let made = 0
async function publish(
  next: (below: number) => number,
  members: readonly Member[],
): Promise<Given> {
  made += 1
  const label = LABELS[next(4)] ?? 'green'
  const joined = members.filter(({ isJoined }) => isJoined)
  const audience =
    next(3) === 0 && joined.length > 0 ? [joined[next(joined.length)]?.name ?? ''] : undefined
  const releaseMs = next(4) === 0 ? nowMs + DAY_MS * next(4) : 0
  const community = next(4) === 0
  const hasParts = next(6) === 0
  const value = `v${made}x.leak.example`
  const given = {
    id: `indicator--${randomUUID()}`,
    value,
    label,
    audience,
    releaseMs,
    community,
    hasParts,
  }
  const at = new Date(nowMs).toISOString()
  const ask = PublishAskSchema.parse({
    ...(audience === undefined ? {} : { audience: audience.join(',') }),
    ...(releaseMs === 0 ? {} : { release: new Date(releaseMs).toISOString() }),
    ...(community ? { community: 'Nation' } : {}),
  })
  const object = {
    type: 'indicator',
    spec_version: '2.1',
    id: given.id,
    created_by_ref: self.identity,
    created: at,
    modified: at,
    name: `name of ${value}`,
    pattern: `[domain-name:value = '${value}']`,
    pattern_type: 'stix',
    valid_from: at,
    object_marking_refs: [markingOfLabel(label)],
    ...(hasParts
      ? { granular_markings: [{ marking_ref: markingOfLabel('red'), selectors: ['name'] }] }
      : {}),
  }
  const publication = { records, secret: 'secret', ask, who: 'Ann', nowMs }
  const { refused } = await publishObjects(publication, [object])
  // What has marked parts is refused where it is given out; nothing of it may be here either.
  expect(refused).toHaveLength(hasParts ? 1 : 0)
  return given
}

const hub = () => ({ records, cohortFloor: 2 })
const textOf = async (peer: string) => JSON.stringify(await mispFeed({ hub: hub(), peer, nowMs }))
const md5 = (value: string) => createHash('md5').update(value).digest('hex')

test('whatever is done in whatever order, a feed holds what may be had and nothing else', async () => {
  const next = chances(7)
  const members = await Promise.all(
    RELATIONS.map((relation, at) => enrol(`m${at}-${relation}`, relation)),
  )
  const all: Given[] = []
  let isConsented = false
  let [had, kept] = [0, 0]
  for (let step = 0; step < 60; step += 1) {
    nowMs += DAY_MS / 4 + SECOND_MS
    const act = next(10)
    if (act < 6) all.push(await publish(next, members))
    else if (act === 6) {
      const one = all[next(Math.max(1, all.length))]
      if (one !== undefined && !one.hasParts) await withdraw({ records, who: 'Ann', nowMs }, one.id)
    } else if (act === 7) {
      const kinds = ['indicator']
      await recordConsent(
        records,
        { by: 'Nation', purpose: 'defence', kinds, days: 400 },
        { who: 'Chief', nowMs },
      )
      isConsented = true
    } else if (act === 8) {
      for (const { id } of await readConsents(records)) await revokeConsent(records, id, nowMs)
      isConsented = false
    } else if (step > 45) {
      const leaver = members[next(members.length)]
      if (leaver !== undefined) {
        await endPeer(records, { name: leaver.name, by: 'us', isTold: true, nowMs })
        leaver.isJoined = false
      }
    }
    for (const member of members) {
      const text = member.isJoined ? await textOf(member.name) : ''
      for (const given of all) {
        const may = mayHave(given, member, isConsented)
        const seen =
          text.includes(given.value) ||
          text.includes(given.id.slice(11)) ||
          text.includes(md5(given.value))
        expect({ step, member: member.name, given, seen }).toMatchObject({ seen: may })
        if (may) had += 1
        else kept += 1
      }
    }
  }
  expect(Math.min(had, kept)).toBeGreaterThan(500)
})

test('an event is for the member whose feed names it; for another it is not there', async () => {
  const [one, other] = [await enrol('one', 'client'), await enrol('other', 'client')]
  await publishObjects(
    { records, secret: 's', ask: PublishAskSchema.parse({}), who: 'Ann', nowMs },
    [
      {
        type: 'indicator',
        spec_version: '2.1',
        id: `indicator--${randomUUID()}`,
        created_by_ref: self.identity,
        created: new Date(nowMs).toISOString(),
        modified: new Date(nowMs).toISOString(),
        pattern: "[ipv4-addr:value IN ('198.51.100.8', '198.51.100.9')]",
        pattern_type: 'stix',
        valid_from: new Date(nowMs).toISOString(),
        confidence: 80,
        object_marking_refs: [markingOfLabel('green')],
      },
    ],
  )
  const get = async (name: string, path: string) => {
    const row = await findPeer(records, name)
    if (row === undefined) throw new Error(name)
    const request = {
      method: 'GET',
      path: `/misp/${path}`,
      parameters: new URLSearchParams(),
      header: () => undefined,
      body: async () => '',
    }
    return serveFeed({ hub: hub(), row, nowMs }, request)
  }
  const manifest = JSON.parse((await get(one.name, 'manifest.json')).body) as Record<
    string,
    { date: string }
  >
  const uuids = Object.keys(manifest)
  expect(uuids.length).toBeGreaterThan(0)
  for (const uuid of uuids) {
    expect((await get(other.name, `${uuid}.json`)).status).toBe(404)
    const { status, body } = await get(one.name, `${uuid}.json`)
    expect(status).toBe(200)
    const { Event } = JSON.parse(body) as { Event: { uuid: string; date: string } }
    expect(Event).toMatchObject({ uuid, date: manifest[uuid]?.date })
  }
  expect((await get(one.name, 'hashes.csv')).body).toContain(md5('198.51.100.9'))
  for (const path of ['../manifest.json', 'manifest.json/', `${randomUUID()}.json`, 'x.json'])
    expect((await get(one.name, path)).status).toBe(404)
})

test('what is given out as MISP is read again by our own reader: values, markings, what was withdrawn', async () => {
  await enrol('reader', 'client')
  const feed = await mispFeed({ hub: hub(), peer: 'reader', nowMs })
  expect(feedFiles(feed.events.map(({ Event }) => Event))).toEqual(feed)
  const attributes = feed.events.flatMap(({ Event }) => Event.Attribute)
  const file = async function* () {
    yield Buffer.from(JSON.stringify({ response: feed.events }))
  }
  const read = await readValues(file(), 10_000)
  const live = attributes.filter(({ deleted }) => !deleted)
  expect(live.length).toBeLessThan(attributes.length)
  expect(read.values.map(({ key }) => key).toSorted()).toEqual(
    live.map(({ value }) => value).toSorted(),
  )
  const markings = new Map(read.values.map(({ key, marking }) => [key, marking]))
  for (const { value, Tag } of live)
    expect(Tag.map(({ name }) => name)).toContain(`tlp:${markings.get(value) ?? ''}`)
  // The same feed at another time is the same, byte for byte.
  nowMs += 60 * SECOND_MS
  expect(await mispFeed({ hub: hub(), peer: 'reader', nowMs })).toEqual(feed)
})

const FIXTURES = joinPath(
  import.meta.dirname,
  '../../../../shared/data/sharing/misp-guard/fixtures',
)
describe.skipIf(!existsSync(FIXTURES))('events of others, given out again', () => {
  test('an event whose tags say nothing, or too much, leaves for nobody', async () => {
    const community = await enrol('neighbour', 'community')
    const all = readdirSync(FIXTURES).filter((file) => file.endsWith('.json'))
    let [left, stayed] = [0, 0]
    for (const file of all) {
      const bytes = readFileSync(joinPath(FIXTURES, file))
      const read = await readValues(
        (async function* () {
          yield bytes
        })(),
        10_000,
      )
      const values = read.values.map(({ key, marking }, at) => ({
        name: key,
        pattern: `[domain-name:value = 'f${all.indexOf(file)}-${at}.fixture.example']`,
        confidence: 50,
        marking: (marking ?? read.marking) || undefined,
        untilMs: undefined,
      }))
      const ask = PublishAskSchema.parse({})
      await publishValues({ records, secret: 's', ask, who: 'Ann', nowMs }, values)
      const text = await textOf(community.name)
      for (const [at, { marking }] of values.entries()) {
        const isThere = text.includes(`f${all.indexOf(file)}-${at}.fixture.example`)
        expect(isThere).toBe(marking === 'green' || marking === 'clear')
        if (isThere) left += 1
        else stayed += 1
      }
    }
    expect(left + stayed).toBeGreaterThan(0)
  })
})
