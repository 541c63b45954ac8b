// Two hubs and their members over real sockets: an address is learned past the threshold alone, whoever lies, and neither hub has what
// the other has.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, systemClock } from '../../core/index.ts'
import type { ThresholdSaid } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { PLAIN_SEAL } from '../blind/blind.test-helper.ts'
import { Crunch } from '../blind/crunch.ts'
import { openHub } from '../hub/open-hub.ts'
import type { RunningHub } from '../hub/open-hub.ts'
import { hubLink } from '../member/hub-link.ts'
import type { HubLink } from '../member/hub-link.ts'
import { joinHub } from '../member/join-hub.ts'
import { draftAgreement } from '../peer/agreement.ts'
import { readConsents, revokeConsent } from '../peer/consents.ts'
import { encodeHubCode } from '../peer/hub-code.ts'
import { endPeer, findPeer, invite } from '../peer/peers.ts'
import { openSelf } from '../peer/self.ts'
import { openStationKey } from '../peer/station-key.ts'
import type { StationKey } from '../peer/station-key.ts'
import { COLLECTOR_PATHS } from './collect-at-hub.ts'
import { HOLDER_PATHS, LOGIN_BUDGET } from './hold-key.ts'
import type { Opened } from './open-shares.ts'
import { thresholdRound } from './report.ts'
import { showTerms, switchReporting } from './reporting-records.ts'
import { thresholdState } from './state.ts'
import { offerTerms, setGroup } from './terms.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-threshold-'))
const crunch = new Crunch()
const clock = { ...systemClock, nowMs: () => nowMs }
let nowMs = Date.now()

type Hub = {
  readonly name: string
  readonly records: Records
  readonly key: StationKey
  readonly running: RunningHub
  readonly opened: Opened[]
}
type Town = {
  readonly name: string
  readonly records: Records
  readonly key: StationKey
  readonly links: Map<string, HubLink>
  logins: readonly string[]
  readonly common: Set<string>
  readonly told: string[]
}
const hubs: Hub[] = []
const towns: Town[] = []

async function openTestHub(name: string): Promise<Hub> {
  const records = await openTemporaryRecords()
  await openSelf(records, name, nowMs)
  const key = await openStationKey(join(folder, name), systemClock)
  const opened: Opened[] = []
  const running = await openHub({
    records,
    clock,
    key,
    seal: PLAIN_SEAL,
    host: '127.0.0.1',
    port: 0,
    cohortFloor: 2,
    paces: { member: { aSecond: 1000, atOnce: 5000 }, stranger: { aSecond: 100, atOnce: 500 } },
    onOpened: (one) => void opened.push(one),
    onTrouble: (cause) => {
      throw cause
    },
  })
  const hub = { name, records, key, running, opened }
  hubs.push(hub)
  return hub
}

async function joinTo(hub: Hub, { name, records, key }: Pick<Town, 'name' | 'records' | 'key'>) {
  const self = await openSelf(hub.records, hub.name, nowMs)
  const agreement = draftAgreement({
    hub: self,
    terms: { relation: 'client', approval: 'automatic', onward: false, days: 365 },
    cohortFloor: 2,
    nowMs,
  })
  const { secret } = await invite(hub.records, { name, agreement, nowMs })
  const address = `127.0.0.1:${hub.running.port}`
  const code = encodeHubCode({ address, pin: hub.key.pin, secret })
  const { digest } = await joinHub({ records, key, nowMs }, { code })
  await joinHub({ records, key, nowMs }, { code, accept: digest, by: 'Ann' })
  return hubLink({ address, pin: hub.key.pin }, key)
}

async function openTown(name: string): Promise<Town> {
  const records = await openTemporaryRecords()
  await openSelf(records, name, nowMs)
  const key = await openStationKey(join(folder, name), systemClock)
  const links = new Map<string, HubLink>()
  const town = { name, records, key, links, logins: [], common: new Set<string>(), told: [] }
  for (const hub of hubs) links.set(hub.name, await joinTo(hub, town))
  towns.push(town)
  return town
}

const saidOf = (address: string): ThresholdSaid => ({
  address,
  logins: 1,
  first: '2026-11-01T00:00:00.000Z',
  last: '2026-11-02T00:00:00.000Z',
})

/** As a station does with one of its hubs. */
async function round(town: Town, hub: string, change: Partial<ThresholdSaid> = {}) {
  const peer = await findPeer(town.records, hub)
  const link = town.links.get(hub)
  if (peer === undefined || link === undefined) throw new Error(hub)
  return thresholdRound({
    records: town.records,
    peer,
    link,
    nowMs,
    signal: new AbortController().signal,
    station: {
      crunch,
      logins: async ({ most }) =>
        town.logins
          .toSorted()
          .slice(0, most)
          .map((address) => ({ ...saidOf(address), ...change })),
      isCommon: async (address) => town.common.has(address),
      onOpened: async (_, said) => void town.told.push(...said.map(({ address }) => address)),
    },
  })
}

/** Terms, then what the key makes of addresses, then reports. */
async function report(town: Town): Promise<void> {
  for (const hub of ['centre', 'trust', 'centre']) await round(town, hub)
}

async function accept({ records, key }: Town): Promise<void> {
  const { digest } = await showTerms({ records, key, nowMs }, 'centre')
  await switchReporting(
    { records, key, nowMs },
    { peer: 'centre', isOn: true, accept: digest },
    'Ann',
  )
}

const hubNamed = (name: string): Hub => {
  const hub = hubs.find((one) => one.name === name)
  if (hub === undefined) throw new Error(name)
  return hub
}
const town = (at: number): Town => {
  const one = towns[at]
  if (one === undefined) throw new Error(String(at))
  return one
}
const stateOf = async (name: string) =>
  (await thresholdState({ records: hubNamed(name).records, isHub: true, nowMs })).hub
const problemOf = async ({ records }: Town) =>
  (await thresholdState({ records, isHub: false, nowMs })).hubs.find(
    ({ peer }) => peer === 'centre',
  )?.problem?.code

beforeAll(async () => {
  const centre = await openTestHub('centre')
  const trust = await openTestHub('trust')
  await joinTo(trust, centre)
  for (const name of ['north', 'south', 'east', 'west', 'west-school']) await openTown(name)
  await offerTerms(centre.records, { holder: 'trust', least: 3 }, { who: 'Bea', nowMs })
}, 120_000)
afterAll(async () => {
  crunch.close()
  for (const { links, records } of towns) {
    for (const link of links.values()) link.close()
    await records.destroy()
  }
  for (const { running, records } of hubs) {
    await running.close()
    await records.destroy()
  }
  rmSync(folder, { recursive: true, force: true })
})

const SHARED = '203.0.113.9'

test('nothing is reported before a named person accepted the terms that are offered', async () => {
  const { records, key } = town(0)
  const at = { records, key, nowMs }
  const shown = await showTerms(at, 'centre')
  expect(shown.terms).toMatchObject({ least: 3, holder: { organisation: 'trust' } })
  expect(shown.terms.text.en).toContain('at least 3 unrelated members')
  await expect(
    switchReporting(at, { peer: 'centre', isOn: true, accept: 'a'.repeat(12) }, 'Ann'),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await expect(showTerms(at, 'trust')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  town(0).logins = [SHARED]
  await report(town(0))
  expect(await stateOf('centre')).toMatchObject({ closed: [], opened: [] })
})

test('two of three: the hub learns that there is one, and not which', async () => {
  const [north, south] = [town(0), town(1)]
  north.logins = [SHARED, '198.51.100.1', '2001:db8::7']
  south.logins = [SHARED, '198.51.100.2', '192.0.2.1']
  south.common.add('192.0.2.1')
  for (const one of [north, south]) {
    await accept(one)
    await report(one)
  }
  expect(await stateOf('centre')).toMatchObject({
    closed: [
      { members: 1, addresses: 3 },
      { members: 2, addresses: 1 },
    ],
    opened: [],
    members: expect.arrayContaining([
      expect.objectContaining({ peer: 'north', by: 'Ann', reports: 3 }),
    ]),
  })
  const { records } = hubNamed('centre')
  const stored = JSON.stringify(await records.selectFrom('threshold_reports').selectAll().execute())
  for (const address of [...north.logins, ...south.logins]) expect(stored).not.toContain(address)
  expect((await stateOf('trust'))?.key?.asked).toMatchObject([
    { peer: 'north', asked: 3 },
    { peer: 'south', asked: 2 },
  ])
  expect(hubNamed('centre').opened).toEqual([])
})

test('what is reported again counts once; the holder has no report, the collector no key', async () => {
  for (const one of [town(0), town(1)]) {
    await report(one)
    await report(one)
  }
  expect((await stateOf('centre'))?.closed).toContainEqual({ members: 2, addresses: 1 })
  const rows = async (name: string, table: 'threshold_keys' | 'threshold_reports') =>
    (await hubNamed(name).records.selectFrom(table).selectAll().execute()).length
  expect(await rows('trust', 'threshold_reports')).toBe(0)
  expect(await rows('centre', 'threshold_keys')).toBe(0)
})

test('a member that is related to one that reported adds nothing', async () => {
  const [west, school] = [town(3), town(4)]
  for (const peer of ['west', 'west-school', 'south'])
    await setGroup(hubNamed('centre').records, { peer, group: 'one provider' })
  // South reported before: under this key it stays by itself.
  west.logins = [SHARED, '198.51.100.77']
  school.logins = ['198.51.100.77']
  for (const one of [school]) {
    await accept(one)
    await report(one)
  }
  await accept(west)
  await round(west, 'centre')
  await round(west, 'trust')
  expect((await stateOf('centre'))?.opened).toEqual([])
})

test('the third opens it: who met it, how often, and nobody else’s', async () => {
  const west = town(3)
  await round(west, 'centre')
  const { opened, closed } = (await stateOf('centre')) ?? { opened: [], closed: [] }
  expect(opened).toMatchObject([
    { address: SHARED, members: ['north', 'south', 'west'], wrong: [] },
  ])
  expect(hubNamed('centre').opened).toMatchObject([{ said: { address: SHARED, logins: 3 } }])
  // West and its school are one: what both met is as closed as what one met.
  expect(closed).toEqual([{ members: 1, addresses: 4 }])
  await report(town(0))
  expect(town(0).told).toEqual([SHARED])
  await report(town(0))
  expect(town(0).told).toEqual([SHARED])
  expect(west.told).toEqual([SHARED])
  expect(town(4).told).toEqual([])
})

test('who has met an address and sends another share is named, and opens nothing', async () => {
  const east = town(2)
  await accept(east)
  east.logins = [SHARED]
  await round(east, 'centre')
  await round(east, 'trust')
  const row = await east.records
    .selectFrom('threshold_values')
    .select('body')
    .executeTakeFirstOrThrow()
  const body = { ...(row.body as object), share: '0'.repeat(63) + '5' }
  await east.records
    .updateTable('threshold_values')
    .set({ body: JSON.stringify(body) })
    .execute()
  await round(east, 'centre')
  expect((await stateOf('centre'))?.opened).toMatchObject([
    { members: ['north', 'south', 'west'], wrong: ['east'] },
  ])
})

test.each([
  ['no JSON that is known', { reports: 1 }, 'not readable'],
  [
    'more than is taken at once',
    { reports: Array.from({ length: 201 }, () => null) },
    'not readable',
  ],
  ['other terms', { accepted: 'b'.repeat(64), epoch: 1, reports: [] }, 'other terms'],
])('refused: %s', async (_, body, why) => {
  const response = await town(0).links.get('centre')?.post(COLLECTOR_PATHS.reports, body)
  expect(await response?.json()).toEqual({ refused: why })
})

test('whoever tries addresses at the holder is stopped after a quarter of a day’s budget', async () => {
  const link = town(4).links.get('trust')
  const element = Buffer.from(
    'e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76',
    'hex',
  )
  const blinded = Buffer.concat(Array.from({ length: 250 }, () => element)).toString('base64')
  const answers: unknown[] = []
  for (let at = 0; at * 250 <= LOGIN_BUDGET / 4; at += 1)
    answers.push(await (await link?.post(HOLDER_PATHS.evaluate, { epoch: 1, blinded }))?.json())
  expect(answers.at(-1)).toEqual({ refused: 'budget of the hour' })
  expect(answers.at(-3)).toHaveProperty('proof')
}, 60_000)

test('other terms stop reports until they are accepted; a consent taken back stops them at once', async () => {
  const { records } = hubNamed('centre')
  await offerTerms(records, { holder: 'trust', least: 2 }, { who: 'Bea', nowMs })
  const north = town(0)
  north.logins = [...north.logins, '198.51.100.200']
  await report(north)
  expect(await problemOf(north)).toBe('other terms')
  await accept(north)
  await report(north)
  expect(await problemOf(north)).toBeUndefined()
  expect((await stateOf('centre'))?.closed).toEqual([{ members: 1, addresses: 4 }])
  const consent = (await readConsents(north.records)).find(
    ({ kinds, revoked }) => kinds?.[0] === 'threshold-report' && revoked === null,
  )
  await revokeConsent(north.records, consent?.id ?? '', nowMs)
  await report(north)
  expect(await problemOf(north)).toBe('may not report')
})

test('switched off, the hub forgets what it could not open; who left opens nothing', async () => {
  const north = town(0)
  await accept(north)
  await report(north)
  const at = { records: north.records, key: north.key, nowMs }
  await switchReporting(at, { peer: 'centre', isOn: false }, 'Ann')
  await round(north, 'centre')
  expect((await stateOf('centre'))?.members.find(({ peer }) => peer === 'north')).toMatchObject({
    by: null,
    reports: 0,
  })
  const [south, east] = [town(1), town(2)]
  south.logins = ['203.0.113.77']
  east.logins = ['203.0.113.77']
  await accept(south)
  await report(south)
  const { records } = hubNamed('centre')
  await endPeer(records, { name: 'south', by: 'us', isTold: true, nowMs })
  await accept(east)
  await report(east)
  expect((await stateOf('centre'))?.opened.map(({ address }) => address)).toEqual([SHARED])
})

test('with a new key everything is reported anew, and groups changed since hold', async () => {
  nowMs += 31 * DAY_MS + HOUR_MS
  const [west, school] = [town(3), town(4)]
  west.logins = ['203.0.113.99']
  school.logins = ['203.0.113.99']
  await setGroup(hubNamed('centre').records, { peer: 'west-school', group: '' })
  for (const one of [west, school]) {
    await accept(one)
    await report(one)
  }
  expect((await stateOf('trust'))?.key?.epoch).toBe(2)
  expect((await stateOf('centre'))?.opened[0]).toMatchObject({
    address: '203.0.113.99',
    members: ['west', 'west-school'],
  })
})
