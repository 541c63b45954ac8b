// A station among hubs, over real sockets: one that is sound, one that goes away, and ones that lie.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { HOUR_MS, systemClock } from '../../core/index.ts'
import { PublishAskSchema } from '../../model/index.ts'
import type { SharingAgreement } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { PLAIN_SEAL, noBlind } from '../blind/blind.test-helper.ts'
import { readGivenContent } from '../content/content-at-hub.ts'
import type { ContentDesk } from '../content/content-desk.ts'
import { readReceivedContent } from '../content/content-records.ts'
import { decideContent } from '../content/content-round.ts'
import { openHubDoor } from '../hub/door.ts'
import type { HubDoor } from '../hub/door.ts'
import { figures } from '../hub/figures.ts'
import type { Asking } from '../hub/hub-answers.ts'
import { openHub } from '../hub/open-hub.ts'
import type { RunningHub } from '../hub/open-hub.ts'
import { publishObjects } from '../hub/publish.ts'
import { RENEWAL_PATHS } from '../hub/renewal-at-hub.ts'
import { withdraw } from '../hub/withdraw.ts'
import { digestOf, draftAgreement } from '../peer/agreement.ts'
import { readConsents, recordConsent } from '../peer/consents.ts'
import { encodeHubCode } from '../peer/hub-code.ts'
import { peerList } from '../peer/peer-list.ts'
import { agreementsWith, endPeer, findPeer, invite, join as joinPeer } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { offerOf, offerRenewal } from '../peer/renewal.ts'
import { openSelf } from '../peer/self.ts'
import type { Self } from '../peer/self.ts'
import { openStationKey } from '../peer/station-key.ts'
import type { StationKey } from '../peer/station-key.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import type { TaxiiAnswer } from '../taxii/asked.ts'
import { TAXII_MEDIA } from '../taxii/media-types.ts'
import { indicator } from '../taxii/server.test-helper.ts'
import type { Watch } from './answering.ts'
import { hubLink } from './hub-link.ts'
import { joinHub } from './join-hub.ts'
import { openMember } from './open-member.ts'
import type { Member } from './open-member.ts'
import { decideOutgoing, readOutbox, reconsiderAll } from './outbox.ts'
import { readReceived } from './received.ts'
import { acceptRenewal, hearAgreement } from './renew.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-member-'))
let [hubRecords, records]: Records[] = []
let [hubKey, ownKey]: StationKey[] = []
let [hubSelf, self]: Self[] = []
const closers: (() => Promise<void>)[] = []

beforeAll(async () => {
  hubRecords = await openTemporaryRecords()
  records = await openTemporaryRecords()
  hubSelf = await openSelf(hubRecords, 'Regional centre', Date.now())
  self = await openSelf(records, 'Town', Date.now())
  hubKey = await openStationKey(join(folder, 'hub'), systemClock)
  ownKey = await openStationKey(join(folder, 'own'), systemClock)
})
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})
afterAll(async () => {
  await hubRecords?.destroy()
  await records?.destroy()
  rmSync(folder, { recursive: true, force: true })
})

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not prepared')
  return value
}

const place = (port: number) => ({
  host: '127.0.0.1',
  port,
  key: given(hubKey),
  onTrouble: (cause: unknown) => {
    throw cause
  },
})
async function sound(port = 0): Promise<RunningHub> {
  const hub = await openHub({
    ...place(port),
    records: given(hubRecords),
    clock: systemClock,
    cohortFloor: 2,
    seal: PLAIN_SEAL,
  })
  closers.push(hub.close)
  return hub
}
async function lying(answer: (asking: Asking) => TaxiiAnswer): Promise<HubDoor> {
  const door = await openHubDoor({ ...place(0), answer: async (asking) => answer(asking) })
  closers.push(door.close)
  return door
}

/** Met by what the test says; searches are done at once. */
function watchOf(met: ReadonlyMap<string, number>, change: Partial<Watch> = {}): Watch {
  const sightings = new Map(
    [...met].map(([id, count]) => [id, { count, firstMs: 1e12, lastMs: 1.1e12 }]),
  )
  return {
    take: async () => ({ search: 's1', hunted: new Map(), unwatched: new Map() }),
    searchState: async () => 'done',
    met: async () => ({ sightings, unwatched: new Map() }),
    span: async () => ({ fromMs: 1e12, toMs: Date.now() }),
    ...change,
  }
}

function begin(watch: Watch, desk?: ContentDesk): Member {
  const member = openMember({
    records: given(records),
    key: given(ownKey),
    clock: systemClock,
    watch,
    desk,
    blind: noBlind(),
    isHub: false,
    waitSeconds: 1,
    onTrouble: (cause) => troubles.push(cause),
  })
  closers.push(member.close)
  return member
}
const troubles: unknown[] = []

async function until<T>(ask: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  const endMs = performance.now() + 15_000
  for (;;) {
    const value = await ask()
    if (isSo(value)) return value
    if (performance.now() > endMs)
      throw new Error(`not so: ${JSON.stringify(value)} ${JSON.stringify(troubles.map(String))}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const terms = { relation: 'client', approval: 'automatic', onward: false, days: 30 } as const
const agreementOf = (change: Partial<SharingAgreement['up']> = {}): SharingAgreement => {
  const drafted = draftAgreement({ hub: given(hubSelf), terms, cohortFloor: 2, nowMs: Date.now() })
  return { ...drafted, up: { ...drafted.up, ...change } }
}

async function code(port: number, name: string, agreement = agreementOf()): Promise<string> {
  const nowMs = Date.now()
  const { secret } = await invite(given(hubRecords), { name, agreement, nowMs })
  return encodeHubCode({ address: `127.0.0.1:${port}`, pin: given(hubKey).pin, secret })
}

async function joinWith(text: string, more: object = {}): Promise<string> {
  const joining = { records: given(records), key: given(ownKey), nowMs: Date.now() }
  const { digest } = await joinHub(joining, { code: text })
  const { joined } = await joinHub(joining, { code: text, accept: digest, by: 'Ann', ...more })
  return joined ?? ''
}

const publication = () => ({
  records: given(hubRecords),
  secret: 'secret',
  ask: PublishAskSchema.parse({}),
  who: 'Coordinator',
  nowMs: Date.now(),
})
const marked = (at: number, change = {}) =>
  indicator(at, {
    created_by_ref: given(hubSelf).identity,
    object_marking_refs: [markingOfLabel('green')],
    ...change,
  })
const idOf = (at: number) => marked(at)['id']
const receivedOf = async (at: number) =>
  (await readReceived(given(records), { limit: 1000 })).find(({ id }) => id === idOf(at))

describe('a sound hub', () => {
  test('gives, is answered, withdraws, goes away and comes back, and is left', async () => {
    const hub = await sound()
    const name = await joinWith(await code(hub.port, 'town'))
    const watch = watchOf(new Map([[idOf(1), 4]]))
    const member = begin(watch)
    await publishObjects(publication(), [marked(1), marked(2)])
    const counted = () => figures(given(hubRecords), { indicators: [idOf(1), idOf(2)] })
    expect(await until(counted, (found) => found.length === 2)).toMatchObject([
      { indicator: idOf(1), members: 1, looked: 0 },
      { indicator: idOf(2), members: 0, looked: 1 },
    ])
    const sentOnes = () => readOutbox(given(records), { state: 'sent', limit: 2 })
    const [sent] = await until(sentOnes, (all) => all.length === 2)
    expect(sent).toMatchObject({
      seenBy: { organisation: 'Regional centre', marking: 'amber' },
      body: { where_sighted_refs: [given(self).identity], type: 'sighting' },
    })
    await withdraw(publication(), idOf(2))
    await until(
      () => receivedOf(2),
      (row) => row?.state === 'withdrawn',
    )

    // The hub is away, things happen there, and it is found again where it was.
    await hub.close()
    closers.shift()
    await until(
      () => findPeer(given(records), name),
      (row) => row?.problem !== null,
    )
    expect((await peerList(given(records), Date.now()))[0]?.problem).toMatchObject({
      code: 'unreachable',
    })
    await publishObjects(publication(), [marked(3), marked(4)])
    await sound(hub.port)
    await until(
      () => receivedOf(4),
      (row) => row?.state === 'answered',
    )
    await until(
      () => findPeer(given(records), name),
      (row) => row?.problem === null,
    )
    const all = await given(hubRecords)
      .selectFrom('taxii_objects')
      .select('id')
      .where('type', '=', 'sighting')
      .where('collection', 'not in', ['6d0c5a0e-0b0f-4f0a-9a35-5d5e3f0e7a03'])
      .execute()
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)

    await endPeer(given(records), { name, by: 'us', isTold: false, nowMs: Date.now() })
    member.changed()
    await until(
      () => findPeer(given(hubRecords), 'town'),
      (row) => row?.state === 'ended',
    )
    expect(await findPeer(given(hubRecords), 'town')).toMatchObject({ ended_by: 'them' })
  })

  test('an answer waits for a person, or for a community, where that was agreed', async () => {
    const hub = await sound()
    const each = agreementOf({ approval: 'each' })
    const name = await joinWith(await code(hub.port, 'careful', each), { community: 'Nation' })
    await publishObjects(publication(), [marked(10)])
    const member = begin(watchOf(new Map([[idOf(10), 1]])))
    const outbox = () => readOutbox(given(records), { state: undefined, limit: 1000 })
    const about = (all: Awaited<ReturnType<typeof outbox>>) =>
      all.find(({ body }) => body['sighting_of_ref'] === idOf(10))
    const refused = about(await until(outbox, (all) => about(all) !== undefined))
    expect(refused).toMatchObject({
      state: 'refused',
      reasons: [{ rule: 'no consent of the community', about: 'Nation' }],
    })
    const consent = { by: 'Nation', purpose: 'defence', peers: [name], days: 10 }
    await recordConsent(given(records), consent, { who: 'Council', nowMs: Date.now() })
    await reconsiderAll(given(records), Date.now())
    const waiting = about(await until(outbox, (all) => about(all)?.state === 'waiting'))
    expect(await figures(given(hubRecords), { indicators: [idOf(10)] })).toEqual([])
    const seqs = [waiting?.seq ?? 0]
    expect(await decideOutgoing(given(records), { seqs, approve: true, who: 'Ann' })).toBe(1)
    member.nudge()
    await until(
      () => figures(given(hubRecords), { indicators: [idOf(10)] }),
      (found) => found[0]?.members === 1,
    )
    const sent = about(await until(outbox, (all) => about(all)?.state === 'sent'))
    expect(sent).toMatchObject({ decidedBy: 'Ann' })
    await endPeer(given(hubRecords), { name: 'careful', by: 'us', isTold: true, nowMs: Date.now() })
    await until(
      () => findPeer(given(records), name),
      (row) => row?.state === 'ended',
    )
  })

  test('another agreement holds alone once a person accepted the one that was read', async () => {
    const hub = await sound()
    const first = agreementOf({ kinds: ['sighting'] })
    const name = await joinWith(await code(hub.port, 'renewed', first))
    const link = hubLink(
      { address: `127.0.0.1:${hub.port}`, pin: given(hubKey).pin },
      given(ownKey),
    )
    closers.push(async () => link.close())
    const hear = () => hearAgreement(given(records), { peer: name, link })
    const offered = async () => offerOf((await findPeer(given(records), name)) as PeerRow)
    const offer = (agreement: SharingAgreement) =>
      offerRenewal(given(hubRecords), { name: 'renewed', agreement })
    const live = async (at: Records, peer: string) =>
      (await agreementsWith(at, peer)).filter(({ revoked }) => revoked === null)
    const accepting = { records: given(records), key: given(ownKey), nowMs: Date.now() }
    const accept = (digest: string) => acceptRenewal(accepting, { name, accept: digest, by: 'Ann' })
    await hear()
    expect(await offered()).toBeNull()
    expect(await offerRenewal(given(hubRecords), { name: 'nobody', agreement: first })).toBe(false)

    // What is shown says what the program does, whatever the hub's text says.
    const silent = { en: 'Nothing leaves.', fr: 'Rien ne sort.' }
    await offer({ ...agreementOf({ approval: 'automatic' }), text: silent })
    await hear()
    const shown = await offered()
    expect(shown).toMatchObject({ text: silent })
    expect(shown?.terms.en[0]).toContain('(note)')
    expect(shown?.former.en[0]).not.toContain('(note)')
    await expect(accept('0'.repeat(64))).rejects.toMatchObject({ code: 'BAD_REQUEST' })

    // Another was offered since it was read.
    const second = agreementOf({ approval: 'each' })
    await offer(second)
    await expect(accept(shown?.digest ?? '')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await live(given(records), name)).toEqual([{ agreement: first, revoked: null }])
    expect(await live(given(hubRecords), 'renewed')).toEqual([{ agreement: first, revoked: null }])

    // The hub took it and the station fell before it knew: it is offered still, and accepted again.
    const digest = digestOf(second)
    const taken = await link.post(RENEWAL_PATHS.accept, { digest, acceptedBy: 'Ann' })
    expect(taken.status).toBe(200)
    await hear()
    await accept((await offered())?.digest ?? '')
    for (const [at, peer] of [
      [given(records), name],
      [given(hubRecords), 'renewed'],
    ] as const) {
      expect(await live(at, peer)).toEqual([{ agreement: second, revoked: null }])
      expect((await agreementsWith(at, peer)).at(-1)?.agreement.id).toBe(second.id)
    }
    await hear()
    expect(await offered()).toBeNull()
    const consents = (await readConsents(given(records))).filter(
      ({ by, peers, revoked }) =>
        by === given(self).identity && peers?.[0] === name && revoked === null,
    )
    expect(consents.map(({ kinds }) => kinds)).toEqual([['sighting', 'note']])

    // In the name of another organisation than the one that was joined it is no offer.
    const other = { ...second, hub: { ...second.hub, identity: given(self).identity } }
    await offer(other)
    await hear()
    expect(await offered()).toBeNull()
    await endPeer(given(records), { name, by: 'us', isTold: true, nowMs: Date.now() })
    await expect(accept(digest)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('what cannot be looked for, or in nothing, is not answered as looked for', async () => {
    const hub = await sound()
    const name = await joinWith(await code(hub.port, 'empty', agreementOf()))
    await publishObjects(publication(), [marked(20), marked(21)])
    begin(
      watchOf(new Map(), {
        take: async (_, all) => ({
          search: 's1',
          hunted: new Map(),
          unwatched: new Map(all.flatMap(({ id }) => (id === idOf(20) ? [[id, 'pattern']] : []))),
        }),
        span: async () => undefined,
      }),
    )
    await until(
      () => receivedOf(21),
      (row) => row?.state === 'answered',
    )
    expect(await receivedOf(21)).toMatchObject({ reason: 'nothing stored', seen: null })
    expect(await receivedOf(20)).toMatchObject({ state: 'not watched', reason: 'pattern' })
    const outbox = await readOutbox(given(records), { state: undefined, limit: 1000 })
    expect(outbox.filter(({ body }) => body['sighting_of_ref'] === idOf(21))).toEqual([])
    await endPeer(given(records), { name, by: 'us', isTold: true, nowMs: Date.now() })
  })
})

/** Puts nothing anywhere; what it is asked is said by what it was made with. */
function deskOf(change: Partial<ContentDesk> = {}): ContentDesk & { readonly puts: () => number } {
  let puts = 0
  return {
    check: async ({ text }) => (text.includes('harm') ? '3:7 It would do harm.' : undefined),
    put: async () => void (puts += 1),
    look: async (all) =>
      new Map(all.map(({ object }) => [object, { kind: 'looking', search: 's' }])),
    looked: async () => ({ kind: 'done', met: undefined, span: { fromMs: 1e12, toMs: 1.1e12 } }),
    met: async () => new Map(),
    puts: () => puts,
    ...change,
  }
}

describe('rules, analytics and checks', () => {
  const content = (at: number, pattern: string, change = {}) =>
    marked(at, { pattern, pattern_type: 'sigma', name: pattern, ...change })
  const received = async (at: number) =>
    (await readReceivedContent(given(records))).find(({ object }) => object === idOf(at))
  const said = async (at: number) =>
    (await readGivenContent(given(hubRecords)))
      .find(({ object }) => object === idOf(at))
      ?.members.find(({ peer }) => peer === 'user')
  const person = () => ({ who: 'Ann', nowMs: Date.now() })
  const leave = async (name: string) => {
    const end = { by: 'us', isTold: true, nowMs: Date.now() } as const
    await endPeer(given(records), { ...end, name })
    await endPeer(given(hubRecords), { ...end, name: 'user' })
  }
  const later = '2026-05-01T00:00:00.000Z'

  test('wait for a person, are refused with their place, recalled, and leave with the hub', async () => {
    const hub = await sound()
    const name = await joinWith(await code(hub.port, 'user'))
    const long = 'x'.repeat(70_000)
    await publishObjects(publication(), [
      content(50, 'sound'),
      content(51, 'harm'),
      content(52, long),
      content(53, 'SELECT 1', { pattern_type: 'vigie-analytic' }),
    ])
    const desk = deskOf()
    const member = begin(watchOf(new Map()), desk)
    await until(
      () => said(50),
      (one) => one?.answer === 'asked',
    )
    // The hub's people read the reason with its place.
    expect(
      await until(
        () => said(51),
        (one) => one?.answer === 'refused',
      ),
    ).toMatchObject({
      reason: '3:7 It would do harm.',
      seen: null,
    })
    expect(
      (
        await until(
          () => said(52),
          (one) => one?.answer === 'refused',
        )
      )?.reason,
    ).toContain('70000 characters')
    // Another form than ours.
    expect(
      (
        await until(
          () => said(53),
          (one) => one?.answer === 'refused',
        )
      )?.reason,
    ).toContain('expected content analytic, format 1')

    const { version = '' } = (await received(50)) ?? {}
    const decision = { peer: name, object: idOf(50), version, accept: true }
    // What was read is what is decided on.
    expect(await decideContent(given(records), { ...decision, version: later }, person())).toBe(
      false,
    )
    expect(await decideContent(given(records), decision, person())).toBe(true)
    member.nudge()
    expect(
      await until(
        () => said(50),
        (one) => one?.seen === 0,
      ),
    ).toMatchObject({
      answer: 'in use',
    })
    const done = await until(
      () => received(50),
      (one) => one?.state === 'answered',
    )
    expect(done).toMatchObject({ used: { acceptedBy: 'Ann' } })

    // A version that does harm takes the place of nothing.
    await publishObjects(publication(), [content(50, 'harm', { modified: later })])
    await until(
      () => said(50),
      (one) => one?.answer === 'refused',
    )
    expect(await received(50)).toMatchObject({ state: 'not watched', used: { version } })
    await withdraw(publication(), idOf(50))
    await until(
      () => received(50),
      (one) => one?.state === 'withdrawn',
    )
    expect((await received(50))?.used).toBeNull()
    expect(desk.puts()).toBeGreaterThan(0)
    await leave(name)
  })

  test('come into use by themselves where that was agreed, until they end', async () => {
    const hub = await sound()
    const automatic = agreementOf()
    const agreed = { ...automatic, down: { ...automatic.down, content: 'automatic' as const } }
    const name = await joinWith(await code(hub.port, 'user', agreed))
    const ends = new Date(Date.now() + 3000).toISOString()
    await publishObjects(publication(), [
      content(54, 'sound'),
      content(55, 'brief', { valid_until: ends }),
    ])
    const sightings = { count: 3, firstMs: 1e12, lastMs: 1.1e12 }
    const looked = { kind: 'done', met: sightings, span: undefined } as const
    const member = begin(watchOf(new Map()), deskOf({ looked: async () => looked }))
    expect(
      await until(
        () => said(54),
        (one) => one?.seen === 3,
      ),
    ).toMatchObject({ answer: 'in use' })
    expect(await received(54)).toMatchObject({ used: { acceptedBy: null } })
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, Date.parse(ends) - Date.now())))
    member.nudge()
    await until(
      () => received(55),
      (one) => one?.state === 'withdrawn',
    )
    expect(await received(55)).toMatchObject({ reason: 'expired', used: null })
    await leave(name)
  })
})

describe('a hub that lies', () => {
  const COLLECTIONS = {
    collections: [{ id: 'c1', title: 'All', alias: 'urgent', can_read: true, can_write: false }],
  }
  const answer = (body: unknown, headers: Record<string, string> = {}): TaxiiAnswer => ({
    status: 200,
    headers: { 'content-type': TAXII_MEDIA, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const hubOf = (objects: () => TaxiiAnswer) =>
    lying(({ request }) =>
      request.path.endsWith('/collections/') ? answer(COLLECTIONS) : objects(),
    )
  const LAST = 'x-taxii-date-added-last'
  const past = '2026-01-01T00:00:00.000000Z'

  async function met(objects: () => TaxiiAnswer, pin = given(hubKey).pin) {
    const door = await hubOf(objects)
    await given(records).deleteFrom('share_received').execute()
    await given(records).deleteFrom('share_sync').execute()
    await joinPeer(given(records), {
      name: 'liar',
      role: 'hub',
      organisation: 'Liar',
      identity: given(hubSelf).identity,
      pin,
      address: `127.0.0.1:${door.port}`,
      agreement: agreementOf(),
      acceptedBy: 'Ann',
      nowMs: Date.now(),
    })
    begin(watchOf(new Map()))
    const peer = async () =>
      (await peerList(given(records), Date.now())).find(({ name }) => name === 'liar')
    return { peer, kept: () => readReceived(given(records), { limit: 1000 }) }
  }

  const far = new Date(Date.now() + 24 * HOUR_MS).toISOString()
  test.each([
    [
      'a time that has not come',
      'time travel',
      () => answer({ objects: [marked(30)] }, { [LAST]: far.replace('Z', '000Z') }),
    ],
    [
      'more objects than a page holds',
      'flood',
      () =>
        answer(
          { objects: Array.from({ length: 10_001 }, (_, at) => ({ id: `x${at}` })) },
          { [LAST]: past },
        ),
    ],
    ['no TAXII', 'not taxii', () => answer('<html>')],
    [
      'what is nested too deep',
      'not taxii',
      () => answer(`{"objects":${'['.repeat(200)}${']'.repeat(200)}}`),
    ],
    [
      'the same token again',
      'no progress',
      () => answer({ more: true, next: 'n', objects: [] }, { [LAST]: past }),
    ],
    ['a redirect', 'unreachable', () => ({ status: 302, headers: { location: '/' }, body: '' })],
  ])('%s is told, and nothing of the page is kept', async (_, problem, objects) => {
    const { peer, kept } = await met(objects)
    const told = await until(peer, (one) => one?.problem !== null && one !== undefined)
    expect(told?.problem?.code).toBe(problem)
    expect(told?.problem?.sentence.fr).not.toBe('')
    expect(await kept()).toEqual([])
  })

  test('another key is told before anything is sent or taken', async () => {
    let asked = 0
    const { peer, kept } = await met(() => {
      asked += 1
      return answer({ objects: [marked(31)] }, { [LAST]: past })
    }, 'e'.repeat(64))
    const told = await until(peer, (one) => one?.problem !== null && one !== undefined)
    expect(told?.problem).toMatchObject({ code: 'key changed' })
    expect([asked, await kept()]).toEqual([0, []])
  })

  test('one bad object does not stop the others, and says what is wrong with it', async () => {
    const good = marked(32)
    const objects = [
      { type: 'indicator', id: marked(33)['id'] },
      marked(34, { modified: far }),
      marked(35, { pattern: '[nonsense' }),
      'no object',
      good,
      // Another text for the same version.
      { ...good, name: 'Forged' },
      // Another maker's change.
      { ...good, created_by_ref: given(self).identity, modified: '2026-06-06T20:03:48.000Z' },
    ]
    const { kept } = await met(() => answer({ objects }, { [LAST]: past }))
    await until(kept, (all) => all.length === 4)
    // It is taken first, and answered once its search is done.
    const answered = await until(
      () => receivedOf(32),
      (one) => one?.state === 'answered',
    )
    expect(answered).toMatchObject({ name: 'Indicator 32' })
    expect((await receivedOf(34))?.reason).toContain('is in the future')
    expect(await receivedOf(33)).toMatchObject({ state: 'refused' })
    expect(await receivedOf(35)).toMatchObject({ state: 'refused' })
  })
})
