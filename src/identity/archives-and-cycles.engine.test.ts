// Archives of exports, and groups that hold one another, into real records.

import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { beforeAll, afterAll, expect, test } from 'vitest'
import { zipOf } from '../core/zip.test-helper.ts'
import type { Records } from '../store/index.ts'
import { importExport } from './import-export.ts'
import { KNOWLEDGE, NOW_MS, memoryRecords } from './station.test-helper.ts'

let records: Records
beforeAll(async () => {
  records = await memoryRecords()
})
afterAll(() => records.destroy())

const DOMAIN = 'S-1-5-21-1-2-3'
const user = (rid: number, name: string) => ({
  ObjectIdentifier: `${DOMAIN}-${rid}`,
  PrimaryGroupSID: `${DOMAIN}-513`,
  Properties: { samaccountname: name, domain: 'TOWN.EXAMPLE', enabled: true },
})
const member = (rid: number, type: 'User' | 'Group') => ({
  ObjectIdentifier: `${DOMAIN}-${rid}`,
  ObjectType: type,
})
const group = (rid: number, name: string, members: readonly object[]) => ({
  ObjectIdentifier: `${DOMAIN}-${rid}`,
  Properties: { name: `${name}@TOWN.EXAMPLE`, domain: 'TOWN.EXAMPLE' },
  Members: members,
})
const file = (name: string, data: readonly object[]) => ({
  name: `20260801_${name}.json`,
  bytes: Buffer.from(
    JSON.stringify({ data, meta: { type: name, count: data.length, version: 6 } }),
  ),
})
const USERS = file('users', [user(1104, 'roy'), user(1105, 'lee')])
// Help desk and operators hold one another, each twice; operators are domain administrators.
const GROUPS = file('groups', [
  group(512, 'DOMAIN ADMINS', [member(1201, 'Group')]),
  group(1200, 'HELP DESK', [member(1104, 'User'), member(1104, 'User'), member(1201, 'Group')]),
  group(1201, 'OPERATORS', [member(1200, 'Group'), member(1200, 'Group'), member(1201, 'Group')]),
])
const give = (bytes: Buffer) =>
  importExport(records, KNOWLEDGE, { file: 'BloodHound.zip', bytes, who: 'test', nowMs: NOW_MS })
const held = async () =>
  (
    await sql<{ login: string; tier: number; roles: string }>`
    SELECT a.login, a.tier, (SELECT count(*) FROM identity_roles r WHERE r.account = a.id AND r.tier = 0) AS roles
    FROM identity_accounts a ORDER BY a.login`.execute(records)
  ).rows.map(({ login, tier, roles }) => [login, tier, Number(roles)])

test('a zip of SharpHound is one import: all its parts, and what is no export passed over', async () => {
  const zip = zipOf(USERS, GROUPS, {
    name: 'notes.txt',
    bytes: Buffer.from('taken by the domain team'),
  })
  expect(await give(zip)).toMatchObject({
    source: 'ad',
    part: 'sharphound-users, sharphound-groups',
  })
})

test('groups that hold one another and members named twice give each role once', async () => {
  expect(await held()).toEqual([
    ['lee', 2, 0],
    ['roy', 0, 1],
  ])
})

test('one file of an archive that is wrong leaves everything as it was', async () => {
  const before = await held()
  const broken = { name: 'groups.json', bytes: Buffer.from('{"data": [') }
  await expect(give(zipOf(file('users', [user(1104, 'other')]), broken))).rejects.toMatchObject({
    code: 'IDENTITY_FILE_REFUSED',
    details: { file: 'BloodHound.zip: groups.json', problem: 'not_json' },
  })
  expect(await held()).toEqual(before)
})

test('a list packed by gzip is read; one that was cut or grows without end is told', async () => {
  const packed = gzipSync(USERS.bytes)
  expect(await give(packed)).toMatchObject({ part: 'sharphound-users', rows: 2 })
  await expect(give(packed.subarray(0, packed.length / 2))).rejects.toMatchObject({
    details: { problem: 'not_packed' },
  })
  await expect(give(gzipSync(Buffer.alloc(257 * 1024 * 1024)))).rejects.toMatchObject({
    details: { problem: 'too_large', met: '> 256 MiB' },
  })
})

test('an archive that is none, or holds no export, is told', async () => {
  await expect(give(Buffer.from('PK\u0003\u0004garbage'))).rejects.toMatchObject({
    details: { problem: 'not_packed' },
  })
  const letters = zipOf({ name: 'a.txt', bytes: Buffer.from('Dear all') })
  await expect(give(letters)).rejects.toMatchObject({ details: { problem: 'unknown_form' } })
})
