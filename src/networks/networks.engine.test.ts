// Networks in a station's own stores: loaded whole or not at all, asked by address, by many at once as analytics do.

import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CONTENT } from '../app/content.ts'
import { readSettings } from '../core/index.ts'
import { familySql, positionSql } from '../model/index.ts'
import { openStore, sql, trusted } from '../store/index.ts'
import type { Store } from '../store/index.ts'
import { makeKey, openNetworks, readKinds, readSources, writePack } from './index.ts'
import type { Networks } from './index.ts'

const NOW = Date.UTC(2026, 10, 30)
const folder = mkdtempSync(join(tmpdir(), 'vigie-networks-'))
const at = (name: string) => join(folder, name)
const kindOf = readKinds(CONTENT.networkKinds)
let store: Store
let networks: Networks

beforeAll(async () => {
  store = await openStore(readSettings({ data: at('data') }, {}))
  networks = openNetworks({ store, clock: { nowMs: () => NOW }, folder, kindOf })
})

afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

async function pack(operators: string, dated: string): Promise<string> {
  writeFileSync(at('operators.csv'), operators)
  writeFileSync(at('countries.csv'), '198.51.100.0,203.0.113.255,CA\n')
  const said = [{ name: 'own', version: '', licence: 'CC0-1.0', address: '', dated }]
  const sources = {
    operators: [at('operators.csv')],
    countries: [at('countries.csv')],
    lists: [],
    said,
  }
  const ranges = await readSources(sources, kindOf)
  makeKey(at('key.pem'))
  const keyFile = at('key.pem')
  await writePack(at('own.pack'), { ranges, sources: said, keyFile, nowMs: NOW })
  return at('own.pack')
}

const load = (file: string, more: { key?: string; older?: boolean } = {}) =>
  networks.load(createReadStream(file), { older: false, ...more }, 'ana')

const FIRST =
  '198.51.100.0,198.51.100.127,64500,North Cable\n203.0.113.0,203.0.113.255,64501,Some VPS\n'

test('a pack is taken of a key that somebody named, and of that key from then on', async () => {
  expect(await networks.find('198.51.100.9')).toMatchObject({ asn: 0, dated: null })
  const file = await pack(FIRST, '2026-11-01T00:00:00.000Z')
  const key = makeKey(at('key.pem'))
  await expect(load(file)).rejects.toMatchObject({ details: { problem: 'unknown_key', met: key } })
  expect((await networks.state()).data).toBeNull()
  expect(await load(file, { key })).toMatchObject({ ageDays: 29, stale: false, keys: [key] })
  expect(await load(file)).toMatchObject({ data: { origin: 'pack', loadedBy: 'ana', ranges: 3 } })
})

test.each([
  ['198.51.100.9', { asn: 64_500, organisation: 'North Cable', kind: 'access', country: 'CA' }],
  ['198.51.100.128', { asn: 0, organisation: '', kind: '', country: 'CA' }],
  ['203.0.113.255', { asn: 64_501, kind: 'hosting' }],
  ['203.0.114.0', { asn: 0, country: '' }],
  ['2001:db8::1', { asn: 0, country: '' }],
])('%s belongs to what the pack says', async (address, expected) => {
  expect(await networks.find(address)).toMatchObject(expected)
})

test('what is no address is none', async () => {
  expect(await networks.find("' OR 1")).toBeUndefined()
})

test('many addresses are joined at once, as analytics do', async () => {
  const { rows } = await store.events.ask.query<{ ip: string; asn: number }>(
    sql`SELECT toString(ip) AS ip, if(position <= n.last, n.asn, 0) AS asn FROM (
  SELECT arrayJoin([toIPv6('198.51.100.127'), toIPv6('198.51.100.128'), toIPv6('2001:db8::1'), toIPv6('::')]) AS ip,
    ${trusted(familySql('ip'))} AS family, ${trusted(positionSql('ip'))} AS position
) AS a ASOF LEFT JOIN networks AS n ON n.family = a.family AND n.first <= a.position ORDER BY ip`,
  )
  expect(rows.map(({ asn }) => asn)).toEqual([0, 0, 64_500, 0])
})

test('kinds of many addresses are one question; what has none is left out', async () => {
  const asked = ['198.51.100.9', '198.51.100.128', '203.0.113.255', '2001:db8::1', "' OR 1", '']
  expect(await networks.kindsOf(asked)).toEqual(
    new Map([
      ['198.51.100.9', 'access'],
      ['203.0.113.255', 'hosting'],
    ]),
  )
  expect(await networks.kindsOf([])).toEqual(new Map())
})

test('an older pack is refused until it is asked for, and what is taken replaces all of the old', async () => {
  const older = await pack('192.0.2.0,192.0.2.255,64502,"A, B"\n', '2026-10-01T00:00:00.000Z')
  await expect(load(older)).rejects.toMatchObject({ details: { problem: 'older' } })
  expect(await networks.find('198.51.100.9')).toMatchObject({ asn: 64_500 })
  expect(await load(older, { older: true })).toMatchObject({ data: { ranges: 2 } })
  expect(await networks.find('198.51.100.9')).toMatchObject({ asn: 0, country: 'CA' })
  expect(await networks.find('192.0.2.7')).toMatchObject({ asn: 64_502, organisation: 'A, B' })
})
