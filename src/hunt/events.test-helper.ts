// For tests: an embedded engine in a folder of its own, with a few thousand events that are the same each time.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateEvents, openEmbeddedEngine, trusted } from '../store/index.ts'
import type { EventEngine } from '../store/index.ts'

export type TestEngine = { readonly engine: EventEngine; readonly close: () => Promise<void> }

/** One event a minute from this moment, `EVENTS` of them. */
export const FIRST_MS = Date.parse('2026-11-20T00:00:00Z')
export const EVENTS = 4000
export const RANGE = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z' } as const

export async function openTestEngine(): Promise<TestEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-hunt-'))
  const engine = await openEmbeddedEngine({ folder, memoryMib: 1000, intakeLanes: 1, askLanes: 2 })
  await migrateEvents(engine)
  const close = async () => {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { engine, close }
}

/** What reads the fields of these events. */
export const TEST_FIELDS = `CAST(extractKeyValuePairs(raw, '=', ' ', '"'), 'Map(String, String)')`

/** Every event is numbered `n`; most columns follow from it. Every 1000th line was read by no parser. */
export async function fillEvents({ engine }: TestEngine): Promise<void> {
  const lane = engine.ask
  await lane.command(
    trusted(`INSERT INTO events (time, received, source, batch, line, raw, parser, parse_status, product, event_code,
  action, device_name, src_ip, src_port, dst_ip, dst_port, user_name, proc_cmd, cves, other_observables)
WITH fromUnixTimestamp64Milli(${FIRST_MS} + number * 60000, 'UTC') AS at, number % 1000 = 999 AS lost,
  if(number = 77, '2001:db8::7', concat('192.0.2.', toString(number % 200))) AS src,
  if(number = 7, 'Zoé', concat('user', toString(number % 50))) AS who, if(number % 4 = 0, 'Deny', 'accept') AS act
SELECT at, at, concat('syslog/', toString(number % 3)), concat('batch', toString(intDiv(number, 1000))), number % 1000,
  if(lost, concat('unreadable from ', src, ' at ', toString(number)),
    concat('n=', toString(number), ' srcip=', src, ' user="', who, '" action=', act, ' cfgpath="',
      if(number = 1234, 'system.admin', 'firewall.policy'), '" note="50% of a_b \\\\ c"')),
  if(lost, '', 'test'), if(lost, 'unknown', 'ok'), 'Test', if(lost, '', toString(4000 + number % 10)),
  if(lost, '', act), 'fw-01', if(lost, toIPv6('::'), toIPv6(src)), if(lost, 0, 1024 + number % 100),
  if(lost, toIPv6('::'), toIPv6('198.51.100.1')), if(lost, 0, 443), if(lost, '', who),
  if(number = 50, 'C:\\\\Windows\\\\System32\\\\whoami.exe /all', ''), if(number = 60, ['CVE-2024-21762'], []),
  if(lost, [src], [])
FROM numbers(${EVENTS})`),
  )
}
