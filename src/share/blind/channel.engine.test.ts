// Blind matching between a hub and a station, over real sockets, with the station's values in a real engine.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HOUR_MS } from '../../core/index.ts'
import { valueSeen, valuesSince } from '../../detect/index.ts'
import { BLIND_KINDS, SensitiveAskSchema, classOfKind } from '../../model/index.ts'
import type { BlindHit } from '../../model/index.ts'
import { migrateEvents, openEmbeddedEngine, trusted } from '../../store/index.ts'
import type { EventEngine, Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { figures, publishFigures } from '../hub/figures.ts'
import { openHub } from '../hub/open-hub.ts'
import type { RunningHub } from '../hub/open-hub.ts'
import { SIGHTINGS_ALIAS } from '../hub/places.ts'
import { hubLink } from '../member/hub-link.ts'
import type { HubLink } from '../member/hub-link.ts'
import { joinHub } from '../member/join-hub.ts'
import { flush, readOutbox } from '../member/outbox.ts'
import { draftAgreement } from '../peer/agreement.ts'
import { encodeHubCode } from '../peer/hub-code.ts'
import { findPeer, invite } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { openSelf } from '../peer/self.ts'
import { openStationKey } from '../peer/station-key.ts'
import { addRemote, remoteCollections, walkObjects } from '../taxii/client.ts'
import { askHub } from './ask-hub.ts'
import { switchAsking } from './asking-records.ts'
import { PLAIN_SEAL } from './blind.test-helper.ts'
import { setBudget } from './budgets.ts'
import { Crunch } from './crunch.ts'
import { rotateEpoch } from './epochs.ts'
import { decideHits, listHits } from './hits.ts'
import type { BlindStation } from './round.ts'
import { addSensitive, listSensitive } from './sensitive.ts'
import { blindState } from './state.ts'

// Budgets are of an hour and a day: the clock begins in the middle of an hour, so that neither ends meanwhile.
const aheadMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS / 2 - Date.now()
const clock = { nowMs: () => Date.now() + aheadMs }

const folder = mkdtempSync(join(tmpdir(), 'vigie-blind-'))
let hub: RunningHub
let hubRecords: Records
let records: Records
let engine: EventEngine
let link: HubLink
let station: BlindStation
const shown: BlindHit[] = []

beforeAll(async () => {
  hubRecords = await openTemporaryRecords()
  records = await openTemporaryRecords()
  engine = await openEmbeddedEngine({
    folder: join(folder, 'events'),
    memoryMib: 800,
    intakeLanes: 1,
    askLanes: 1,
  })
  await migrateEvents(engine)
  const self = await openSelf(hubRecords, 'Centre', clock.nowMs())
  await openSelf(records, 'Town', clock.nowMs())
  const hubKey = await openStationKey(join(folder, 'hub'), clock)
  const key = await openStationKey(join(folder, 'own'), clock)
  hub = await openHub({
    records: hubRecords,
    clock: clock,
    key: hubKey,
    seal: PLAIN_SEAL,
    host: '127.0.0.1',
    port: 0,
    cohortFloor: 1,
    onTrouble: (cause) => {
      throw cause
    },
  })
  const agreement = draftAgreement({
    hub: self,
    terms: { relation: 'client', approval: 'each', onward: false, days: 30 },
    cohortFloor: 2,
    nowMs: clock.nowMs(),
  })
  const { secret } = await invite(hubRecords, { name: 'town', agreement, nowMs: clock.nowMs() })
  const address = `127.0.0.1:${hub.port}`
  const code = encodeHubCode({ address, pin: hubKey.pin, secret })
  const joining = { records, key, nowMs: clock.nowMs() }
  const { digest } = await joinHub(joining, { code })
  await joinHub(joining, { code, accept: digest, by: 'Ann' })
  link = hubLink({ address, pin: hubKey.pin }, key)
  station = {
    engine,
    crunch: new Crunch(),
    fresh: ({ class: name, ...ask }) =>
      valuesSince(engine.ask, {
        ...ask,
        kinds: BLIND_KINDS.filter((kind) => classOfKind(kind) === name),
      }),
    isWarned: (_, value) => value === 'common.example.org',
    seen: (kind, value) => valueSeen(engine.ask, { kind, value }),
    onHits: async (_, hits) => void shown.push(...hits),
  }
  await events([
    ['45.9.148.7', 'mail.bad.ca'],
    ['45.9.148.7', 'common.example.org'],
    ['10.1.2.3', 'printer.local'],
    ['2001:db8:5::9', 'not a name'],
  ])
}, 60_000)
afterAll(async () => {
  link.close()
  station.crunch.close()
  await hub.close()
  await records.destroy()
  await hubRecords.destroy()
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

async function events(rows: readonly (readonly [string, string])[]): Promise<void> {
  const time = `fromUnixTimestamp64Milli(${clock.nowMs()})`
  const values = rows.map(
    ([address, name], at) => `(${time}, ${time}, 't', 'b', ${at}, toIPv6('${address}'), '${name}')`,
  )
  await engine.ask.command(
    trusted(
      `INSERT INTO events (time, received, source, batch, line, dst_ip, dns_query) VALUES ${values.join(', ')}`,
    ),
  )
}

const HUB = 'centre'
async function peer(): Promise<PeerRow> {
  const row = await findPeer(records, HUB)
  if (row === undefined) throw new Error('not joined')
  return row
}
async function round(): Promise<boolean> {
  const signal = new AbortController().signal
  const at = { records, station, peer: await peer(), link, nowMs: clock.nowMs(), signal }
  return askHub({ ...at, onTold: () => undefined })
}
const now = () => ({ who: 'Bea', nowMs: clock.nowMs() })
async function add(kind: string, value: string, marking = 'amber'): Promise<void> {
  const ask = SensitiveAskSchema.parse({ marking, note: 'Call 1 800 555 0100' })
  const path = kind === 'address' ? 'ipv4-addr:value' : 'domain-name:value'
  const values = [{ kind, value, pattern: `[${path} = '${value}']` }]
  await addSensitive(hub.blind, values, { ask, audience: undefined, ...now() })
}
const spent = async () =>
  (await blindState({ records: hubRecords, engine, hub: hub.blind, nowMs: clock.nowMs() })).hub
    ?.members[0]
const asking = async () =>
  (await blindState({ records, engine, hub: undefined, nowMs: clock.nowMs() })).asking[0]

test('nothing is asked before a named person switched it on, nor without the consent that this was', async () => {
  await add('address', '45.9.148.7')
  await add('domain', 'bad.ca')
  await add('address', '45.9.148.99')
  await add('address', '2001:db8:5::9', 'amber+strict')
  await round()
  expect(await spent()).toMatchObject({ asked: { address: 0, other: 0 } })
  await switchAsking(records, { peer: HUB, isOn: true, tell: 'each' }, now())
  const { id } = await records
    .selectFrom('share_consents')
    .select('id')
    .where('kinds', '@>', '["blind-question"]')
    .executeTakeFirstOrThrow()
  await records
    .updateTable('share_consents')
    .set({ revoked: new Date(clock.nowMs()) })
    .where('id', '=', id)
    .execute()
  await round()
  expect((await asking())?.problem?.sentence.en).toContain('no consent of the owner')
  expect(await spent()).toMatchObject({ asked: { address: 0, other: 0 } })
})

test('a station learns which of its values stand in the list, and the hub nothing but how many were asked', async () => {
  await switchAsking(records, { peer: HUB, isOn: true, tell: 'each' }, now())
  expect(await round()).toBe(false)
  const hits = await listHits(records)
  expect(
    hits
      .map(({ kind, value, events: count, state, note }) => [kind, value, count, state, note])
      .toSorted(([, one], [, other]) => String(one).localeCompare(String(other))),
  ).toEqual([
    ['address', '45.9.148.7', 2, 'new', 'Call 1 800 555 0100'],
    // The name above what was met.
    ['domain', 'bad.ca', 1, 'new', 'Call 1 800 555 0100'],
  ])
  // What the marking keeps from a client is not in its list.
  expect(hits.map(({ value }) => value)).not.toContain('2001:db8:5::9')
  expect(shown).toHaveLength(2)
  // Two addresses from outside; two names and the one above each, without what a warning list holds.
  expect(await spent()).toMatchObject({
    asked: { address: 2, other: 3 },
    refused: { address: 0, other: 0 },
  })
  expect(await asking()).toMatchObject({ asked: 5, listed: 1024, problem: null })
  expect(await figures(hubRecords, {})).toEqual([])
  const { rows } = await engine.ask.query(trusted("SELECT value FROM blind_values WHERE tag = ''"))
  expect(rows).toEqual([{ value: 'common.example.org' }])
})

test('a value is asked about once under a key; what the hub adds later is met without a question', async () => {
  await events([['192.0.2.77', 'fresh.ca']])
  await round()
  const before = await spent()
  expect(before?.asked).toEqual({ address: 3, other: 4 })
  await add('domain', 'fresh.ca')
  await round()
  expect((await spent())?.asked).toEqual(before?.asked)
  expect(shown.map(({ value }) => value)).toContain('fresh.ca')
})

test('a hit goes to the hub when a person says so, as a sighting that the policy has let out; made-up ones are refused', async () => {
  const hits = await listHits(records)
  const [address] = hits.filter(({ value }) => value === '45.9.148.7')
  const [domain] = hits.filter(({ value }) => value === 'bad.ca')
  if (address === undefined || domain === undefined) throw new Error('not met')
  expect(await decideHits(records, [domain.id], { tell: false, ...now() })).toBe(1)
  expect(await decideHits(records, [address.id], { tell: true, ...now() })).toBe(1)
  const [out] = await readOutbox(records, { state: 'ready', limit: 10 })
  expect(out).toMatchObject({ decidedBy: 'Bea', body: { type: 'sighting', count: 2 } })
  expect(JSON.stringify(out?.body)).not.toContain('45.9')
  const send = (objects: Parameters<typeof addRemote>[2]) =>
    addRemote(link.taxii, SIGHTINGS_ALIAS, objects)
  await flush(records, { peer: await peer(), send, nowMs: clock.nowMs() })
  const { sensitive } = await listSensitive(hubRecords)
  expect(sensitive.filter(({ members }) => members > 0).map(({ value }) => value)).toEqual([
    '45.9.148.7',
  ])
  const madeUp = {
    ...out?.body,
    id: 'sighting--00000000-0000-4000-8000-000000000001',
    sighting_of_ref: 'indicator--00000000-0000-4000-8000-000000000002',
  }
  expect((await send([madeUp])).failures[0]?.message).toContain('no indicator of this hub')
})

test('by TAXII nothing tells that there is a sensitive value: no collection, no object, no figure', async () => {
  await publishFigures({ records: hubRecords, cohortFloor: 1 }, clock)
  const collections = await remoteCollections(link.taxii)
  expect(new Set(collections.map(({ alias }) => alias))).toEqual(
    new Set(['figures', 'indicators', 'sightings', 'urgent']),
  )
  for (const { id, can_read: canRead } of collections) {
    if (!canRead) continue
    for await (const { objects } of walkObjects(link.taxii, { collection: id, match: {} }))
      expect(objects).toEqual([])
  }
})

test('a member that asks more than its budget is refused, counted, and told when there is more', async () => {
  await setBudget(hubRecords, { peer: 'town', address: 12, other: 100_000 }, now())
  await events(Array.from({ length: 40 }, (_, at) => [`198.51.100.${at}`, ''] as const))
  await round()
  expect((await spent())?.asked.address).toBe(3)
  const values = Array.from({ length: 13 }, (_, at) => ({
    kind: 'address' as const,
    value: `203.0.113.${at}`,
  }))
  const blinded = await station.crunch.blind(values.map(({ value }) => Buffer.from(value)))
  const question = {
    epoch: (await asking())?.epoch,
    class: 'address',
    blinded: Buffer.concat(blinded.map((one) => one.blinded)).toString('base64'),
  }
  const refused = await link.post('/vigie/blind/evaluate', question)
  expect([refused.status, await refused.json()]).toEqual([429, { refused: 'budget of the day' }])
  expect((await spent())?.refused.address).toBe(13)
  await setBudget(hubRecords, { peer: 'town', address: 1000, other: 100_000 }, now())
  await round()
  expect((await spent())?.asked.address).toBe(43)
})

test.each([
  ['not readable', 400, {}],
  ['not readable', 400, { epoch: 1, class: 'address', blinded: 'x'.repeat(60_000) }],
  [
    'no element',
    400,
    { epoch: 1, class: 'address', blinded: Buffer.alloc(33, 1).toString('base64') },
  ],
  ['no element', 400, { epoch: 1, class: 'address', blinded: Buffer.alloc(64).toString('base64') }],
  [
    'another epoch',
    409,
    { epoch: 7, class: 'address', blinded: Buffer.alloc(64).toString('base64') },
  ],
])('a question is refused with its reason: %s', async (reason, status, body) => {
  const answer = await link.post('/vigie/blind/evaluate', body)
  expect([answer.status, await answer.json()]).toEqual([status, { refused: reason }])
})

test('a new epoch destroys the former keys, and everything is asked anew; what was met is not shown again', async () => {
  const before = shown.length
  await rotateEpoch(hub.blind, { by: 'Bea', nowMs: clock.nowMs() })
  expect(
    await hubRecords
      .selectFrom('blind_epochs')
      .select('epoch')
      .where('sealed_keys', 'is not', null)
      .execute(),
  ).toEqual([{ epoch: 2 }])
  await round()
  expect(await asking()).toMatchObject({ epoch: 2, problem: null, asked: 47 })
  expect(shown).toHaveLength(before)
})

test('another key for the same epoch, or an earlier epoch, and nothing is asked', async () => {
  const before = await spent()
  const { public_keys: kept } = await records
    .selectFrom('blind_hubs')
    .select('public_keys')
    .executeTakeFirstOrThrow()
  const set = (change: { epoch?: number; public_keys?: string }) =>
    records.updateTable('blind_hubs').set(change).execute()
  await set({ public_keys: JSON.stringify({ address: 'ab'.repeat(32), other: 'cd'.repeat(32) }) })
  await events([['192.0.2.99', '']])
  await round()
  expect((await asking())?.problem).toMatchObject({ code: 'key changed' })
  await set({ public_keys: JSON.stringify(kept), epoch: 3 })
  await round()
  expect((await asking())?.problem).toMatchObject({ code: 'epoch went back' })
  expect(await spent()).toEqual(before)
  await set({ epoch: 2 })
  await round()
  expect((await asking())?.problem).toBeNull()
})

test('by a rule that a person recorded, hits are told without another look', async () => {
  await switchAsking(records, { peer: HUB, isOn: true, tell: 'rule' }, now())
  await add('address', '192.0.2.99')
  await round()
  const [hit] = (await listHits(records)).filter(({ value }) => value === '192.0.2.99')
  expect(hit).toMatchObject({ state: 'told', by: 'Bea' })
})
