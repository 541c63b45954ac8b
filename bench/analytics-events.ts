// What analytics that read events cost at 2,000 events a second: an hour of that pace is stored, each is asked of it, and its processor time is reckoned for
// the hours it reads and as often as it is asked. Prints JSON. Arguments: events of the hour (7,200,000).

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CONTENT } from '../src/app/content.ts'
import { HOUR_MS, reasonOf } from '../src/core/index.ts'
import { ANALYTIC_SETTINGS, readAnalytics, runAnalytic } from '../src/detect/analytics/index.ts'
import { migrateEvents, openEmbeddedEngine, sql, trusted } from '../src/store/index.ts'

const PER_HOUR = 2000 * 3600
const events = Number(process.argv[2] ?? PER_HOUR)
const toMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
/** Hours of events that one question reads, where it is not the window. */
const READS_HOURS: Readonly<Record<string, number>> = {
  'vigie-clock-moved': 7,
  'vigie-field-goes-empty': 9,
  'vigie-directory-read-in-bulk': 9,
  'vigie-event-type-stops': 3,
  'vigie-second-factor-then-new-place': 48,
}

const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-'))
const engine = await openEmbeddedEngine({ folder, memoryMib: 2000, intakeLanes: 1, askLanes: 1 })
try {
  await migrateEvents(engine)
  for (let from = 0; from < events; from += 600_000)
    await engine.ask.command(trusted(filled(from, Math.min(600_000, events - from))), {
      settings: { max_threads: 1, max_block_size: 16_384 },
    })
  // A remote tool's signature makes the logs' signatures worth looking at.
  await engine.ask.command(
    sql`INSERT INTO known_tools SELECT 'lolrmm', 'FarDesk', 'remote', 'signer', 'fardesk software', ''`,
  )
  const all = readAnalytics(CONTENT.analytics, (problem) => {
    throw problem
  }).filter(({ sql: text }) => /\bFROM events\b/.test(text))
  const costs: Record<string, { seconds: number; share: number; problem?: string }> = {}
  for (const analytic of all) {
    const before = process.cpuUsage()
    let problem: string | undefined
    try {
      await runAnalytic(engine.ask, analytic, { toMs, settings: ANALYTIC_SETTINGS })
    } catch (cause) {
      problem = reasonOf(cause).slice(0, 200)
    }
    const { user, system } = process.cpuUsage(before)
    const hours = READS_HOURS[analytic.id] ?? analytic.window / HOUR_MS
    const seconds = (((user + system) / 1e6) * hours * PER_HOUR) / events
    costs[analytic.id] = {
      seconds: Math.round(seconds * 100) / 100,
      share: Math.round((seconds / (analytic.every / 1000)) * 1e5) / 1e5,
      ...(problem === undefined ? {} : { problem }),
    }
  }
  const total = Object.values(costs).reduce((sum, { share }) => sum + share, 0)
  console.log(JSON.stringify({ events, ofOneCore: Math.round(total * 1e4) / 1e4, costs }, null, 2))
} finally {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
}

/** Flows, starts of programs with their raw line, sign-ins, and others. */
function filled(from: number, count: number): string {
  return `INSERT INTO events (time, received, batch, line, source, device_name, log_name, event_code, class_uid, activity_id, action_id, status_id, src_ip, dst_ip, dst_port, bytes_out, bytes_in, duration_ms, user_name, proc_path, proc_cmd, raw)
SELECT fromUnixTimestamp64Milli(${toMs - HOUR_MS} + toInt64(intDiv((number + ${from}) * 3600000, ${events})), 'UTC') AS at, at, 'b', toUInt32(number), concat('s', toString(number % 20)), concat('d', toString(number % 900)), 'log', toString(number % 12),
  [4001, 4001, 4001, 4001, 1007, 1007, 3002, 6003, 1001, 4003][1 + number % 10] AS kind, 1, 1, 1, toIPv6(concat('10.1.', toString(number % 20), '.', toString(cityHash64(number) % 250))), toIPv6(concat('203.0.', toString(cityHash64(number, 1) % 100), '.', toString(cityHash64(number, 2) % 250))), 443,
  800, if(number % 97 = 0, 0, 4000), 1000, concat('u', toString(number % 2000)), if(kind = 1007, 'C:\\\\Windows\\\\System32\\\\svchost.exe', ''), if(kind = 1007, 'svchost.exe -k netsvcs', ''),
  if(kind = 1007, concat('{"EventID":1,"Image":"C:\\\\\\\\Windows\\\\\\\\System32\\\\\\\\svchost.exe","Company":"Microsoft Corporation","Hashes":"SHA256=', hex(cityHash64(number)), repeat('0', 48), '","Description":"', repeat('x', 300), '"}'), '')
FROM numbers(${count})`
}
