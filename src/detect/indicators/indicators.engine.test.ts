// Indicators against rows in real engines.

import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY_MS } from '../../core/index.ts'
import { ImportAskSchema } from '../../model/index.ts'
import { searchAlerts } from '../alerts/index.ts'
import { NOW, add, arrive, judged, openTestRoom, rulesFound } from './station.test-helper.ts'
import type { TestRoom } from './station.test-helper.ts'

let station: TestRoom

beforeAll(async () => {
  station = await openTestRoom()
})
afterAll(() => station.close())

const SHA = 'a'.repeat(64)

test('every kind is met where its column shows it', async () => {
  const room = await station.room()
  await add(
    room,
    'kinds',
    [
      '45.9.148.7',
      '91.92.0.0/16',
      '2a0e:b107:0::/40',
      'evil[.]example',
      'hxxps://Bad.example:443/a/B?c=1#f',
      SHA,
      'thief@mail.example',
      't13d1516h2_8daaf6152771_02713d6af862',
    ].join('\n'),
  )
  await add(
    room,
    'kinds',
    String.raw`type,value
filename,mimidrv.sys
user-agent,EvilBot/1.0 (x)
regkey,HKEY_LOCAL_MACHINE\Software\Evil
`,
  )
  await arrive(station, 'kinds', [
    { src_ip: '10.0.0.1', dst_ip: '45.9.148.7' },
    { src_ip: '91.92.3.4' },
    { dst_ip: '2a0e:b107::1' },
    { dns_query: 'WWW.a.Evil.example.' },
    { dns_query: 'notevil.example' },
    { url: 'https://bad.example/a/b?c=1' },
    { url: '/a/b?c=1', url_host: 'bad.example' },
    { file_hash: `MD5=${'b'.repeat(32)},SHA256=${SHA.toUpperCase()}` },
    { user_name: 'Thief@mail.example' },
    { tls_ja4: 't13d1516h2_8daaf6152771_02713d6af862' },
    { proc_path: String.raw`C:\Windows\Temp\MimiDrv.sys` },
    { user_agent: 'EvilBot/1.0 (x)' },
    { file_path: String.raw`HKLM\SOFTWARE\Evil\Run\x` },
    { dst_ip: '45.9.148.8', dns_query: 'example' },
  ])
  expect(await judged(station, room, 'kinds')).toBe(12)
  expect(await rulesFound(station, 'kinds')).toEqual(
    [
      'indicator:address:45.9.148.7@1',
      'indicator:domain:evil.example@4',
      'indicator:email:thief@mail.example@9',
      'indicator:file_name:mimidrv.sys@11',
      'indicator:fingerprint:t13d1516h2_8daaf6152771_02713d6af862@10',
      `indicator:hash:${SHA}@8`,
      'indicator:prefix:2a0e:b107::/40@3',
      'indicator:prefix:91.92.0.0/16@2',
      String.raw`indicator:registry_key:hklm\software\evil@13`,
      'indicator:url:bad.example/a/b?c=1@6',
      'indicator:url:bad.example/a/b?c=1@7',
      'indicator:user_agent:evilbot/1.0 (x)@12',
    ].toSorted(),
  )
})

test('the same value of several lists is one finding that names both, by the surer', async () => {
  const room = await station.room()
  await add(room, 'one', 'twice.example', { confidence: 30 })
  await add(room, 'two', 'twice.example', { confidence: 90 })
  await arrive(station, 'twice', [{ src_ip: '10.0.0.5', dns_query: 'twice.example' }])
  expect(await judged(station, room, 'twice')).toBe(1)
  const { alerts } = await searchAlerts(station.records, { entity: '10.0.0.5' })
  expect(alerts).toHaveLength(1)
  expect(alerts[0]).toMatchObject({
    severity: 'high',
    entityKind: 'address',
    count: 1,
    why: {
      en: 'Address 10.0.0.5: The name twice.example is an indicator (two, one): dns_query is “twice.example”.',
    },
  })
})

test('a batch that is stored again after a crash is found and counted once', async () => {
  const room = await station.room()
  await add(room, 'crash', 'crash.example')
  await arrive(station, 'crash', [{ dns_query: 'crash.example' }, { dns_query: 'a.crash.example' }])
  const [lane] = station.engine.intake
  if (lane === undefined) throw new Error('no lane')
  // The first try ended between the findings and the ledger; another process goes on.
  await room.judgeBatch({ lane, table: 'batch_rows', batch: 'crash', again: false })
  const next = await station.room()
  await judged(station, next, 'crash', true)
  expect(await rulesFound(station, 'crash')).toHaveLength(2)
  const [found] = await next.find('crash.example')
  expect(found).toMatchObject({ hits: 2, firstHit: '2026-01-01T00:00:01.000Z' })
})

test('what is expired, withdrawn, removed or on a warning list does not match', async () => {
  const room = await station.room()
  await add(room, 'ends', 'value,valid_until\nold.example,2026-11-22\nsoon.example,2026-11-25\n')
  await add(room, 'gone', 'gone.example')
  const { warned } = await add(room, 'warned', '8.8.8.8\n10.1.2.3\nwindows.com\n192.168.0.0/24')
  expect(warned).toBe(4)
  await room.remove('gone')
  const names = ['old.example', 'soon.example', 'gone.example', 'windows.com']
  const rows = [...names.map((name) => ({ dns_query: name })), { dst_ip: '8.8.8.8' }]
  await arrive(station, 'ends', rows)
  await judged(station, room, 'ends')
  expect(await rulesFound(station, 'ends')).toEqual(['indicator:domain:soon.example@2'])
  station.setNow(NOW + 3 * DAY_MS)
  await arrive(station, 'later', rows)
  expect(await judged(station, room, 'later')).toBe(0)
  station.setNow(NOW)
  const lists = await room.lists()
  expect(lists.find(({ name }) => name === 'warned')).toMatchObject({
    total: 4,
    live: 0,
    warned: 4,
  })
  expect(lists.some(({ name }) => name === 'gone')).toBe(false)
})

test('a list that replaces itself ends what it no longer names, and may bring it back', async () => {
  const room = await station.room()
  await add(room, 'feed', 'first.example\nsecond.example')
  await add(room, 'feed', 'second.example', { replace: 'true' })
  expect(
    (await room.search({ text: '', list: 'feed', limit: 10, offset: 0 })).indicators,
  ).toMatchObject([
    { value: 'first.example', sources: [{ state: 'revoked' }] },
    { value: 'second.example', sources: [{ state: 'live' }] },
  ])
  await add(room, 'feed', 'first.example')
  expect((await room.find('FIRST.example'))[0]?.sources[0]?.state).toBe('live')
})

test('an object that comes anew ends what it named before, and nothing of others', async () => {
  const room = await station.room()
  const object = (id: string, pattern: string, change = {}) => ({
    type: 'indicator',
    id,
    pattern,
    pattern_type: 'stix',
    ...change,
  })
  const give = (objects: readonly { readonly id: string }[]) =>
    room.importList(
      Readable.from([Buffer.from(JSON.stringify({ type: 'bundle', objects }))]),
      ImportAskSchema.parse({ list: 'hub' }),
      'hub',
      objects.map(({ id }) => id),
    )
  await give([
    object('i1', "[domain-name:value = 'old.example']"),
    object('i2', "[ipv6-addr:value = '2a0e:b107:0::66']"),
  ])
  await give([object('i1', "[domain-name:value = 'new.example']")])
  const wanted = { references: ['i1', 'i2'], keys: ['new.example', 'unknown.example'] }
  const states = async () =>
    (await room.valuesOf('hub', wanted)).map(({ key, state }) => `${key} ${state}`).toSorted()
  expect(await states()).toEqual(['2a0e:b107::66 live', 'new.example live', 'old.example revoked'])
  await give([object('i2', "[ipv6-addr:value = '2a0e:b107:0::66']", { revoked: true })])
  expect(await states()).toContain('2a0e:b107::66 revoked')
  expect(await room.metOf('hub')).toEqual([])
})

test('bad entries are counted with reason and line, and stop nothing', async () => {
  const room = await station.room()
  const outcome = await add(
    room,
    'bad',
    'good.example\n???\n10.0.0.0/4\n\n# note\nfine.example # why',
  )
  expect(outcome).toMatchObject({ read: 4, kept: 2, refused: 2 })
  expect(outcome.problems.map(({ line, value }) => [line, value])).toEqual([
    [2, '???'],
    [3, '10.0.0.0/4'],
  ])
})
