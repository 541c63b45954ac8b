// Three in a row: a hub, a hub that joined it, a member of that one. Down as far as was agreed, up as figures alone.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { systemClock } from '../core/index.ts'
import { PublishAskSchema } from '../model/index.ts'
import type { Records } from '../store/index.ts'
import { openTemporaryRecords } from '../store/temporary-records.test-helper.ts'
import { PLAIN_SEAL, noBlind } from './blind/blind.test-helper.ts'
import { figures } from './hub/figures.ts'
import { openHub } from './hub/open-hub.ts'
import { publishObjects } from './hub/publish.ts'
import { joinHub } from './member/join-hub.ts'
import { openMember } from './member/open-member.ts'
import { readReceived } from './member/received.ts'
import { draftAgreement } from './peer/agreement.ts'
import { encodeHubCode } from './peer/hub-code.ts'
import { endPeer, invite } from './peer/peers.ts'
import { openSelf } from './peer/self.ts'
import type { Self } from './peer/self.ts'
import { openStationKey } from './peer/station-key.ts'
import type { StationKey } from './peer/station-key.ts'
import { markingOfLabel } from './stix/tlp.ts'
import { indicator } from './taxii/server.test-helper.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-hubs-'))
const closers: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closers.toReversed()) await close()
  rmSync(folder, { recursive: true, force: true })
})

type Site = {
  readonly name: string
  readonly records: Records
  readonly self: Self
  readonly key: StationKey
  readonly port: number
}

async function site(name: string, isHub: boolean): Promise<Site> {
  const records = await openTemporaryRecords()
  closers.push(async () => records.destroy())
  const self = await openSelf(records, name, Date.now())
  const key = await openStationKey(join(folder, name), systemClock)
  const raise = (cause: unknown) => {
    throw cause
  }
  const place = { host: '127.0.0.1', port: 0, cohortFloor: 2, seal: PLAIN_SEAL, onTrouble: raise }
  const hub = isHub ? await openHub({ ...place, records, clock: systemClock, key }) : undefined
  if (hub !== undefined) closers.push(hub.close)
  return { name, records, self, key, port: hub?.port ?? 0 }
}

/** Everything is met once. */
function follow({ records, key }: Site, isHub: boolean): void {
  const member = openMember({
    records,
    key,
    clock: systemClock,
    blind: noBlind(),
    isHub,
    waitSeconds: 1,
    onTrouble: (cause) => {
      throw cause
    },
    watch: {
      take: async () => ({ search: 's', hunted: new Map(), unwatched: new Map() }),
      searchState: async () => 'done',
      met: async (_, objects) => ({
        sightings: new Map(
          (objects === 'all' ? [] : objects).map(({ id }) => [
            String(id),
            { count: 1, firstMs: 1e12, lastMs: 1e12 },
          ]),
        ),
        unwatched: new Map(),
      }),
      span: async () => ({ fromMs: 1e12, toMs: Date.now() }),
    },
  })
  closers.push(member.close)
}

async function joinTo(hub: Site, member: Site, onward: boolean): Promise<void> {
  const nowMs = Date.now()
  const agreement = draftAgreement({
    hub: hub.self,
    terms: { relation: 'client', approval: 'automatic', onward, days: 30 },
    cohortFloor: 2,
    nowMs,
  })
  const { secret } = await invite(hub.records, { name: `${member.name}-below`, agreement, nowMs })
  const code = encodeHubCode({ address: `127.0.0.1:${hub.port}`, pin: hub.key.pin, secret })
  const joining = { records: member.records, key: member.key, nowMs }
  const { digest } = await joinHub(joining, { code })
  await joinHub(joining, { code, accept: digest, by: 'Ann' })
}

async function until<T>(ask: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  const endMs = performance.now() + 30_000
  for (;;) {
    const value = await ask()
    if (isSo(value)) return value
    if (performance.now() > endMs) throw new Error(`not so: ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('what may be passed on is, what may not is not, and only a figure comes back', async () => {
  const [federal, silent, regional, north, late] = await Promise.all([
    site('federal', true),
    site('silent', true),
    site('regional', true),
    site('north', false),
    site('late', false),
  ])
  const towns = [north]
  await joinTo(federal, regional, true)
  await joinTo(silent, regional, false)
  for (const town of towns) await joinTo(regional, town, false)
  // A ring: what comes back is not passed on again.
  await joinTo(regional, federal, true)
  for (const one of [federal, regional]) follow(one, true)
  for (const town of towns) follow(town, false)

  const publish = async (hub: Site, at: number, label: 'amber' | 'amber+strict') => {
    const object = indicator(at, {
      created_by_ref: hub.self.identity,
      object_marking_refs: [markingOfLabel(label)],
    })
    const ask = PublishAskSchema.parse({ priority: 'urgent' })
    const { records } = hub
    await publishObjects({ records, secret: 's', ask, who: 'C', nowMs: Date.now() }, [object])
    return object.id
  }
  const passed = await publish(federal, 1, 'amber')
  const kept = await publish(silent, 2, 'amber')
  const strict = await publish(federal, 3, 'amber+strict')
  const receivedBy = async (of: Site) =>
    (await readReceived(of.records, { limit: 1000 })).map(({ id }) => id)
  for (const town of towns)
    await until(
      () => receivedBy(town),
      (ids) => ids.includes(passed),
    )
  await until(
    () => figures(regional.records, { indicators: [passed] }),
    ([figure]) => figure?.members === 2,
  )
  // What a region’s members met reaches the federal hub as one voice and a figure over them.
  const upward = () =>
    federal.records
      .selectFrom('taxii_objects')
      .select('body')
      .where('type', '=', 'sighting')
      .where('body', 'like', `%"created_by_ref":"${regional.self.identity}"%`)
      .where('body', 'like', '%"summary":true%')
      .execute()
  const told = await until(upward, (all) => all.length > 0)
  expect(told[0]?.body).toContain('vigie:members=')
  for (const { self } of towns)
    expect(
      JSON.stringify(await federal.records.selectFrom('taxii_objects').selectAll().execute()),
    ).not.toContain(self.identity)
  for (const town of towns) {
    expect(await receivedBy(town)).not.toContain(kept)
    expect(await receivedBy(town)).not.toContain(strict)
  }
  const versions = await federal.records
    .selectFrom('taxii_objects')
    .select('collection')
    .where('id', '=', passed)
    .execute()
  expect(versions).toHaveLength(1)

  // The agreement ends: what it allowed is no longer given, not even to who joins later.
  await endPeer(regional.records, { name: 'federal', by: 'us', isTold: true, nowMs: Date.now() })
  await joinTo(regional, late, false)
  follow(late, false)
  await new Promise((resolve) => setTimeout(resolve, 2500))
  expect(await receivedBy(late)).toEqual([])
})
