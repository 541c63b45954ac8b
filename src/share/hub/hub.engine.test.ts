// A hub's port, met by real sockets: members by their keys, and those who lie, ask for too much or for what is not theirs.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../core/index.ts'
import { PublishAskSchema } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { PLAIN_SEAL } from '../blind/blind.test-helper.ts'
import { hubLink } from '../member/hub-link.ts'
import type { HubLink } from '../member/hub-link.ts'
import { draftAgreement, digestOf } from '../peer/agreement.ts'
import { endPeer, findPeer, invite, join as joinPeer } from '../peer/peers.ts'
import { openSelf } from '../peer/self.ts'
import type { Self } from '../peer/self.ts'
import { openStationKey } from '../peer/station-key.ts'
import type { StationKey } from '../peer/station-key.ts'
import type { JsonObject } from '../stix/problem.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import {
  TaxiiClientError,
  addRemote,
  discover,
  remoteCollections,
  walkManifest,
  walkObjects,
} from '../taxii/client.ts'
import { indicator } from '../taxii/server.test-helper.ts'
import { figures, publishFigures } from './figures.ts'
import { openHub } from './open-hub.ts'
import type { RunningHub } from './open-hub.ts'
import { readPassedOn } from './passed-on.ts'
import { previewOf } from './preview.ts'
import { prepareObjects, publishObjects, publishValues } from './publish.ts'
import { relay } from './relay.ts'
import { traceOf } from './trace.ts'
import { withdraw } from './withdraw.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-hub-'))
let records: Records
let hub: RunningHub
let hubKey: StationKey
let self: Self
const troubles: unknown[] = []
const links: HubLink[] = []

beforeAll(async () => {
  records = await openTemporaryRecords()
  self = await openSelf(records, 'Regional centre', Date.now())
  hubKey = await openStationKey(join(folder, 'hub'), systemClock)
  hub = await openHub({
    records,
    clock: systemClock,
    key: hubKey,
    host: '127.0.0.1',
    port: 0,
    cohortFloor: 3,
    seal: PLAIN_SEAL,
    paces: { member: { aSecond: 5, atOnce: 60 }, stranger: { aSecond: 20, atOnce: 60 } },
    onTrouble: (cause) => troubles.push(cause),
  })
})
afterAll(async () => {
  for (const link of links) link.close()
  await hub.close()
  await records.destroy()
  rmSync(folder, { recursive: true, force: true })
  expect(troubles).toEqual([])
})

const keyOf = (name: string) => openStationKey(join(folder, name), systemClock)
const linkOf = (key: StationKey, pin = hubKey.pin): HubLink => {
  const link = hubLink({ address: `127.0.0.1:${hub.port}`, pin }, key)
  links.push(link)
  return link
}
const identityOf = (at: number) =>
  `identity--00000000-0000-4000-8000-${String(at).padStart(12, '0')}`

type Relation = 'organisation' | 'client' | 'community'
async function offer(name: string, relation: Relation = 'client') {
  const agreement = draftAgreement({
    hub: self,
    terms: { relation, approval: 'automatic', onward: false, days: 30 },
    cohortFloor: 3,
    nowMs: Date.now(),
  })
  const { secret } = await invite(records, { name, agreement, nowMs: Date.now() })
  return { secret, digest: digestOf(agreement) }
}

let joined = 0
async function member(name: string, relation: Relation = 'client') {
  joined += 1
  const identity = identityOf(joined)
  const key = await keyOf(name)
  const link = linkOf(key)
  const offered = await offer(name, relation)
  const body = { ...offered, identity, organisation: name, acceptedBy: 'Ann' }
  expect((await link.post('/vigie/join', body)).status).toBe(200)
  return { key, link, identity, body }
}

const ask = (change: object = {}) => PublishAskSchema.parse(change)
const publication = (change: object = {}) => ({
  records,
  secret: 'secret',
  ask: ask(change),
  who: 'Coordinator',
  nowMs: Date.now(),
})
const marked = (at: number, label: 'green' | 'amber' | 'amber+strict' = 'green', change = {}) =>
  indicator(at, {
    created_by_ref: self.identity,
    object_marking_refs: [markingOfLabel(label)],
    ...change,
  })

async function readAll(link: HubLink, collection = 'indicators'): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const { objects } of walkObjects(link.taxii, { collection }))
    for (const object of objects) ids.push(String((object as JsonObject)['id']))
  return ids
}

const sighting = (identity: string, about: string, change: object = {}) => ({
  type: 'sighting',
  spec_version: '2.1',
  id: `sighting--${crypto.randomUUID()}`,
  created_by_ref: identity,
  created: '2026-04-06T20:03:48.000Z',
  modified: '2026-04-06T20:03:48.000Z',
  first_seen: '2026-04-06T20:03:48.000Z',
  last_seen: '2026-04-06T20:03:48.000Z',
  count: 3,
  sighting_of_ref: about,
  where_sighted_refs: [identity],
  object_marking_refs: [markingOfLabel('amber')],
  ...change,
})

describe('joining', () => {
  test('takes a code once, by one key, for the agreement that was read', async () => {
    const { link, body } = await member('first')
    // An answer that was lost is asked for again.
    expect((await link.post('/vigie/join', body)).status).toBe(200)
    const thief = linkOf(await keyOf('thief'))
    const stolen = { ...body, identity: identityOf(900) }
    expect((await thief.post('/vigie/join', stolen)).status).toBe(403)
    const other = await offer('second')
    const wrong = { ...other, digest: 'a'.repeat(64), acceptedBy: 'Eve', organisation: 'x' }
    const answer = await thief.post('/vigie/join', { ...wrong, identity: identityOf(901) })
    expect(await answer.json()).toMatchObject({ error_code: 'agreement' })
    const asAnother = { ...other, identity: body.identity, acceptedBy: 'Eve', organisation: 'x' }
    const taken = await thief.post('/vigie/join', asAnother)
    expect(await taken.json()).toMatchObject({ error_code: 'identity' })
  })

  test('a stranger learns nothing, whatever it asks', async () => {
    const stranger = linkOf(await keyOf('stranger'))
    await expect(discover(stranger.taxii)).rejects.toMatchObject({ trouble: { status: 401 } })
    await expect(remoteCollections(stranger.taxii)).rejects.toMatchObject({
      trouble: { status: 401 },
    })
    const answer = await stranger.post('/vigie/offer', { secret: 'a'.repeat(24) })
    expect(await answer.json()).toMatchObject({ error_code: 'code' })
  })

  test('a key that is not the pinned one gets nothing from a member', async () => {
    const link = linkOf(await keyOf('careful'), 'f'.repeat(64))
    await expect(discover(link.taxii)).rejects.toMatchObject({ trouble: { kind: 'unreachable' } })
  })
})

describe('what goes down', () => {
  test('goes by marking, audience and time, and leaves a trace', async () => {
    const near = await member('near')
    const far = await member('far', 'community')
    await publishObjects(publication(), [marked(1), marked(2, 'amber'), marked(3, 'amber+strict')])
    await publishObjects(publication({ audience: 'far' }), [marked(4)])
    const later = new Date(Date.now() + 3_600_000).toISOString()
    await publishObjects(publication({ release: later }), [marked(5)])
    await publishObjects(publication({ community: 'Nation' }), [marked(6)])
    const id = (at: number) => marked(at)['id']
    // What was shown before is what happens.
    const prepared = await prepareObjects(publication(), [marked(2, 'amber'), {}])
    const shown = await previewOf({ records, cohortFloor: 3 }, prepared, Date.now())
    const bound = await prepareObjects(publication({ audience: 'far' }), [marked(1)])
    const seenBy = await previewOf({ records, cohortFloor: 3 }, bound, Date.now())
    const named = seenBy.objects[0]?.peers.filter(({ verdict }) => verdict === 'send')
    expect(named?.map(({ peer }) => peer)).toEqual(['far'])
    expect(seenBy.objects[0]?.body).toEqual(marked(1))
    const saw = shown.objects[0]?.peers.filter(({ peer }) => ['near', 'far'].includes(peer))
    expect(saw).toEqual([
      {
        peer: 'far',
        verdict: 'refuse',
        reasons: [{ rule: 'marking forbids', about: 'amber', path: '' }],
      },
      { peer: 'near', verdict: 'send', reasons: [] },
    ])
    expect(shown.refused).toHaveLength(1)
    expect(await readAll(near.link)).toEqual([id(1), id(2)])
    expect(await readAll(far.link)).toEqual([id(1), id(4)])
    const manifest: unknown[] = []
    for await (const { objects } of walkManifest(near.link.taxii, { collection: 'indicators' }))
      manifest.push(...objects)
    expect(JSON.stringify(manifest)).not.toContain(id(4))
    // Asked for again, in other pages too, it is known once.
    await readAll(near.link)
    for await (const _ of walkObjects(near.link.taxii, { collection: 'indicators', limit: 1 })) {
      // Each page by itself.
    }
    const { rows } = await records
      .selectFrom('share_deliveries')
      .select((by) => by.fn.countAll<string>().as('rows'))
      .where('peer', '=', 'near')
      .executeTakeFirstOrThrow()
    expect(Number(rows)).toBe(1)
    expect((await traceOf(records, id(2))).given).toMatchObject([{ peer: 'near' }])
    expect((await traceOf(records, id(3))).given).toEqual([])
  })

  test('what carries no marking is not given out, or as a marked copy of the hub’s own', async () => {
    const plain = indicator(20)
    const refused = await publishObjects(publication(), [plain, { type: 'indicator' }])
    expect(refused).toMatchObject({ added: 0, refused: [{ reason: /no marking/ }, {}] })
    expect(await publishObjects(publication({ marking: 'green' }), [plain])).toMatchObject({
      added: 1,
    })
    expect(await publishObjects(publication({ marking: 'green' }), [plain])).toMatchObject({
      known: 1,
    })
    const red = await publishObjects(publication({ marking: 'red' }), [indicator(21)])
    expect(red.added).toBe(0)
    const copies = await records
      .selectFrom('taxii_objects')
      .select('body')
      .where('body', 'like', '%Indicator 20%')
      .execute()
    expect(copies).toHaveLength(1)
    expect(copies[0]?.body).not.toContain(plain['id'])
    expect(copies[0]?.body).toContain(self.identity)
  })

  test('a value of a list becomes another version when it changes, and is withdrawn for good', async () => {
    const value = {
      name: 'v',
      pattern: "[ipv4-addr:value = '192.0.2.9']",
      marking: 'green',
      untilMs: undefined,
    } as const
    const publish = (confidence: number) => publishValues(publication(), [{ ...value, confidence }])
    expect([await publish(50), await publish(50), await publish(60)]).toMatchObject([
      { added: 1, known: 0 },
      { added: 0, known: 1 },
      { added: 1, known: 0 },
    ])
    const { id } = await records
      .selectFrom('taxii_objects')
      .select('id')
      .where('body', 'like', '%192.0.2.9%')
      .executeTakeFirstOrThrow()
    await withdraw(publication(), id)
    expect(await publish(70)).toMatchObject({ added: 0, refused: [{ id }] })
  })

  test('a question held open is answered by what the member may know alone', async () => {
    const waiting = await member('waiting', 'community')
    const [last] = (await readAll(waiting.link)).slice(-1)
    expect(last).toBeDefined()
    const cursor = new Date(Date.now() + 1).toISOString()
    const asked = async () => {
      for await (const { objects } of walkObjects(waiting.link.taxii, {
        collection: 'urgent',
        addedAfter: cursor,
        waitSeconds: 3,
      }))
        return objects
      return []
    }
    const startedMs = performance.now()
    const hidden = asked()
    await new Promise((resolve) => setTimeout(resolve, 50))
    await publishObjects(publication({ priority: 'urgent' }), [marked(30, 'amber')])
    expect(await hidden).toEqual([])
    expect(performance.now() - startedMs).toBeGreaterThan(2500)
    const open = asked()
    await new Promise((resolve) => setTimeout(resolve, 50))
    await publishObjects(publication({ priority: 'urgent' }), [marked(31)])
    expect(await open).toMatchObject([{ id: marked(31)['id'] }])
  })
})

describe('what comes up', () => {
  test('is a member’s own sighting of what it may know, and nothing else', async () => {
    const liar = await member('liar')
    await publishObjects(publication(), [marked(40), marked(41, 'amber+strict')])
    const [about, secret] = [marked(40)['id'], marked(41)['id']]
    const ahead = new Date(Date.now() + 86_400_000).toISOString()
    const report = await addRemote(liar.link.taxii, 'sightings', [
      sighting(liar.identity, about),
      sighting(identityOf(1), about),
      sighting(liar.identity, about, { where_sighted_refs: [identityOf(1)] }),
      sighting(liar.identity, secret),
      sighting(liar.identity, 'indicator--8e2e2d2b-17d4-4cbf-938f-999999999999'),
      sighting(liar.identity, about, { modified: ahead, last_seen: ahead }),
      sighting(liar.identity, about, { description: 'x'.repeat(70_000) }),
      marked(42),
    ])
    expect(report).toMatchObject({ success_count: 1, failure_count: 7 })
    const messages = report.failures.map(({ message = '' }) => message.split(':')[0])
    expect(messages).toEqual([
      'created_by_ref',
      'where_sighted_refs',
      'sighting_of_ref',
      'sighting_of_ref',
      'modified',
      'More than 65536 characters',
      'type',
    ])
    // What it may not know is answered as what is not there.
    expect(report.failures[2]?.message).toBe(report.failures[3]?.message)
    await expect(addRemote(liar.link.taxii, 'indicators', [marked(43)])).rejects.toMatchObject({
      trouble: { status: 403 },
    })
    await expect(readAll(liar.link, 'sightings')).rejects.toMatchObject({
      trouble: { status: 403 },
    })
  })

  test('what no database keeps is refused by its place, and what stands beside it is taken', async () => {
    const odd = await member('odd')
    await publishObjects(publication(), [marked(45)])
    const about = marked(45)['id']
    const [nul, half] = ['a\u0000b', 'a\ud800']
    const report = await addRemote(odd.link.taxii, 'sightings', [
      sighting(odd.identity, about),
      sighting(odd.identity, about, { description: nul }),
      sighting(odd.identity, about, { description: half }),
      sighting(odd.identity, about, { [`x_${nul}`]: 1 }),
      sighting(odd.identity, about, { modified: nul, id: nul }),
    ])
    expect(report).toMatchObject({ success_count: 1, failure_count: 4 })
    const messages = report.failures.map(({ message = '' }) => message)
    expect(messages[0]).toMatch(/^description: holds U\+0000/)
    expect(messages[1]).toMatch(/^description: holds U\+0000 or half/)
    for (const [body, reason] of [
      [{ known: '', answers: [{ comment: nul }] }, /^answers\[0\]\.comment: holds U\+0000/],
      [JSON.parse('['.repeat(80) + ']'.repeat(80)), /^deeper than 64/],
    ] as const) {
      const answer = await odd.link.post('/vigie/notices', body)
      expect(answer.status).toBe(422)
      expect(((await answer.json()) as { reason: string }).reason).toMatch(reason)
    }
  })

  test('said twice counts once, and a figure is given over enough members alone, in steps', async () => {
    await publishObjects(publication(), [marked(50)])
    const about = marked(50)['id']
    const reader = await member('reader')
    const members = await Promise.all(['m1', 'm2', 'm3', 'm4'].map((name) => member(name)))
    const tell = async (at: number, change = {}) => {
      const one = members[at]
      if (one === undefined) throw new Error('no member')
      const told = sighting(one.identity, about, change)
      await addRemote(one.link.taxii, 'sightings', [told, sighting(one.identity, about, change)])
      return addRemote(one.link.taxii, 'sightings', [told])
    }
    const publishAll = () => publishFigures({ records, cohortFloor: 3 }, systemClock)
    await tell(0)
    await tell(1)
    await tell(3, { count: 0 })
    await publishAll()
    expect(await readAll(reader.link, 'figures')).toEqual([])
    expect(await figures(records, { indicators: [about] })).toMatchObject([
      { members: 2, looked: 1 },
    ])
    await tell(2)
    await publishAll()
    await publishAll()
    expect(await readAll(reader.link, 'figures')).toHaveLength(1)
    const { body } = await records
      .selectFrom('taxii_objects')
      .select('body')
      .where('body', 'like', '%vigie:members=3%')
      .executeTakeFirstOrThrow()
    expect(body).not.toContain('first_seen')
    await tell(3, { count: 1, modified: '2026-04-07T20:03:48.000Z' })
    await publishAll()
    const versions = await records
      .selectFrom('taxii_objects')
      .select('body')
      .where('body', 'like', '%vigie:members=%')
      .execute()
    // Four members are still “at least three”.
    expect(versions).toHaveLength(1)
  })

  test('a flood is slowed, and others are not', async () => {
    const flooder = await member('flooder')
    const calm = await member('calm')
    const statuses = await Promise.all(
      Array.from({ length: 120 }, async () => (await flooder.link.post('/vigie/x', {})).status),
    )
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(10)
    expect(await remoteCollections(calm.link.taxii)).toHaveLength(4)
  })
})

test('who was revoked is out at once, and is told so', async () => {
  const { link, key } = await member('former')
  expect(await remoteCollections(link.taxii)).toHaveLength(4)
  await endPeer(records, { name: 'former', by: 'us', isTold: true, nowMs: Date.now() })
  hub.disconnect(key.pin)
  // A connection that was cut is not asked again: the next one is told why.
  let told: unknown
  for (let tries = 0; tries < 20 && told !== 403; tries += 1)
    told = await remoteCollections(link.taxii).catch((thrown: unknown) =>
      thrown instanceof TaxiiClientError && thrown.trouble.kind === 'refused'
        ? thrown.trouble.status
        : thrown,
    )
  expect(told).toBe(403)
  const left = await member('leaver')
  expect((await left.link.post('/vigie/leave', {})).status).toBe(200)
  expect((await left.link.post('/vigie/leave', {})).status).toBe(403)
})

test('a MISP feed is read at the port by the key on the line, traced, and by nobody else', async () => {
  const { link } = await member('misp')
  await publishObjects(publication(), [marked(71), marked(72, 'amber+strict')])
  const read = async (path: string): Promise<{ status: number; text: string }> => {
    const answer = await link.taxii.fetch(`https://127.0.0.1:${hub.port}/misp/${path}`)
    return { status: answer.status, text: await answer.text() }
  }
  const { status, text } = await read('manifest.json')
  expect(status).toBe(200)
  const [uuid = ''] = Object.keys(JSON.parse(text) as object)
  const event = await read(`${uuid}.json`)
  expect(event.text).toContain(marked(71)['id'].slice('indicator--'.length))
  expect(event.text).not.toContain(marked(72)['id'].slice('indicator--'.length))
  const given = await traceOf(records, marked(71)['id'])
  expect(given.given.map(({ peer }) => peer)).toContain('misp')
  const stranger = linkOf(await keyOf('misp-stranger'))
  expect((await stranger.getText('/misp/manifest.json')).status).toBe(401)
})

test('what is passed on from another hub is listed with whose it is, as long as that is agreed', async () => {
  const drafted = draftAgreement({
    hub: { identity: identityOf(800), organisation: 'Federal centre' },
    terms: { relation: 'client', approval: 'automatic', onward: true, days: 30 },
    cohortFloor: 3,
    nowMs: Date.now(),
  })
  const { hub: above } = drafted
  await joinPeer(records, {
    name: 'federal',
    role: 'hub',
    ...above,
    pin: 'e'.repeat(64),
    address: 'hub.example:8323',
    agreement: drafted,
    acceptedBy: 'Ann',
    nowMs: Date.now(),
  })
  const object = marked(60, 'amber', { created_by_ref: identityOf(800), name: 'Relay node' })
  await records
    .insertInto('share_received')
    .values({
      peer: 'federal',
      id: object['id'],
      version: object['modified'],
      type: 'indicator',
      body: JSON.stringify(object),
      state: 'taken',
      received: new Date(),
      is_urgent: false,
    })
    .execute()
  const row = await findPeer(records, 'federal')
  if (row === undefined) throw new Error('not joined')
  expect(await relay(records, row, Date.now())).toBe(1)
  expect(await readPassedOn(records, Date.now())).toMatchObject([
    { peer: 'federal', id: object['id'], name: 'Relay node', marking: 'amber', holds: true },
  ])
  await endPeer(records, { name: 'federal', by: 'us', isTold: true, nowMs: Date.now() })
  expect(await readPassedOn(records, Date.now())).toMatchObject([{ holds: false }])
  // What others count of places is theirs.
  await records.deleteFrom('taxii_objects').where('id', '=', object['id']).execute()
  await records.deleteFrom('taxii_collections').where('alias', 'like', '%-federal').execute()
})
