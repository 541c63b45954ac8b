// Fetching on a station: a key is confirmed by a person, what is not whole is not taken, logins are sealed; and the reports.

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nextMs } from '../../audit/pulls/keep-pulls.ts'
import { fakeDevice, newHostKey } from '../../audit/pulls/ssh-device.test-helper.ts'
import type { Behaviour, FakeDevice } from '../../audit/pulls/ssh-device.test-helper.ts'
import { searchAlerts } from '../../detect/index.ts'
import { noDevices } from '../../server/test-station-devices.ts'
import { migrateEvents } from '../../store/events-migrations.ts'
import { openEmbeddedEngine } from '../../store/index.ts'
import type { EventEngine, Records, Store } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { lineStore } from '../lines.test-helper.ts'
import type { StoreLines } from '../lines.test-helper.ts'
import { openStationAudit, stationTools } from './audit-station.ts'
import { startPulls } from './device-pulls.ts'
import type { Pulls } from './device-pulls.ts'
import { devicesOf } from './devices.ts'

const data = mkdtempSync(join(tmpdir(), 'vigie-pulls-'))
const noon = new Date().setHours(12, 0, 0, 0)
const begunMs = Date.now()
let aheadMs = 0
/** From noon on, whenever this runs: at night devices are asked by themselves. */
const clock = { nowMs: () => noon + Date.now() - begunMs + aheadMs }
const config = (...more: readonly string[]) =>
  ['hostname p1', 'version 17.9', ...more, 'line vty 0 4', ' access-class 20 in', 'end', ''].join(
    '\n',
  )
const behaviour = (text: string, more: Partial<Behaviour> = {}): Behaviour => ({
  prompt: 'p1#',
  answers: { 'terminal length 0': '', 'terminal width 512': '', 'show running-config': text },
  ...more,
})
let records: Records
let events: EventEngine
let store: StoreLines
let pulls: Pulls
let device: FakeDevice

beforeAll(async () => {
  records = await openTemporaryRecords()
  events = await openEmbeddedEngine({
    folder: join(data, 'events'),
    memoryMib: 1000,
    intakeLanes: 1,
    askLanes: 2,
  })
  await migrateEvents(events)
  store = await lineStore({ events, records }, { folder: data, only: ['cisco-ios'] })
  const audit = openStationAudit({ records, settings: { data }, clock, onRaised: () => {} })
  pulls = startPulls({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of the store no more is asked
    core: { store: { records, events } as Store },
    tools: stationTools({ data }),
    audit,
    settings: { data },
    clock,
    onRaised: () => {},
    onTrouble: (cause) => {
      throw cause
    },
    everyMs: 50,
    limits: { quietMs: 25, idleMs: 1500, connectMs: 3000 },
  })
})
afterAll(async () => {
  await pulls.close()
  await device.close()
  await events.close()
  await records.destroy()
  rmSync(data, { recursive: true, force: true })
})

const state = async () => (await pulls.service.pulls()).pulls[0]
async function until(is: string, tried: string | null = null) {
  for (;;) {
    const now = await state()
    if (now?.state === is && now.tried !== tried) return now
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
const ask = (port: number) => ({
  device: 'p1',
  host: '127.0.0.1',
  port,
  account: 'reader',
  platform: 'cisco-ios',
  every: 1440,
  password: 'Right-1',
})

test('a device is asked once a person confirmed its key, and what comes is a version', async () => {
  device = await fakeDevice(behaviour(config('snmp-server community Pl4nted RO')))
  await pulls.service.setPull(ask(device.port), 'ann')
  const met = await until('key_unknown')
  expect(met.problem?.fr).toContain(met.hostKeyMet)
  expect(device.typed).toEqual([])
  await expect(pulls.service.confirmPullKey('p1', 'SHA256:other', 'ann')).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await pulls.service.confirmPullKey('p1', met.hostKeyMet ?? '', 'ann')
  const taken = await until('ok')
  expect(taken).toMatchObject({
    hostKeyBy: 'ann',
    problem: null,
    hostKeyMet: null,
    given: ['password'],
  })
  // At night, within a day.
  expect(new Date(taken.next).getHours()).toBeLessThan(4)
  expect(Date.parse(taken.next) - clock.nowMs()).toBeLessThan(25 * 3_600_000)
  const versions = await records.selectFrom('audit_versions').select(['config', 'source']).execute()
  expect(versions).toMatchObject([{ source: `ssh://127.0.0.1:${device.port}` }])
  expect(versions[0]?.config).not.toContain('Pl4nted')
  const rows = await records.selectFrom('device_pulls').selectAll().execute()
  expect(JSON.stringify([rows, await pulls.service.pulls()])).not.toContain('Right-1')
  expect(existsSync(join(data, 'keys/seal-key'))).toBe(true)
})

test('a device whose log says that it was configured is asked once whoever did it pauses', async () => {
  const { tried = null } = (await state()) ?? {}
  const configured = (who: string, atMs: number) => {
    const at = new Date(atMs).toUTCString().replace(/^\S+ (\d+) (\w+) \d+ (\S+) GMT$/u, '$2 $1 $3')
    const said = `%SYS-5-CONFIG_I: Configured from console by ${who} on vty0 (203.0.113.9)`
    return store([`<189>45: p1: ${at}: ${said}`], atMs)
  }
  const looks = () => new Promise((resolve) => setTimeout(resolve, 400))
  // The fetch itself, as some devices tell it.
  await configured('reader', clock.nowMs())
  aheadMs = 6 * 60_000
  await looks()
  await configured('mallory', clock.nowMs())
  await looks()
  expect((await state())?.tried).toBe(tried)
  aheadMs += 2 * 60_000
  const again = await until('ok', tried)
  await looks()
  // What was told before it was asked is no reason to ask again.
  expect((await state())?.tried).toBe(again.tried)
})

test('half an answer leaves nothing, and says why; another key stops and rings', async () => {
  const { tried } = (await state()) ?? { tried: null }
  await device.close()
  const hostKey = newHostKey()
  device = await fakeDevice(behaviour(config(), { hostKey, cutAfter: { bytes: 20, how: 'close' } }))
  await pulls.service.setPull(ask(device.port), 'ann')
  // Another place: the key that was confirmed is not this one's.
  const met = await until('key_unknown', tried)
  await pulls.service.confirmPullKey('p1', met.hostKeyMet ?? '', 'ann')
  const failed = await until('failing')
  expect(failed.problem?.en).toContain('Nothing of it was kept')
  expect((await records.selectFrom('audit_versions').select('id').execute()).length).toBe(1)
  await records.updateTable('device_pulls').set({ host_key: 'SHA256:confirmed-before' }).execute()
  await pulls.service.pullNow('p1')
  const changed = await until('key_changed')
  expect(changed.hostKeyMet).toBe(met.hostKeyMet)
  const { alerts } = await searchAlerts(records, { entity: 'p1' })
  expect(alerts.map(({ rule }) => rule)).toEqual(['audit-host-key-changed'])
}, 20_000)

test('tries again later each time, and no more often than it is asked anyway', () => {
  const failed = { ok: false, problem: 'unreachable', met: '' } as const
  const minutes = (failures: number, every: number) =>
    Math.round(nextMs({ device: 'x', every, failures }, failed, 0) / 60_000)
  expect([0, 1, 2, 3].map((failures) => minutes(failures, 100))).toEqual([15, 30, 60, 100])
})

test.each(['refused', 'bad_login', 'key_changed'] as const)(
  'what only a person mends (%s) is not tried again and again: that would lock the account',
  (problem) => {
    const failed = { ok: false, problem, met: '' } as const
    expect(nextMs({ device: 'x', every: 600, failures: 0 }, failed, 0)).toBe(600 * 60_000)
  },
)

test('reports say what is kept, what could not be read and how they were made, in both languages', async () => {
  const audit = openStationAudit({ records, settings: { data }, clock, onRaised: () => {} })
  await audit.take(
    Buffer.from(
      config('interface Tunnel9', ' tunnel destination 203.0.113.7').replace('p1', '<script>1'),
    ),
    { source: 'x', device: '<script>alert(1)' },
  )
  await audit.take(Buffer.from(config('interface Tunnel9', ' tunnel destination 203.0.113.8')), {
    source: 'x',
    device: 'p1',
  })
  const { repositories, addRepository, removeRepository } = noDevices('2026-01-01T00:00:00.000Z')
  const devices = devicesOf({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the records alone are asked
    core: { store: { records } as Store },
    devices: {
      audit,
      signer: () => stationTools({ data })().signer,
      traces: {
        look: async () => 0,
        of: async () => ({
          state: 'silent',
          looked: null,
          gap: null,
          actors: [],
          acts: [],
          actCount: 0,
        }),
        acts: async () => Promise.reject(new Error('not part of this test')),
      },
      collection: { ...pulls.service, repositories, addRepository, removeRepository },
      folder: '',
      refused: () => [
        {
          file: 'bad.cfg',
          looked: '2026-01-01T00:00:00.000Z',
          problem: { en: 'no text', fr: 'pas un texte' },
        },
      ],
      close: async () => {},
    },
    clock,
    organisation: 'Ville & <b>',
  })
  const en = await devices.report({}, 'en')
  const fr = await devices.report({}, 'fr')
  expect(en).toContain('Network devices of Ville &amp; &lt;b&gt;')
  expect(en).toContain('&lt;script&gt;alert(1)')
  expect(`${en}${fr}`).not.toContain('<script>')
  expect(fr).toContain('<html lang="fr-CA">')
  expect(fr).toContain('Changements inexpliqués')
  expect(en).toContain('bad.cfg stands in the folder and was not taken in: no text')
  const open = (await state())?.problem
  expect(en).toContain(open?.en.split(':')[0])
  const { id = '' } = (await devices.list()).devices.find(({ name }) => name === 'p1') ?? {}
  const one = await devices.report({ device: id }, 'fr')
  expect(one).toContain('Appareil réseau p1')
  expect(one).toContain('Non évaluable')
  expect(one).toContain('+  tunnel destination 203.0.113.8')
})
