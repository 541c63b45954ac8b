// Readiness towards a hub, over real sockets: told by consent alone, forgotten when that ends, shown as sums over enough members.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GOAL_STATES } from '../../model/index.ts'
import type { GoalState, PassedSums, RollUp } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { PLAIN_SEAL, noBlind } from '../blind/blind.test-helper.ts'
import { openHub } from '../hub/open-hub.ts'
import type { RunningHub } from '../hub/open-hub.ts'
import { joinHub } from '../member/join-hub.ts'
import { openMember } from '../member/open-member.ts'
import type { Member } from '../member/open-member.ts'
import { draftAgreement } from '../peer/agreement.ts'
import { readConsents, revokeConsent } from '../peer/consents.ts'
import { encodeHubCode } from '../peer/hub-code.ts'
import { endPeer, findPeer, invite, join as joinPeer } from '../peer/peers.ts'
import { openSelf } from '../peer/self.ts'
import type { Self } from '../peer/self.ts'
import { openStationKey } from '../peer/station-key.ts'
import { answerRollUpAtHub, sumsOf } from './roll-ups-at-hub.ts'
import { shownCounts } from './sums.ts'
import { switchRollUp, toldHubs } from './tell-roll-up.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-roll-up-'))
const FLOOR = 3
let aheadMs = 0
const clock = { nowMs: () => Date.now() + aheadMs }
const stop = (cause: unknown) => {
  throw cause
}
let atHub: Records
let own: Records
let hubSelf: Self
let hub: RunningHub
let member: Member
let hubName = ''
let told: RollUp = { goals: [{ key: 'phishing-resistant-mfa', state: 'partly' }] }

beforeAll(async () => {
  atHub = await openTemporaryRecords()
  own = await openTemporaryRecords()
  hubSelf = await openSelf(atHub, 'Regional centre', clock.nowMs())
  await openSelf(own, 'Town', clock.nowMs())
  const hubKey = await openStationKey(join(folder, 'hub'), clock)
  const key = await openStationKey(join(folder, 'own'), clock)
  const place = { host: '127.0.0.1', port: 0, key: hubKey, onTrouble: stop }
  hub = await openHub({
    ...place,
    records: atHub,
    clock,
    cohortFloor: FLOOR,
    seal: PLAIN_SEAL,
  })
  const agreement = agreementOf()
  const { secret } = await invite(atHub, { name: 'town', agreement, nowMs: clock.nowMs() })
  const code = encodeHubCode({ address: `127.0.0.1:${hub.port}`, pin: hubKey.pin, secret })
  const joining = { records: own, key, nowMs: clock.nowMs() }
  const { digest } = await joinHub(joining, { code })
  hubName = (await joinHub(joining, { code, accept: digest, by: 'Ann' })).joined ?? ''
  member = openMember({
    records: own,
    key,
    clock,
    watch: {
      take: async () => ({ search: 's', hunted: new Map(), unwatched: new Map() }),
      searchState: async () => 'done',
      met: async () => ({ sightings: new Map(), unwatched: new Map() }),
      span: async () => undefined,
    },
    blind: noBlind(),
    isHub: false,
    waitSeconds: 1,
    rollUp: async () => told,
    onTrouble: stop,
  })
})
afterAll(async () => {
  await member.close()
  await hub.close()
  await atHub.destroy()
  await own.destroy()
  rmSync(folder, { recursive: true, force: true })
})

function agreementOf() {
  const terms = { relation: 'client', approval: 'automatic', onward: false, days: 300 } as const
  return draftAgreement({ hub: hubSelf, terms, cohortFloor: FLOOR, nowMs: clock.nowMs() })
}

const held = () => atHub.selectFrom('roll_ups').selectAll().execute()
async function until(isSo: (rows: Awaited<ReturnType<typeof held>>) => boolean) {
  for (const endMs = performance.now() + 15_000; performance.now() < endMs;) {
    const rows = await held()
    if (isSo(rows)) return rows
    member.nudge()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`not so: ${JSON.stringify(await held())}`)
}
const act = (isOn: boolean) =>
  switchRollUp(own, { peer: hubName, isOn }, { who: 'Ann', nowMs: clock.nowMs() })

describe('a member', () => {
  test('tells nothing before somebody decided so, then the state of each goal once a day', async () => {
    member.nudge()
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await held()).toEqual([])
    await expect(
      switchRollUp(own, { peer: 'nobody', isOn: true }, { who: 'Ann', nowMs: clock.nowMs() }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await act(true)
    const [row] = await until((rows) => rows.length === 1)
    expect(row).toMatchObject({ peer: 'town', goals: told.goals })
    expect(await toldHubs(own)).toMatchObject([{ peer: hubName, isOn: true, by: 'Ann' }])
    told = { goals: [{ key: 'phishing-resistant-mfa', state: 'met' }] }
    member.nudge()
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect((await held())[0]?.goals).toEqual([{ key: 'phishing-resistant-mfa', state: 'partly' }])
    aheadMs += 25 * 3_600_000
    await until(([one]) => JSON.stringify(one?.goals) === JSON.stringify(told.goals))
  })

  test('is forgotten when it says so, and when its consent is taken back elsewhere', async () => {
    await act(false)
    await until((rows) => rows.length === 0)
    // The hub forgets before its answer is here.
    await expect.poll(() => toldHubs(own)).toMatchObject([{ isOn: false, told: null }])
    await act(true)
    await until((rows) => rows.length === 1)
    const consents = await readConsents(own)
    for (const { id, kinds } of consents)
      if (kinds?.includes('readiness') === true) await revokeConsent(own, id, clock.nowMs())
    await until((rows) => rows.length === 0)
  })
})

/** A member that joined and tells. */
async function other(
  name: string,
  states: Readonly<Record<string, GoalState>>,
  sums?: PassedSums,
): Promise<void> {
  const nowMs = clock.nowMs()
  await joinPeer(atHub, {
    name,
    role: 'member',
    organisation: name,
    identity: `identity--${name}`,
    pin: name,
    address: null,
    agreement: agreementOf(),
    acceptedBy: 'x',
    nowMs,
  })
  const row = await findPeer(atHub, name)
  if (row === undefined) throw new Error('not joined')
  const goals = Object.entries(states).map(([key, state]) => ({ key, state }))
  const said = await answerRollUpAtHub({ records: atHub, row, nowMs }, '/vigie/readiness', {
    goals,
    ...(sums === undefined ? {} : { sums }),
  })
  expect(said?.status).toBe(200)
}

describe('a hub', () => {
  const sums = () => sumsOf({ records: atHub, cohortFloor: FLOOR }, clock.nowMs())

  test('shows nothing of too few, sums of enough, and nobody who left', async () => {
    await other('a', { backups: 'met', logs: 'met' })
    await other('b', { backups: 'met', logs: 'not_met' })
    expect(await sums()).toEqual({ members: null, goals: [] })
    await other('c', { backups: 'met', logs: 'not_met' })
    await other('d', { backups: 'met', logs: 'not_met' })
    const { members, goals } = await sums()
    expect(members).toBe(4)
    expect(goals.find(({ key }) => key === 'backups')?.counts).toMatchObject({ met: 4, not_met: 0 })
    // One alone met it: told with the sum, that figure would be known.
    expect(goals.find(({ key }) => key === 'logs')?.counts).toMatchObject({
      met: null,
      not_met: null,
      partly: 0,
    })
    await endPeer(atHub, { name: 'd', by: 'us', isTold: true, nowMs: clock.nowMs() })
    expect((await sums()).members).toBe(3)
  })

  test('adds what a member passes on that is a hub itself, hides what it hides, and never tells it its own', async () => {
    const counts = { met: 6, partly: null, not_met: null, not_assessable: 0, not_applicable: 0 }
    await other('region', { backups: 'met' }, { members: 12, goals: [{ key: 'backups', counts }] })
    const all = await sums()
    // a, b, c, region and twelve of the region.
    expect(all.members).toBe(16)
    expect(all.goals.find(({ key }) => key === 'backups')?.counts).toMatchObject({
      met: 10,
      partly: null,
      not_met: null,
    })
    const hubOf = { records: atHub, cohortFloor: FLOOR }
    const toRegion = await sumsOf(hubOf, clock.nowMs(), { identity: 'identity--region' })
    expect(toRegion.members).toBe(4)
    // Fewer than the floor here, whatever floor they were made by.
    await other('small', { backups: 'met' }, { members: 2, goals: [] })
    expect((await sums()).members).toBe(17)
    for (const name of ['region', 'small'])
      await endPeer(atHub, { name, by: 'us', isTold: true, nowMs: clock.nowMs() })
  })

  test.each([
    [{}],
    [{ goals: [{ key: 'a', state: 'met' }], sums: { members: 0, goals: [] } }],
    [
      {
        goals: [{ key: 'a', state: 'met' }],
        sums: { members: 5, goals: [{ key: 'a', counts: { met: -1 } }] },
      },
    ],
    [{ goals: [{ key: 'a', state: 'splendid' }] }],
    [{ goals: [{ key: 'A b', state: 'met' }] }],
    [{ goals: [{ key: 'a', state: 'met', proof: 'x' }] }],
    [{ goals: Array.from({ length: 2 }, () => ({ key: 'a', state: 'met' })) }],
    [{ goals: Array.from({ length: 101 }, (_, at) => ({ key: `a${at}`, state: 'met' })) }],
  ])('refuses %j with a reason, and keeps what it had', async (body) => {
    const row = await findPeer(atHub, 'a')
    if (row === undefined) throw new Error('not joined')
    const before = await held()
    const said = await answerRollUpAtHub(
      { records: atHub, row, nowMs: clock.nowMs() },
      '/vigie/readiness',
      body,
    )
    expect(said).toMatchObject({ status: 422, body: { reason: expect.stringMatching(/./) } })
    expect(await held()).toEqual(before)
  })

  test('whatever the figures, what is hidden cannot be worked out from the sum', () => {
    for (let seed = 1; seed < 3000; seed += 1) {
      const states = GOAL_STATES.flatMap((state, at) =>
        Array.from({ length: (seed * (at * 7 + 3)) % 7 }, () => state),
      )
      const counts = shownCounts(states, FLOOR)
      const hidden = GOAL_STATES.filter((state) => counts[state] === null)
      const shown = GOAL_STATES.flatMap((state) => counts[state] ?? [])
      expect(shown.every((count) => count === 0 || count >= FLOOR)).toBe(true)
      // One alone may be hidden only where it is all there is.
      if (hidden.length === 1) expect(shown.every((count) => count === 0)).toBe(true)
    }
  })
})
