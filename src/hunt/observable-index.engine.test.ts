// Whether a value that few blocks hold is found by reading few blocks, and whether nothing is lost by it.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { trusted } from '../store/index.ts'
import { FIRST_MS, RANGE, openTestEngine } from './events.test-helper.ts'
import type { TestEngine } from './events.test-helper.ts'
import { createHunt } from './hunt.ts'
import type { Hunting } from './hunt.ts'

const EVENTS = 300_000
const SPECIAL = 123_456

let opened: TestEngine
let hunt: Hunting
beforeAll(async () => {
  opened = await openTestEngine()
  await opened.engine.ask.command(
    trusted(`INSERT INTO events (time, received, source, batch, line, raw, parse_status, src_ip, dst_ip, user_name, device_name, file_hash, dns_answers, other_observables)
WITH number = ${SPECIAL} AS special
SELECT fromUnixTimestamp64Milli(toInt64(${FIRST_MS} + number), 'UTC') AS at, at, 'syslog/1', 'b', number, '', 'ok', toIPv6('192.0.2.1'),
  if(special, toIPv6('2001:db8::77'), toIPv6('198.51.100.1')), if(special, 'Zoé', 'user'), if(special, 'VPN-7', 'fw'),
  if(special, 'SHA256=AB12${'0'.repeat(60)},MD5=cd', ''), if(special, ['Host.Example'], []), if(special, ['clé'], []) FROM numbers(${EVENTS})`),
    { settings: { min_insert_block_size_rows: 1_000_000, max_insert_block_size: 1_000_000 } },
  )
  hunt = createHunt(opened.engine)
}, 120_000)
afterAll(() => opened.close())

const search = async (query: string) => {
  const result = await hunt.histogram({ query, ...RANGE })
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

test.each([
  'dst_ip:2001:db8:0:0::77',
  'any:2001:DB8::77',
  '2001:db8::77',
  'user_name:ZOÉ',
  'any:zoé',
  'device_name:vpn-7',
  `any:ab12${'0'.repeat(60)}`,
  `AB12${'0'.repeat(60)}`,
  'any:host.example',
  'any:CLÉ',
  'observables:"clé"',
])('%s is found in few blocks', async (query) => {
  const { total, cost } = await search(query)
  expect(total).toBe(1)
  expect(cost.rowsRead).toBeLessThan(EVENTS / 5)
})

test.each([
  ['NOT dst_ip:2001:db8::77', EVENTS - 1],
  ['NOT any:zoé', EVENTS - 1],
  ['dst_ip:2001:db8::77 OR device_name:fw', EVENTS],
  ['NOT (any:zoé AND device_name:vpn-7)', EVENTS - 1],
  ['any:203.0.113.9', 0],
])('%s finds what it says', async (query, total) => {
  expect((await search(query)).total).toBe(total)
})
