// Estimates against counts, over a million events in parts of many sizes.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textOf, trusted } from '../store/index.ts'
import { FIRST_MS, RANGE, TEST_FIELDS, openTestEngine } from './events.test-helper.ts'
import type { TestEngine } from './events.test-helper.ts'
import { DEFAULT_LIMITS } from './hunt-limits.ts'
import { createHunt } from './hunt.ts'
import type { Hunting } from './hunt.ts'
import { blocksOf } from './sample.ts'

/** Events of each part; the last, a small one, is the only one with the port 22. */
const PARTS = [700_000, 200_000, 60_000, 30_000, 9000, 1000]
const ALL = PARTS.reduce((sum, rows) => sum + rows, 0)

let opened: TestEngine
let hunt: Hunting
beforeAll(async () => {
  opened = await openTestEngine()
  const lane = opened.engine.ask
  await lane.command(trusted('SYSTEM STOP MERGES events'))
  for (const [at, rows] of PARTS.entries()) {
    const port = at === PARTS.length - 1 ? '22' : 'if(cityHash64(number) % 10 < 7, 443, 53)'
    await lane.command(
      trusted(`INSERT INTO events (time, received, source, batch, line, raw, dst_port, action)
SELECT fromUnixTimestamp64Milli(toInt64(${FIRST_MS} + number % 86400000), 'UTC') AS at, at, 'syslog/1', 'b${at}', number,
  concat('n=', toString(number), ' kind=', if(number % 4 = 0, 'odd', 'even')), ${port}, if(number % 2 = 0, 'accept', 'deny') FROM numbers(${rows})`),
      { settings: { max_insert_block_size: 1_000_000, min_insert_block_size_rows: 1_000_000 } },
    )
  }
  hunt = createHunt(opened.engine, {
    fields: () => TEST_FIELDS,
    limits: {
      ...DEFAULT_LIMITS,
      columnSample: { upTo: 300_000, inBlocks: 300_000, oneIn: 1 },
      lineSample: { upTo: 100_000, inBlocks: 400_000, oneIn: 5 },
    },
  })
}, 120_000)
afterAll(() => opened.close())

const top = async (field: string, more: { readonly query?: string; readonly exact?: boolean }) => {
  const asked = { field, query: '', ...RANGE, limit: 10, exact: false, ...more }
  const result = await hunt.top(asked)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  const { values, sample } = result.value
  return { sample, counts: new Map(values.map(({ value, count }) => [value, count])) }
}

describe('the values of very many events', () => {
  test('are estimated from a part of them, and the estimate says so', async () => {
    const exact = await top('dst_port', { exact: true })
    expect(exact.sample).toBeNull()
    const { sample, counts } = await top('dst_port', {})
    expect(sample?.of).toBeGreaterThan(ALL * 0.8)
    expect(sample?.of).toBeLessThan(ALL * 1.2)
    expect(sample?.rows).toBeLessThan(ALL / 2)
    for (const port of ['443', '53']) {
      const share = (counts.get(port) ?? 0) / (exact.counts.get(port) ?? 0)
      expect(share).toBeGreaterThan(0.8)
      expect(share).toBeLessThan(1.2)
    }
  })

  test('count small parts too, where the newest events are', async () => {
    expect((await top('dst_port', {})).counts.get('22')).toBeGreaterThan(900)
  })

  test('of a vendor’s field are estimated from fewer, for each line has to be read', async () => {
    const { sample, counts } = await top('kind', { query: 'kind:*' })
    expect(sample?.rows).toBeLessThan(120_000)
    const share = (counts.get('odd') ?? 0) / (ALL / 4)
    expect(share).toBeGreaterThan(0.7)
    expect(share).toBeLessThan(1.3)
  })

  test('are counted where few events lie in the time range', async () => {
    const to = new Date(FIRST_MS + 20_000).toISOString()
    const result = await hunt.top({
      field: 'action',
      query: '',
      from: RANGE.from,
      to,
      limit: 10,
      exact: false,
    })
    expect(result.ok && result.value.sample).toBeNull()
    expect(result.ok && result.value.values.reduce((sum, { count }) => sum + count, 0)).toBe(
      20_000 * 4 + 9000 + 1000,
    )
  })
})

test('a sample takes about as many events as it may, whatever the parts', () => {
  for (const parts of [1, 30, 300, 5000]) {
    const sample = blocksOf(
      { rows: 100_000_000, parts },
      { upTo: 12_000_000, inBlocks: 12_000_000, oneIn: 1 },
    )
    const step = Number(/, (\d+)\)$/.exec(textOf(sample.weight))?.[1])
    const head = Number(/< (\d+),/.exec(textOf(sample.weight))?.[1])
    const events = 100_000_000 / step + head * parts * 8192
    expect(events).toBeLessThan(13_500_000)
    expect(events).toBeGreaterThan(8_000_000)
  }
})
