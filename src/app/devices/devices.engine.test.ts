// Configurations in a station: taken from its folder and over HTTP, and whose changes are expected.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Traces } from '../../audit/index.ts'
import { searchAlerts } from '../../detect/index.ts'
import { noDevices } from '../../server/test-station-devices.ts'
import type { Records, Store } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { openStationAudit, stationTools } from './audit-station.ts'
import { watchConfigFolder } from './config-folder.ts'
import { devicesOf } from './devices.ts'

const data = mkdtempSync(join(tmpdir(), 'vigie-devices-'))
const START_MS = Date.parse('2026-03-02T02:00:00Z')
const DAY_MS = 86_400_000
let nowMs = START_MS
const clock = { nowMs: () => nowMs }
let records: Records

beforeAll(async () => {
  records = await openTemporaryRecords()
})
afterAll(async () => {
  await records.destroy()
  rmSync(data, { recursive: true, force: true })
})

const audit = () => openStationAudit({ records, settings: { data }, clock, onRaised: () => {} })
/** What logs say is another test's: `audit/traces`. */
const traces: Traces = {
  look: async () => 0,
  of: async () => ({
    state: 'pending',
    looked: null,
    gap: null,
    actors: [],
    acts: [],
    actCount: 0,
  }),
  acts: async () => Promise.reject(new Error('not part of this test')),
}
const { pulls, setPull, confirmPullKey, removePull, pullNow, ...rest } = noDevices('')
const { repositories, addRepository, removeRepository } = rest
const collection = {
  pulls,
  setPull,
  confirmPullKey,
  removePull,
  pullNow,
  repositories,
  addRepository,
  removeRepository,
}
const devices = () =>
  devicesOf({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- devices ask the records alone
    core: { store: { records } as Store },
    devices: {
      audit: audit(),
      signer: () => stationTools({ data })().signer,
      traces,
      collection,
      folder: '',
      refused: () => [],
      close: async () => {},
    },
    clock,
    organisation: 'Town',
  })
const config = (name: string, ...more: readonly string[]) =>
  [
    'version 17.9',
    `hostname ${name}`,
    'logging host 10.0.0.9',
    'interface Gi0/0',
    ' description uplink',
    ' ip address 198.51.100.2 255.255.255.0',
    ...more,
    'line vty 0 4',
    ' access-class 20 in',
    'end',
  ].join('\n')

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

/** The configuration as it comes a day later. */
async function nextDay(text: string, source = 'r.cfg') {
  nowMs += DAY_MS
  return devices().take(bytesOf(text), { source })
}

const TUNNEL = ['interface Tunnel9', ' tunnel destination 203.0.113.7']
const SNMP = ['snmp-server location town hall']
const at = (ms: number) => new Date(ms).toISOString()
const alertsOn = async (entity: string) => (await searchAlerts(records, { entity })).alerts

describe('a change', () => {
  test('that no record covers is unauthorised, and explained once somebody says why', async () => {
    await nextDay(config('r1'))
    expect(await nextDay(config('r1', ...TUNNEL))).toMatchObject({ device: 'r1', isNew: true })
    const [change] = (await devices().changes({ limit: 10 })).changes
    expect(change).toMatchObject({
      deviceName: 'r1',
      state: 'unauthorised',
      record: null,
      severity: 'critical',
      after: at(nowMs - DAY_MS),
      before: at(nowMs),
    })
    expect((await alertsOn('r1')).length).toBe(1)
    const approved = await devices().approve(
      change?.id ?? '',
      { reason: 'New link to the depot', reference: 'CHG-7' },
      'ann',
    )
    expect(approved).toMatchObject({ device: 'r1', recordedBy: 'ann', reference: 'CHG-7' })
    const detail = await devices().change(change?.id ?? '')
    expect(detail.change).toMatchObject({ state: 'explained', record: { id: approved.id } })
    expect(detail.changes.every(({ allowed }) => allowed)).toBe(true)
    expect(detail.findings.map(({ check }) => check)).toEqual(['tunnel-added'])
  })

  test('of a filter says what it lets through more and less, and says so of any two versions', async () => {
    const list = (...lines: readonly string[]) => ['ip access-list extended OUT', ...lines]
    const first = await nextDay(
      config('r4', ...list(' permit tcp any host 198.51.100.2 eq 22', ' deny ip any any')),
    )
    const second = await nextDay(
      config('r4', ...list(' permit tcp any host 198.51.100.2 eq 443', ' deny ip any any')),
    )
    const traffic = [
      {
        filter: 'OUT',
        widened: ['* → 198.51.100.2, tcp, 443'],
        narrowed: ['* → 198.51.100.2, tcp, 22'],
        isTooLarge: false,
      },
    ]
    const { changes } = await devices().changes({ limit: 10 })
    const change = changes.find(({ deviceName }) => deviceName === 'r4')
    expect((await devices().change(change?.id ?? '')).traffic).toEqual(traffic)
    expect((await devices().compare(first.version, second.version)).traffic).toEqual(traffic)
    const tunnel = changes.find(({ deviceName }) => deviceName === 'r1')
    expect((await devices().change(tunnel?.id ?? '')).traffic).toEqual([])
    await devices().approve(change?.id ?? '', { reason: 'HTTPS only', reference: '' }, 'ann')
  })

  test('is nobody’s again when its record is taken back', async () => {
    const [change] = (await devices().changes({ limit: 10 })).changes
    await devices().revokeRecord(change?.record?.id ?? '', 'ben')
    expect((await devices().change(change?.id ?? '')).change.state).toBe('unauthorised')
    await expect(devices().revokeRecord(change?.record?.id ?? '', 'ben')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect((await devices().records()).records[0]).toMatchObject({ revokedBy: 'ben' })
  })

  test('after the approved one is not covered by that approval', async () => {
    await nextDay(config('r2'))
    await nextDay(config('r2', ...SNMP))
    const [first] = (await devices().changes({ limit: 1 })).changes
    await devices().approve(first?.id ?? '', { reason: 'moved', reference: '' }, 'ann')
    await nextDay(config('r2', ...SNMP, ...TUNNEL))
    const { changes } = await devices().get(first?.device ?? '')
    expect(changes.map(({ state }) => state)).toEqual(['unauthorised', 'explained'])
  })

  test('that was announced is expected and rings no bell', async () => {
    await nextDay(config('r3'))
    const window = { starts: at(nowMs + 3_600_000), ends: at(nowMs + 7_200_000) }
    const ask = { device: 'r3', ...window, allows: [], reason: 'tunnel to depot', reference: '' }
    await devices().addRecord(ask, 'ann')
    await nextDay(config('r3', ...TUNNEL))
    const { changes } = await devices().changes({ limit: 100 })
    expect(changes.find(({ deviceName }) => deviceName === 'r3')).toMatchObject({
      state: 'expected',
      findings: 1,
    })
    expect(await alertsOn('r3')).toEqual([])
  })

  test('beside what was allowed is unauthorised, and the difference that is not allowed is named', async () => {
    await nextDay(config('r4'))
    const window = { starts: at(nowMs), ends: at(nowMs + DAY_MS) }
    const allows = ['interface  Gi0/0', 'snmp-server location']
    await devices().addRecord(
      { device: 'r4', ...window, allows, reason: 'labels', reference: '' },
      'ann',
    )
    const both = [...SNMP, ...TUNNEL]
    await nextDay(config('r4', ...both).replace('uplink', 'uplink to core'))
    const { changes } = await devices().changes({ limit: 100 })
    const change = changes.find(({ deviceName }) => deviceName === 'r4')
    expect(change?.state).toBe('unauthorised')
    const detail = await devices().change(change?.id ?? '')
    expect(detail.partly).toMatchObject({ allows })
    const refused = detail.changes.filter(({ allowed }) => !allowed)
    expect(refused.map(({ after }) => after?.text.split('\n')[0])).toEqual(['interface Tunnel9'])
    expect((await alertsOn('r4')).length).toBe(1)
  })

  test('that a row put into the database announces, or one changed there, is nobody’s', async () => {
    await nextDay(config('r6'))
    const row = {
      id: 'forged',
      device: 'r6',
      starts: at(nowMs),
      ends: at(nowMs + 9 * DAY_MS),
      allows: '[]',
      reason: 'x',
      reference: '',
      recorded: new Date(nowMs),
      recorded_by: 'ann',
      revoked: null,
      revoked_by: '',
      signature: '',
    }
    await records.insertInto('change_records').values(row).execute()
    await nextDay(config('r6', ...TUNNEL))
    expect((await alertsOn('r6')).length).toBe(1)
    const forged = (await devices().records()).records.find(({ id }) => id === 'forged')
    expect(forged?.isSigned).toBe(false)
    const stateOf = async (name: string) =>
      (await devices().changes({ limit: 100 })).changes.find((one) => one.deviceName === name)
    const expected = await stateOf('r3')
    expect(expected).toMatchObject({ state: 'expected', record: { isSigned: true } })
    const change = (device: string) =>
      records
        .updateTable('change_records')
        .set({ device })
        .where('id', '=', expected?.record?.id ?? '')
        .execute()
    await change('r6')
    expect((await stateOf('r3'))?.state).toBe('unauthorised')
    await change('r3')
    expect((await stateOf('r3'))?.state).toBe('expected')
  })

  test('of several steps of an intruder rings although it was announced', async () => {
    await nextDay(config('r5'))
    const window = { starts: at(nowMs), ends: at(nowMs + DAY_MS) }
    await devices().addRecord(
      { device: 'r5', ...window, allows: [], reason: 'maintenance', reference: '' },
      'ann',
    )
    const user = 'username backdoor privilege 15 secret 9 zzzzzz'
    await nextDay(config('r5', user, ...TUNNEL).replace('logging host 10.0.0.9\n', ''))
    expect((await alertsOn('r5')).map(({ rule }) => rule)).toEqual(['audit-incident'])
  })
})

test('change records come as a table; a row that is wrong is refused with its line', async () => {
  const table = [
    'Device,starts,ends,reason,reference,allows',
    'r9,2026-05-01T20:00:00-04:00,2026-05-02T00:00:00-04:00,"ports, third floor",CHG-9,interface Gi0/1; vlan 30',
    'r9,2026-05-01,2026-05-02T00:00:00Z,no time,,',
    'r9,2026-05-02T00:00:00Z,2026-05-01T00:00:00Z,ends before it starts,,',
  ].join('\n')
  const imported = await devices().importRecords(bytesOf(table), 'ann')
  expect(imported.taken).toBe(1)
  expect(imported.refused).toEqual([
    { line: 3, column: 'starts', met: '2026-05-01' },
    { line: 4, column: 'ends', met: '2026-05-01T00:00:00Z' },
  ])
  expect(await devices().importRecords(bytesOf(table), 'ann')).toMatchObject({ taken: 0, known: 1 })
  const [record] = (await devices().records()).records
  expect(record).toMatchObject({
    device: 'r9',
    starts: '2026-05-02T00:00:00.000Z',
    allows: ['interface Gi0/1', 'vlan 30'],
    reason: 'ports, third floor',
  })
  await expect(devices().importRecords(bytesOf('device\n"never closed'), 'ann')).rejects.toThrow(
    'BAD_REQUEST',
  )
})

test('two versions of two devices are compared, secrets replaced', async () => {
  const one = await nextDay(config('a1', 'snmp-server community Sup3rSecret RO'))
  const other = await nextDay(config('a2', 'snmp-server community Oth3rSecret RO'))
  const compared = await devices().compare(one.version, other.version)
  expect(compared).toMatchObject({ before: { device: 'a1' }, after: { device: 'a2' } })
  expect(compared.changeCount).toBeGreaterThanOrEqual(2)
  const { text } = await devices().version(one.version)
  expect(text).toContain('hostname a1')
  expect(JSON.stringify([compared, text])).not.toContain('Secret')
})

test('a group has a known-good configuration, operators and makers’ digests', async () => {
  const good = await nextDay(config('g1', '! Last configuration change at 01:00:00 UTC by ann'))
  const ask = {
    devices: ['g*'],
    isPart: false,
    allows: ['hostname'],
    operators: ['ann'],
    management: [],
  }
  await devices().setGolden('sites', { ...ask, version: good.version }, 'ann')
  await devices().addHashes(bytesOf(`a.bin ${'00'.repeat(16)}`), 'list.txt', 'ann')
  await nextDay(config('g2'))
  // Who collects it asks for more than before: that is nobody's change.
  await nextDay(config('g2', '! System image file is "flash:/a.bin"'))
  expect(
    (await devices().changes({ limit: 100 })).changes.map(({ deviceName }) => deviceName),
  ).not.toContain('g2')
  const changedBy = '! Last configuration change at 02:00:00 UTC by zed'
  const image = `! System image file is "flash:/a.bin"\n! verify /md5 (flash:a.bin) = ${'ff'.repeat(16)}`
  await nextDay(config('g2', changedBy, image, ...SNMP))
  const { id } = (await devices().list()).devices.find(({ name }) => name === 'g2') ?? { id: '' }
  const { drift, firmware } = await devices().get(id)
  expect(drift).toMatchObject({ group: 'sites', isComparable: true, changeCount: 1 })
  expect(drift?.changes[0]?.after?.text).toBe(SNMP[0])
  const report = await devices().report({ device: id }, 'fr')
  expect(report).toContain('Configuration de référence (groupe sites)')
  expect(report).toContain('Maintenant\u202f: ligne')
  expect(firmware).toMatchObject([{ fact: 'image' }, { fact: 'hash', verdict: 'wrong' }])
  const rules = (await alertsOn('g2')).map(({ rule }) => rule)
  expect(rules.toSorted()).toEqual(['audit-image-hash-wrong', 'audit-unknown-operator'])

  const file = { name: 'sites', source: 'good.cfg' }
  await devices().setGoldenConfig(bytesOf(config('<*>', ...SNMP)), file, 'ann')
  expect((await devices().get(id)).drift).toMatchObject({ source: 'good.cfg', changeCount: 0 })
  await expect(devices().setGoldenConfig(bytesOf('a\0b'), file, 'ann')).rejects.toMatchObject({
    code: 'CONFIG_REFUSED',
  })
  await devices().removeGolden('sites')
  expect((await devices().get(id)).drift).toBeNull()
  await expect(devices().removeGolden('sites')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('what is no configuration is refused with a sentence and changes nothing', async () => {
  const before = (await devices().list()).devices.length
  await expect(devices().take(bytesOf('a\0b'), { source: 'x.bin' })).rejects.toMatchObject({
    code: 'CONFIG_REFUSED',
    details: { source: 'x.bin', problem: 'binary', line: 1 },
  })
  expect((await devices().list()).devices.length).toBe(before)
})

describe('the folder of configurations', () => {
  const folder = join(data, 'configurations')
  const notes: string[] = []
  const troubles: unknown[] = []
  const watched = () =>
    watchConfigFolder({
      records,
      audit: audit(),
      settings: { data },
      clock: { nowMs: () => nowMs },
      language: 'en',
      onNote: (sentence) => notes.push(sentence),
      onTrouble: (cause) => troubles.push(cause),
      everyMs: 20,
    })
  const until = async (isSo: () => Promise<boolean>) => {
    for (let tries = 0; tries < 400 && !(await isSo()); tries += 1) await sleep(25)
    expect(await isSo()).toBe(true)
  }
  const named = async (name: string) =>
    (await devices().list()).devices.find((device) => device.name === name)

  test('is read when a file holds still, once, and again when it changes', async () => {
    mkdirSync(join(folder, 'site/.git'), { recursive: true })
    writeFileSync(join(folder, 'site/.git/index'), config('hidden'))
    writeFileSync(join(folder, 'site/f1.cfg'), config('f1'))
    writeFileSync(join(folder, 'bad.cfg'), 'a\0b')
    const watch = watched()
    await until(async () => (await named('f1')) !== undefined && notes.length > 0)
    nowMs += DAY_MS
    writeFileSync(join(folder, 'site/f1.cfg'), config('f1', ...TUNNEL))
    await until(async () => (await named('f1'))?.versions === 2)
    expect(watch.refused()).toMatchObject([
      { file: 'bad.cfg', problem: { en: 'no text: a zero byte stands in line 1' } },
    ])
    rmSync(join(folder, 'bad.cfg'))
    await until(async () => watch.refused().length === 0)
    await watch.close()
    expect(notes).toEqual([
      'The configuration bad.cfg was not taken in: no text: a zero byte stands in line 1. It is looked at again when it changes.',
    ])
    expect(await named('hidden')).toBeUndefined()
    expect(troubles).toEqual([])
  })

  test('is not read again after a start when nothing changed', async () => {
    const before = await named('f1')
    nowMs += DAY_MS
    writeFileSync(join(folder, 'f2.cfg'), config('f2'))
    const watch = watched()
    await until(async () => (await named('f2')) !== undefined)
    await watch.close()
    expect(await named('f1')).toEqual(before)
    expect(notes.length).toBe(1)
  })
})
