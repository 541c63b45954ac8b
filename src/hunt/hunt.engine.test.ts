// Questions against a real embedded engine with 4,000 events, one a minute.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHunt } from './hunt.ts'
import type { Hunting } from './hunt.ts'
import { EVENTS, FIRST_MS, RANGE, fillEvents, openTestEngine } from './test-events.ts'
import type { TestEngine } from './test-events.ts'

let opened: TestEngine
let hunt: Hunting
beforeAll(async () => {
  opened = await openTestEngine()
  await fillEvents(opened)
  hunt = createHunt(opened.engine)
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
    await opened.engine.ask.command({
      text: `INSERT INTO events (time, received, batch, resource) VALUES ('2025-01-01 00:00:00', '2025-01-01 00:00:00', '${batch}', '${text}')`,
      values: {},
    })
    const range = { from: '2025-01-01T00:00:00.000Z', to: '2025-01-02T00:00:00.000Z' }
    const { rows } = await search(`resource:"${value.replaceAll('\\', '\\\\')}"`, range)
    expect(rows.map((row) => row['batch'])).toEqual([batch])
  })
})

describe('rows', () => {
  test('come newest first, page after page, none twice and none missing', async () => {
    const lines: string[] = []
    for (let offset = 0; ; offset += 700) {
      const { rows, more } = await search('', { limit: 700, offset, columns: [] })
      lines.push(...rows.map(({ time }) => time ?? ''))
      if (!more) break
    }
    expect(lines).toHaveLength(EVENTS)
    expect(lines).toEqual(lines.toSorted().toReversed())
    expect(new Set(lines).size).toBe(EVENTS)
  })

  test('come oldest first when asked', async () => {
    const { rows, more } = await search('action:deny', { limit: 3, order: 'oldest' })
    expect(rows.map(({ time }) => time)).toEqual([
      '2026-11-20T00:00:00.000Z',
      '2026-11-20T00:04:00.000Z',
      '2026-11-20T00:08:00.000Z',
    ])
    expect(more).toBe(true)
  })

  test('show what is asked as text, leave out what is absent, and can always be opened', async () => {
    const { columns, rows } = await search('n:77', {
      columns: ['src_ip', 'src_port', 'user_name', 'url', 'cfgpath'],
    })
    expect(columns).toEqual([
      'src_ip',
      'src_port',
      'user_name',
      'url',
      'cfgpath',
      'time',
      'batch',
      'line',
    ])
    expect(rows).toEqual([
      {
        src_ip: '2001:db8::7',
        src_port: '1101',
        user_name: 'user27',
        cfgpath: 'firewall.policy',
        time: '2026-11-20T01:17:00.000Z',
        batch: 'batch0',
        line: '77',
      },
    ])
  })

  test('do not hold the end of the range', async () => {
    const to = new Date(FIRST_MS + 60_000).toISOString()
    expect((await search('', { to })).rows).toHaveLength(1)
  })

  test('refuse a column name that is none', async () => {
    const result = await hunt.search({
      query: '',
      ...RANGE,
      columns: ['a, (SELECT 1)'],
      limit: 1,
      offset: 0,
      order: 'newest',
    })
    expect(result).toMatchObject({ ok: false, problem: { kind: 'unknown_field' } })
  })

  test('refuse a range that ends before it starts', async () => {
    const result = await hunt.search({
      query: '',
      from: RANGE.to,
      to: RANGE.from,
      limit: 1,
      offset: 0,
      order: 'newest',
    })
    expect(result).toMatchObject({ ok: false, problem: { kind: 'range_reversed' } })
  })

  test('are given as far as the search came when its time is over', async () => {
    let nowMs = 0
    const clock = { nowMs: () => (nowMs += 700) }
    const slow = createHunt(opened.engine, { clock, limits: { seconds: 4, memoryMib: 300 } })
    const result = await slow.search({
      query: '',
      ...RANGE,
      from: '2025-01-01T00:00:00.000Z',
      limit: 5000,
      offset: 0,
      order: 'newest',
    })
    expect(result.ok && result.value.stoppedAt).toMatch(/^2026-11-2/u)
    expect(result.ok && result.value.more).toBe(true)
  })

  test('are not asked for when nobody waits any more', async () => {
    const result = hunt.search(
      { query: '', ...RANGE, limit: 1, offset: 0, order: 'newest' },
      AbortSignal.abort(),
    )
    await expect(result).rejects.toThrow(/abort/iu)
  })
})

describe('histogram', () => {
  test('counts every event once, in buckets that cover the range', async () => {
    const result = await hunt.histogram({ query: 'action:deny', ...RANGE })
    if (!result.ok) throw new Error('refused')
    const { total, bucketMs, buckets } = result.value
    expect(total).toBe(every((n) => isRead(n) && n % 4 === 0).length)
    expect(bucketMs).toBe(3_600_000)
    expect(buckets).toHaveLength(72)
    expect(buckets[0]).toEqual({ from: '2026-11-20T00:00:00.000Z', count: 15 })
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(total)
  })

  test.each([
    ['1 ms', '2026-11-20T00:00:00.001Z', 1],
    ['an hour', '2026-11-20T01:00:00.000Z', 60],
    ['ten years', '2036-11-20T00:00:00.000Z', EVENTS],
  ])('takes %s', async (_, to, total) => {
    const result = await hunt.histogram({ query: '', from: RANGE.from, to })
    expect(result).toMatchObject({ ok: true, value: { total } })
    expect(result.ok && result.value.buckets.length).toBeLessThanOrEqual(101)
  })

  test('is refused for a SELECT', async () => {
    expect(await hunt.histogram({ sql: 'SELECT 1', ...RANGE })).toMatchObject({
      ok: false,
      problem: { kind: 'sql_no_counts' },
    })
  })
})

const top = async (field: string, query = '') => {
  const result = await hunt.top({ field, query, ...RANGE, limit: 3 })
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return {
    distinct: result.value.distinct,
    values: result.value.values.map(({ value, count }) => `${value} ${count}`),
  }
}

describe('top values', () => {
  test.each([
    ['action', { distinct: 3, values: ['accept 2996', 'Deny 1000', ' 4'] }],
    ['src_ip', { distinct: 202, values: ['192.0.2.0 20', '192.0.2.1 20', '192.0.2.2 20'] }],
    ['event_code', { distinct: 11, values: ['4000 400', '4001 400', '4002 400'] }],
    ['dst_port', { distinct: 2, values: ['443 3996', ' 4'] }],
    ['cfgpath', { distinct: 3, values: ['firewall.policy 3995', ' 4', 'system.admin 1'] }],
    ['cves', { distinct: 1, values: ['CVE-2024-21762 1'] }],
    [
      'time',
      {
        distinct: 4000,
        values: [
          '2026-11-20T00:00:00.000Z 1',
          '2026-11-20T00:01:00.000Z 1',
          '2026-11-20T00:02:00.000Z 1',
        ],
      },
    ],
    ['parse_status', { distinct: 2, values: ['ok 3996', 'unknown 4'] }],
  ])('of %s', async (field, expected) => {
    expect(await top(field)).toEqual(expected)
  })

  test('of what a query finds', async () => {
    expect(await top('user_name', 'n:7 OR n:57')).toEqual({
      distinct: 2,
      values: ['Zoé 1', 'user7 1'],
    })
  })
})

describe('an event', () => {
  test('is opened whole', async () => {
    const result = await hunt.event({ batch: 'batch1', line: 234 })
    const event = result.ok ? result.value : undefined
    expect(event?.fields).toMatchObject({ n: '1234', cfgpath: 'system.admin', action: 'accept' })
    expect(event?.columns).toMatchObject({
      user_name: 'user34',
      src_ip: '192.0.2.34',
      batch: 'batch1',
      line: '234',
      parse_status: 'ok',
    })
    expect(event?.columns).not.toHaveProperty('raw')
    expect(event?.raw).toMatch(/^n=1234 /u)
  })

  test('that is not there is undefined', async () => {
    expect(await hunt.event({ batch: 'batch1', line: 99_999 })).toEqual({
      ok: true,
      value: undefined,
    })
    expect(await hunt.event({ batch: "x' OR 1=1", line: 0 })).toEqual({
      ok: true,
      value: undefined,
    })
  })
})

test('runs a few questions at once and the others after', async () => {
  const narrow = createHunt(opened.engine, { atOnce: 1 })
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => narrow.top({ field: 'action', query: '', ...RANGE, limit: 1 })),
  )
  expect(answers.every(({ ok }) => ok)).toBe(true)
})
