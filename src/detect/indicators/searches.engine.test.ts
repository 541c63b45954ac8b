// Stored events searched for indicators that arrive, in real engines.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { IndicatorSearch } from '../../model/index.ts'
import { add, arrive, judged, openTestRoom, rulesFound } from './station.test-helper.ts'
import type { TestRoom } from './station.test-helper.ts'
import { openSearches } from './index.ts'
import type { Indicators, Searches } from './index.ts'

let station: TestRoom

beforeAll(async () => {
  station = await openTestRoom()
})
afterAll(() => station.close())

function searchesOf(room: Indicators, sliceEvents?: number): Promise<Searches> {
  const { engine: events, records, clock } = station
  return openSearches({
    store: { events, records },
    clock,
    present: room.present,
    isIntakeBehind: () => false,
    onFound: () => undefined,
    ...(sliceEvents === undefined ? {} : { sliceEvents }),
  })
}

async function searched(room: Indicators, list: string, text: string): Promise<IndicatorSearch> {
  const searches = await searchesOf(room, 4)
  const { arrived } = await add(room, list, text)
  const { id } = await searches.start(arrived)
  await searches.idle()
  const found = (await searches.list()).find((one) => one.id === id)
  if (found === undefined) throw new Error('no search')
  return found
}

const EVENTS = [
  { src_ip: '10.0.0.1', dst_ip: '45.9.148.7' },
  { src_ip: '91.92.3.4' },
  { dst_ip: '2a0e:b107::1' },
  { dns_query: 'WWW.a.Evil.example.' },
  { dns_query: 'notevil.example' },
  { url: 'https://bad.example/a/b?c=1' },
  { url: '/a/b?c=1', url_host: 'bad.example' },
  { file_hash: `MD5=${'b'.repeat(32)},SHA256=${'A'.repeat(64)}` },
  { user_name: 'Thief@mail.example' },
  { proc_path: String.raw`C:\Windows\Temp\MimiDrv.sys` },
  { file_path: String.raw`HKLM\SOFTWARE\Evil\Run\x` },
]
const VALUES = [
  '45.9.148.7',
  '91.92.0.0/16',
  '2a0e:b107::/40',
  'evil.example',
  'http://bad.example/a/b?c=1',
  'a'.repeat(64),
  'thief@mail.example',
  String.raw`HKEY_LOCAL_MACHINE\Software\Evil`,
]
const FOUND = [
  'indicator:address:45.9.148.7@1',
  'indicator:domain:evil.example@4',
  'indicator:email:thief@mail.example@9',
  `indicator:hash:${'a'.repeat(64)}@8`,
  'indicator:prefix:2a0e:b107::/40@3',
  'indicator:prefix:91.92.0.0/16@2',
  String.raw`indicator:registry_key:hklm\software\evil@11`,
  'indicator:url:bad.example/a/b?c=1@6',
  'indicator:url:bad.example/a/b?c=1@7',
].toSorted()

test('a few new values are found in what is stored, once, with their counts', async () => {
  const room = await station.room()
  await arrive(station, 'past', EVENTS)
  await judged(station, room, 'past')
  const found = await searched(room, 'few', VALUES.join('\n'))
  expect(found).toMatchObject({ state: 'done', values: 8, findings: 9, known: 0, searched: 11 })
  expect(await rulesFound(station, 'past')).toEqual(FOUND)
  const again = await searched(room, 'few', VALUES.join('\n'))
  expect(again).toMatchObject({ state: 'done', findings: 0, known: 9 })
  expect(await rulesFound(station, 'past')).toEqual(FOUND)
  expect((await room.find('evil.example'))[0]?.hits).toBe(1)
  await room.remove('few')
})

test('many values are looked for in slices, and what arrival found is not found again', async () => {
  const room = await station.room()
  const many = Array.from({ length: 400 }, (_, at) => `name${at}.bad.example`)
  await add(room, 'before', 'evil.example')
  await arrive(station, 'many', [...EVENTS, { dns_query: 'x.name7.bad.example' }])
  await judged(station, room, 'many')
  expect(await rulesFound(station, 'many')).toEqual(['indicator:domain:evil.example@4'])
  const found = await searched(room, 'lots', [...VALUES, ...many].join('\n'))
  expect(found).toMatchObject({ state: 'done', values: 408, known: 10, findings: 9 })
  expect(await rulesFound(station, 'many')).toEqual(
    [...FOUND, 'indicator:domain:name7.bad.example@12'].toSorted(),
  )
})

test('a search that a stop cut off goes on by itself, and doubles nothing', async () => {
  const room = await station.room()
  await arrive(station, 'cut', [{ dns_query: 'cut.example' }, { dns_query: 'b.cut.example' }])
  await judged(station, room, 'cut')
  const filler = Array.from({ length: 300 }, (_, at) => `f${at}.filler.example`)
  const { arrived } = await add(room, 'cut', ['cut.example', ...filler].join('\n'))
  const first = await searchesOf(room, 1)
  const { id } = await first.start(arrived)
  await first.close()
  const state = async (searches: Searches) =>
    (await searches.list()).find((search) => search.id === id)
  expect((await state(first))?.state).toBe('running')
  const next = await searchesOf(room, 1)
  await next.idle()
  expect(await state(next)).toMatchObject({ state: 'done', findings: 2 })
  expect(await rulesFound(station, 'cut')).toHaveLength(2)
})
