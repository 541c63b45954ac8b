import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSettings } from '../../core/index.ts'
import { openStore, sql, trusted } from '../../store/index.ts'
import type { Store } from '../../store/index.ts'
import { alertsOn } from '../alerts/index.ts'
import { insertFindings } from '../findings-table.ts'
import { openRisk } from '../risk/index.ts'
import { entityView } from './entity-view.ts'
import { namesOf } from './known-names.ts'

const NOW = Date.UTC(2026, 10, 30, 15)
const folder = mkdtempSync(join(tmpdir(), 'vigie-entity-'))
let store: Store

beforeAll(async () => {
  store = await openStore(readSettings({ data: join(folder, 'data') }, {}))
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A sign-in of ann at a time, from a network. */
async function signIn(at: string, network: string, device: string): Promise<void> {
  await store.events.ask.command(
    sql`INSERT INTO login_hours (hour, class_uid, account, target, device, client, network, logon_type, address, first_at, last_at, batch, line, events)
    SELECT toStartOfHour(toDateTime(${at}, 'UTC')), 3002, 'ann', 'gate', ${device}, '', toIPv6(${network}), 0, toIPv6(${network}),
      toDateTime64(${at}, 3, 'UTC'), toDateTime64(${at}, 3, 'UTC'), 'b', 1, 1`,
  )
}

function finding(at: string, rule: string) {
  const reasons = [{ selection: 's', field: 'f', value: 'v', pattern: 'p' }]
  return {
    time: at,
    rule,
    title: rule,
    severity: 'high' as const,
    entityKind: 'account' as const,
    entity: 'Ann',
    batch: 'b',
    line: 1,
    reasons,
  }
}

test('an account: what was found day by day, what is usual, and what is new today', async () => {
  for (const day of ['2026-11-02', '2026-11-03', '2026-11-04'])
    await signIn(`${day} 13:00:00`, '192.0.2.0', 'desk')
  await signIn('2026-11-30 09:30:00', '192.0.2.0', 'desk')
  await signIn('2026-11-30 14:10:00', '198.51.100.0', '')
  await insertFindings(
    store.events.ask,
    [
      finding('2026-11-29T10:00:00Z', 'one'),
      finding('2026-11-29T11:00:00Z', 'two'),
      finding('2026-11-30T14:10:00Z', 'two'),
    ],
    { token: 't', nowMs: NOW, again: false },
  )
  const hour = new Date(Date.UTC(2026, 10, 30, 14))
  await store.records
    .insertInto('risk_hours')
    .values({
      entity_kind: 'account',
      entity: 'Ann',
      hour,
      score: 7.5,
      p: null,
      calibration: 9,
      told: hour,
    })
    .execute()

  const view = await entityView(store, { kind: 'account', name: 'Ann' }, NOW)

  expect(view.days).toHaveLength(30)
  expect(view.days.slice(-2)).toEqual([
    { day: '2026-11-29', findings: 2, rules: 2 },
    { day: '2026-11-30', findings: 1, rules: 1 },
  ])
  expect(view.rare).toEqual([{ hour: hour.toISOString(), score: 7.5 }])
  expect(view.rules.map(({ rule, findings, last }) => [rule, findings, last])).toEqual([
    ['two', 2, '2026-11-30T14:10:00.000000Z'],
    ['one', 1, '2026-11-29T10:00:00.000000Z'],
  ])
  const told = view.usual.map(({ aspect, value, days, today }) => [aspect, value, days, today])
  expect(told).toEqual([
    ['network', '198.51.100.0/24', 0, true],
    ['network', '192.0.2.0/24', 3, true],
    ['machine', 'desk', 3, true],
    ['target', 'gate', 3, true],
  ])
})

test.each(['account', 'device', 'address', 'source'] as const)(
  '%s: one that was never met is empty, whatever its name',
  async (kind) => {
    const view = await entityView(store, { kind, name: `x' OR 1=1 -- ? {a:String}` }, NOW)
    expect(view).toMatchObject({ account: null, asset: null, rare: [], rules: [], usual: [] })
    expect(view.days.every(({ findings }) => findings === 0)).toBe(true)
  },
)

test('a device and an address are asked of their own tables', async () => {
  await store.events.ask.command(
    trusted(`INSERT INTO program_days (day, parent, child, device, first_at, last_at, batch, line, events)
    SELECT toDate('2026-11-20'), 'cmd.exe', 'whoami.exe', 'gate', toDateTime64('2026-11-20 10:00:00', 3, 'UTC'), toDateTime64('2026-11-20 10:00:00', 3, 'UTC'), 'b', 1, 1`),
  )
  const device = await entityView(store, { kind: 'device', name: 'GATE' }, NOW)
  expect(device.usual).toContainEqual(
    expect.objectContaining({ aspect: 'started', value: 'cmd.exe → whoami.exe', days: 1 }),
  )
  expect(device.usual).toContainEqual(expect.objectContaining({ aspect: 'account', value: 'ann' }))
  const address = await entityView(store, { kind: 'address', name: '192.0.2.0' }, NOW)
  expect(address.usual).toContainEqual(expect.objectContaining({ aspect: 'account', value: 'ann' }))
})

test('what is found on an account under several names is told once, and its page has all of it', async () => {
  const lane = store.events.ask
  const staff = ['ann', 'bob', 'carla'].flatMap((name) => [name, `${name}@town.example`])
  for (const account of staff)
    await lane.command(
      sql`INSERT INTO login_hours (hour, class_uid, account, first_at, last_at, batch, line, events)
      SELECT toDateTime('2026-11-29 08:00:00', 'UTC'), 3002, ${account}, toDateTime64('2026-11-29 08:00:00', 3, 'UTC'), toDateTime64('2026-11-29 08:00:00', 3, 'UTC'), 'b', 1, 1`,
    )
  const bob = (entity: string, rule: string) => ({
    ...finding('2026-11-30T13:20:00Z', rule),
    entity,
  })
  await insertFindings(lane, [bob('Bob', 'seized'), bob('bob@town.example', 'sent away')], {
    token: 'spelled',
    nowMs: NOW,
    again: false,
  })
  const facts = new Map(
    ['seized', 'sent away'].map((id) => [
      id,
      {
        id,
        title: { en: id, fr: id },
        severity: 'critical' as const,
        attack: [],
        author: '',
        reference: '',
      },
    ]),
  )
  const risk = openRisk({
    store,
    facts: () => facts,
    clock: { nowMs: () => NOW },
    alertsADay: 1,
    onTold: () => undefined,
    onTrouble: (cause) => {
      throw cause
    },
  })
  expect(await risk.look()).toBe(1)
  expect(await risk.look()).toBe(0)
  await risk.close()

  const view = await entityView(store, { kind: 'account', name: 'bob@town.example' }, NOW)
  expect(view.alsoNamed.toSorted()).toEqual(['Bob', 'bob'])
  expect(view.rules.map(({ rule }) => rule).toSorted()).toEqual(['seized', 'sent away'])
  expect(view.rare).toHaveLength(1)
  const [alert, ...others] = view.alerts
  expect(others).toEqual([])
  expect(alert?.reasons.map(({ field }) => field).toSorted()).toEqual(['seized', 'sent away'])
})

test('what bears no name has one name, and alerts on it are found', async () => {
  expect(await namesOf(store.events.ask, { kind: 'account', name: '' }, NOW)).toEqual([''])
  expect(await namesOf(store.events.ask, { kind: 'source', name: 'a' }, NOW)).toEqual(['a'])
  expect(await alertsOn(store.records, [''], 10)).toEqual([])
})
