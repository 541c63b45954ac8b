// Questions against a real embedded engine with 4,000 events, one a minute.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  TEST_FIELDS,
  EVENTS,
  FIRST_MS,
  RANGE,
  fillEvents,
  openTestEngine,
} from './events.test-helper.ts'
import type { TestEngine } from './events.test-helper.ts'
import { DEFAULT_LIMITS } from './hunt-limits.ts'
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
const every = (keep: (n: number) => boolean): readonly number[] =>
  Array.from({ length: EVENTS }, (_, n) => n).filter((n) => keep(n))
const isRead = (n: number): boolean => n % 1000 !== 999

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
    const slow = createHunt(opened.engine, {
      fields: () => TEST_FIELDS,
      clock,
      limits: { ...DEFAULT_LIMITS, seconds: 4, memoryMib: 300 },
    })
    const result = await slow.search({
      query: '',
      ...RANGE,
      from: '2025-01-01T00:00:00.000Z',
      limit: 5000,
      offset: 0,
      order: 'newest',
    })
    if (!result.ok) throw new Error('the search failed')
    const { stoppedAt, rows, more } = result.value
    expect(more).toBe(true)
    expect(Date.parse(stoppedAt ?? '')).toBeGreaterThan(Date.parse('2025-01-01T00:00:00.000Z'))
    expect(Date.parse(stoppedAt ?? '')).toBeLessThan(Date.parse(RANGE.to))
    // Nothing is missing of the stretch it says it searched.
    const times = Array.from({ length: EVENTS }, (_, at) => FIRST_MS + at * 60_000)
    expect(rows).toHaveLength(times.filter((ms) => ms >= Date.parse(stoppedAt ?? '')).length)
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
  const result = await hunt.top({ field, query, ...RANGE, limit: 3, exact: false })
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
    Array.from({ length: 8 }, () =>
      narrow.top({ field: 'action', query: '', ...RANGE, limit: 1, exact: true }),
    ),
  )
  expect(answers.every(({ ok }) => ok)).toBe(true)
})
