// What each form of a query finds, against a real embedded engine with 4,000 events, one a minute.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { familySql, positionSql } from '../model/index.ts'
import { sql, trusted } from '../store/index.ts'
import { TEST_FIELDS, EVENTS, RANGE, fillEvents, openTestEngine } from './events.test-helper.ts'
import type { TestEngine } from './events.test-helper.ts'
import { createHunt } from './hunt.ts'
import type { Hunting } from './hunt.ts'

let opened: TestEngine
let hunt: Hunting
beforeAll(async () => {
  opened = await openTestEngine()
  await fillEvents(opened)
  hunt = createHunt(opened.engine, { fields: () => TEST_FIELDS })
}, 60_000)
afterAll(() => opened.close())

const search = async (query: string, more: Record<string, unknown> = {}) => {
  const result = await hunt.search({
    query,
    ...RANGE,
    limit: 5000,
    offset: 0,
    order: 'newest',
    ...more,
  })
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}
/** The numbers of the events found; lines that no parser read have them at their end. */
const found = async (query: string): Promise<readonly number[]> => {
  const { rows } = await search(query, { columns: ['raw'] })
  return rows
    .map(({ raw }) => Number(/(?:n=| at )(\d+)/u.exec(raw ?? '')?.[1]))
    .toSorted((a, b) => a - b)
}
const every = (keep: (n: number) => boolean): readonly number[] =>
  Array.from({ length: EVENTS }, (_, n) => n).filter((n) => keep(n))
const isRead = (n: number): boolean => n % 1000 !== 999
const lastPart = (n: number): number => (n === 77 ? -1 : n % 200)

test('what an address belongs to is asked like a field', async () => {
  const ranges = [
    ['192.0.2.0', '192.0.2.9', 64_500, 'North Cable', 'access', 'CA'],
    ['192.0.2.10', '192.0.2.19', 64_501, 'Some VPS', 'hosting', 'CA'],
    ['192.0.2.30', '192.0.2.39', 64_500, 'North Cable', 'access', 'US'],
    ['2001:db8::', '2001:db8:ffff:ffff::', 64_501, 'Some VPS', 'hosting', 'FR'],
  ] as const
  for (const [first, last, asn, ...texts] of ranges)
    await opened.engine.ask.command(
      sql`INSERT INTO networks SELECT ${trusted(familySql('a'))}, ${trusted(positionSql('a'))}, ${trusted(positionSql('b'))}, ${asn}, ${texts[0]}, ${texts[1]}, ${texts[2]}
FROM (SELECT toIPv6(${first}) AS a, toIPv6(${last}) AS b)`,
    )
  const among = (...spans: readonly (readonly [number, number])[]) =>
    every((n) => isRead(n) && spans.some(([a, b]) => lastPart(n) >= a && lastPart(n) <= b))
  const six = every((n) => n === 77)
  const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)
  expect(await found('src_network_asn:64500')).toEqual(among([0, 9], [30, 39]))
  expect(await found('src_network_asn:AS64501')).toEqual(sorted([...among([10, 19]), ...six]))
  expect(await found('src_network_kind:hosting')).toEqual(sorted([...among([10, 19]), ...six]))
  expect(await found('src_network_name:"north cable" src_network_country:us')).toEqual(
    among([30, 39]),
  )
  expect(await found('src_network_name:*vps*')).toEqual(sorted([...among([10, 19]), ...six]))
  expect(await found('src_network_kind:tor')).toEqual([])
  expect(await found('src_network_kind:* -src_network_country:CA')).toEqual(
    sorted([...among([30, 39]), ...six]),
  )
  expect((await found('src_network_asn:""')).length).toBe(
    EVENTS - (await found('src_network_asn:*')).length,
  )
  const wrong = await hunt.search({
    query: 'src_network_asn:bell',
    ...RANGE,
    limit: 1,
    offset: 0,
    order: 'newest',
  })
  expect(wrong).toMatchObject({ ok: false, problem: { kind: 'not_a_number' } })
})

describe('a query finds', () => {
  test.each<[string, (n: number) => boolean]>([
    ['', () => true],
    ['action:deny', (n) => isRead(n) && n % 4 === 0],
    ['action:DENY', (n) => isRead(n) && n % 4 === 0],
    ['-action:deny', (n) => !isRead(n) || n % 4 !== 0],
    ['action:""', (n) => !isRead(n)],
    ['action:*', isRead],
    ['action:d?n*', (n) => isRead(n) && n % 4 === 0],
    ['src_ip:192.0.2.7', (n) => isRead(n) && lastPart(n) === 7],
    ['src_ip:192.0.2.0/28', (n) => isRead(n) && lastPart(n) >= 0 && lastPart(n) < 16],
    ['src_ip:192.0.2.1..192.0.2.3', (n) => isRead(n) && lastPart(n) >= 1 && lastPart(n) <= 3],
    ['src_ip:>192.0.2.190', (n) => isRead(n) && (lastPart(n) > 190 || n === 77)],
    ['src_ip:192.0.2.19*', (n) => isRead(n) && (lastPart(n) === 19 || lastPart(n) >= 190)],
    ['src_ip:2001:db8::/32', (n) => n === 77],
    ['src_ip:2001:DB8:0::7', (n) => n === 77],
    ['src_port:1030', (n) => isRead(n) && n % 100 === 6],
    ['src_port:>1120', (n) => isRead(n) && n % 100 > 96],
    ['src_port:1024..1025', (n) => isRead(n) && n % 100 < 2],
    ['src_port:112?', (n) => isRead(n) && n % 100 >= 96],
    ['event_code:4003', (n) => isRead(n) && n % 10 === 3],
    ['event_code:(4001 OR 4002, 4003)', (n) => isRead(n) && [1, 2, 3].includes(n % 10)],
    ['user_name:ZOÉ', (n) => n === 7],
    ['user_name:zo*', (n) => n === 7],
    [
      '(user_name:user3 OR user_name:user4) action:deny',
      (n) => isRead(n) && [3, 4].includes(n % 50) && n % 4 === 0 && n !== 7,
    ],
    ['cves:cve-2024-21762', (n) => n === 60],
    ['cves:*', (n) => n === 60],
    ['proc_cmd:*\\whoami.exe*', (n) => n === 50],
    [String.raw`proc_cmd:"C:\\Windows\\System32\\whoami.exe /all"`, (n) => n === 50],
    ['parse_status:unknown', (n) => !isRead(n)],
    ['any:192.0.2.7', (n) => isRead(n) && lastPart(n) === 7],
    ['any:ZOÉ', (n) => n === 7],
    ['any:192.0.2.0/31', (n) => isRead(n) && (lastPart(n) === 0 || lastPart(n) === 1)],
    ['any:zo*', (n) => n === 7],
    // A bare address: its own index, and the text of lines that no parser read.
    ['192.0.2.199', (n) => lastPart(n) === 199],
    ['"192.0.2.199"', (n) => lastPart(n) === 199],
    ['unreadable', (n) => !isRead(n)],
    ['UNREAD*from', (n) => !isRead(n)],
    ['"n=1234 srcip"', (n) => n === 1234],
    ['"50% of a_b"', isRead],
    ['"5_% of"', () => false],
    [String.raw`"\\ c"`, isRead],
    ['cfgpath:system.admin', (n) => n === 1234],
    ['cfgpath:SYSTEM.*', (n) => n === 1234],
    ['n:12..14', (n) => isRead(n) && n >= 12 && n <= 14],
    ['n:>3990', (n) => isRead(n) && n > 3990],
    ['note:*', isRead],
    ['time:2026-11-21', (n) => n >= 1440 && n < 2880],
    ['time:2026-11-20T01:00', (n) => n === 60],
    ['time:<2026-11-20T00:03', (n) => n < 3],
    ['time:2026-11-20T00:03..2026-11-20T00:05', (n) => n >= 3 && n <= 5],
  ])('%s', async (query, keep) => {
    expect(await found(query)).toEqual(every(keep))
  })

  test.each([
    ["it's", "it's"],
    ['tab', 'a\tb'],
    ['line', 'a\nb'],
    ['backslash', String.raw`a\b\\c`],
    ['percent', '100%'],
    ['zero', 'a\0b'],
    ['emoji', '😀'],
    ['brace', '{p1:String}'],
  ])('nothing, and no trouble, for a value with %s', async (_, value) => {
    const quoted = `"${value.replaceAll('\\', '\\\\')}"`
    expect(
      await found(`user_name:${quoted} OR ${quoted} OR nofield:${quoted} OR any:${quoted}`),
    ).toEqual([])
  })

  test.each([
    ['it’s', "x'); DROP"],
    ['a backslash', String.raw`a\b`],
    ['a tab', 'a\tb'],
    ['é', 'Été'],
  ])('a value with %s, as it is stored', async (_, value) => {
    const text = value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")
    const batch = `own${_}`.replaceAll(/\W/gu, '')
    await opened.engine.ask.command(
      trusted(
        `INSERT INTO events (time, received, batch, resource) VALUES ('2025-01-01 00:00:00', '2025-01-01 00:00:00', '${batch}', '${text}')`,
      ),
    )
    const range = { from: '2025-01-01T00:00:00.000Z', to: '2025-01-02T00:00:00.000Z' }
    const { rows } = await search(`resource:"${value.replaceAll('\\', '\\\\')}"`, range)
    expect(rows.map((row) => row['batch'])).toEqual([batch])
  })
})
