// What all analytics cost over a month of mixed events: processor time of one run of each, and what that is of one core as often as each is
// asked. Prints JSON. Arguments: millions of events (10), the analytics to ask (all).
// `sustained` is measured: the same analytics over baselines filled as 2,000 events a second for 30 days leave them, 20,000 pairs of
// addresses and 4,500 ways of signing in each hour, with an hour's connections in each pair of the last 26 hours, 40 forms of command
// lines on each of 900 devices each day, 30,000 different ones.

import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CONTENT } from '../src/app/content.ts'
import { DAY_MS, reasonOf } from '../src/core/index.ts'
import {
  ANALYTIC_SETTINGS,
  BASELINES,
  addition,
  readAnalytics,
  runAnalytic,
} from '../src/detect/analytics/index.ts'
import { familySql, positionSql } from '../src/model/index.ts'
import { installedSources, openNetworks, readKinds } from '../src/networks/index.ts'
import { sql, trusted } from '../src/store/index.ts'
import { openStation } from './station.ts'

const DAYS = 30
const PER_SECOND = 2000
const millions = Number(process.argv[2] ?? 10)
const named = new Set(process.argv.slice(3))
const toMs = Math.floor(Date.now() / 1000) * 1000
const fromMs = toMs - DAYS * DAY_MS

const station = await openStation(() => undefined)
const { store } = station.core
const lane = store.events.ask
const FILLING = {
  max_threads: 1,
  max_partitions_per_insert_block: 0,
  max_execution_time: 0,
  max_block_size: 4096,
  min_insert_block_size_rows: 60_000,
  min_insert_block_size_bytes: 100_000_000,
}

const networks = openNetworks({
  store,
  clock: { nowMs: () => toMs },
  folder: join(import.meta.dirname, '..'),
  kindOf: readKinds(CONTENT.networkKinds),
})
const loadMs = await timed(() => networks.loadInstalled())
await lane.command(
  trusted(
    `INSERT INTO known_accounts (account, tier, kind, critical) SELECT concat('user', toString(number)), number % 50 = 0 ? 1 : 2, number % 40 = 0 ? 'service' : 'daily', 0 FROM numbers(2000)`,
  ),
)
await lane.command(
  trusted(
    `INSERT INTO known_assets (asset, facing) SELECT concat('10.0.0.', toString(number)), 'internet' FROM numbers(8)`,
  ),
)
for (let at = 0; at < millions; at += 1) {
  await lane.command(trusted(mixed(at)), {
    settings: { max_threads: 1, max_partitions_per_insert_block: 0 },
  })
  process.stderr.write(`\r${at + 1} M`)
}

const addCpu = process.cpuUsage()
for (const baseline of BASELINES)
  await lane.command(addition(baseline, sql`1`), {
    settings: { max_threads: 1, max_partitions_per_insert_block: 0 },
  })
const added = process.cpuUsage(addCpu)
const merging = async () => {
  const { rows } = await lane.query<{ n: string }>(
    trusted('SELECT count() AS n FROM system.merges'),
  )
  return rows[0]?.n !== '0'
}
while (await merging()) await sleep(1000)

const rate = (millions * 1_000_000) / (DAYS * 86_400)
const analytics = readAnalytics(CONTENT.analytics, (problem) => {
  throw problem
}).filter(({ id }) => named.size === 0 || named.has(id))
const runs = await askAll()
const share = runs.reduce((sum, { shareOfCore }) => sum + shareOfCore, 0)
const lookup = await timed(() =>
  lane.query(
    trusted(`SELECT countIf(a.position <= n.last AND n.asn != 0) FROM (
  SELECT ${familySql('ip')} AS family, ${positionSql('ip')} AS position FROM (SELECT toIPv6(IPv4NumToString(toUInt32(16777216 + cityHash64(number) % 3700000000))) AS ip FROM numbers(1000000))
) AS a ASOF LEFT JOIN networks AS n ON n.family = a.family AND n.first <= a.position`),
  ),
)
for (const statement of sustained()) await lane.command(trusted(statement), { settings: FILLING })
while (await merging()) await sleep(1000)
const { rows: sizes } = await lane.query<{ table: string; rows: string; mib: number }>(
  trusted(
    "SELECT table, toString(sum(rows)) AS rows, round(sum(bytes_on_disk) / 1048576) AS mib FROM system.parts WHERE active AND table IN ('flow_days', 'flow_hours', 'login_hours') GROUP BY table ORDER BY table",
  ),
)
const atTwoThousand = await askAll()
const result = {
  millions,
  eventsPerSecond: Number(rate.toFixed(1)),
  /** Of what adding to the baselines takes for each event. */
  baselinesUsPerEvent: Number(((added.user + added.system) / (millions * 1_000_000)).toFixed(2)),
  share: Number(share.toFixed(4)),
  sustained: {
    share: Number(atTwoThousand.reduce((sum, one) => sum + one.shareOfCore, 0).toFixed(4)),
    addingShare: Number(
      (((added.user + added.system) / (millions * 1e12)) * PER_SECOND).toFixed(4),
    ),
    sizes,
    runs: atTwoThousand.toSorted((a, b) => b.shareOfCore - a.shareOfCore),
  },
  networks: installedSources() === undefined ? null : { loadMs, millionAddressesMs: lookup },
  peakRssMib: station.peakRssMib(),
  runs: runs.toSorted((a, b) => b.shareOfCore - a.shareOfCore),
}
process.stdout.write(`${JSON.stringify(result, null, 1)}\n`)
await station.close()

async function askAll() {
  const all = []
  for (const analytic of analytics) {
    const before = process.cpuUsage()
    const startMs = performance.now()
    const outcome = await runAnalytic(lane, analytic, { toMs, settings: ANALYTIC_SETTINGS }).then(
      (findings) => `${findings.length} found`,
      (cause: unknown) => reasonOf(cause).slice(0, 200),
    )
    const { user, system } = process.cpuUsage(before)
    const cpuMs = (user + system) / 1000
    all.push({
      id: analytic.id,
      outcome,
      wallMs: Math.round(performance.now() - startMs),
      cpuMs: Math.round(cpuMs),
      shareOfCore: cpuMs / analytic.every,
    })
  }
  return all
}

/** What a month at 2,000 events a second leaves in the baselines that grow with pairs and accounts. */
function sustained(): readonly string[] {
  const at = "toDateTime(intDiv(%, 1000), 'UTC')".replace('%', String(toMs))
  const inside = 'toIPv6(IPv4NumToString(toUInt32(167772160 + number % 4000)))'
  const outside =
    'toIPv6(IPv4NumToString(toUInt32(16777216 + cityHash64(number % 20000) % 3700000000)))'
  const newest = (when: string) =>
    `toDateTime64(${when}, 3, 'UTC'), toDateTime64(${when}, 3, 'UTC') + 3500, 'b', 1`
  return [
    'TRUNCATE TABLE flow_days',
    'TRUNCATE TABLE flow_hours',
    'TRUNCATE TABLE command_days',
    `INSERT INTO flow_days (day, class_uid, src_ip, dst_ip, place, bytes_out, bytes_in, allowed, first_contact, first_at, last_at, batch, line, events)
SELECT toDate(${at}) - intDiv(number, 20000) AS d, 4001, ${inside}, ${outside} AS to, replaceOne(toString(to), '::ffff:', ''), 17000000, 300000000, 6800, toUInt64(toUnixTimestamp(toDateTime(d, 'UTC'))) * 2000, ${newest("toDateTime(d, 'UTC')")}, 6800 FROM numbers(${DAYS * 20_000})`,
    `INSERT INTO flow_hours (hour, class_uid, src_ip, dst_ip, place, log_name, bytes_out, bytes_in, moments, first_at, last_at, batch, line, events)
SELECT toStartOfHour(${at}) - toIntervalHour(intDiv(number, 20000)) AS h, 4001, ${inside}, ${outside} AS to, replaceOne(toString(to), '::ffff:', ''), 'traffic', 700000, 12000000,
  if(number < 26 * 20000, arrayMap(i -> (toUInt32(toUnixTimestamp(h) + (i * 12 + cityHash64(number, i) % 12)), cityHash64(i, number) % 5000), range(284)), []), ${newest('h')}, 284 FROM numbers(${8 * 24 * 20_000})`,
    `INSERT INTO login_hours (hour, class_uid, account, target, device, client, network, logon_type, address, first_at, last_at, batch, line, events)
SELECT toStartOfHour(${at}) - toIntervalHour(intDiv(number, 4500)) AS h, 3002, concat('user', toString(number % 900)), concat('srv', toString(cityHash64(number % 4500) % 60)), concat('pc', toString(number % 900)), 'FortiClient/0.0.0 (Windows)',
  toIPv6(IPv4NumToString(toUInt32(intDiv(1644167168 + (number % 900) * 7, 256) * 256))), 3, toIPv6(IPv4NumToString(toUInt32(1644167168 + (number % 900) * 7))), ${newest('h')}, 80 FROM numbers(${DAYS * 24 * 4500})`,
    `INSERT INTO command_days (day, program, form, device, account, of_system, first_at, last_at, batch, line, events)
SELECT toDate(${at}) - intDiv(number, 36000) AS d, concat('p', toString(h % 300)) AS program, concat('/do ', transform(h % 7, [0, 1, 2], ['<open>', '<system>', '<folder>'], 'all'), arrayStringConcat(arrayMap(i -> concat(' ', hex(cityHash64(h, i) % 4096), 'word'), range(2 + h % 6)))) AS form,
  concat('pc', toString(number % 900)), concat('user', toString(number % 900)), 1, ${newest("toDateTime(d, 'UTC')")}, 200
FROM (SELECT number, if(number % 997 = 0, 1000000 + number, cityHash64(number % 36000, if(number % 3 = 0, 1, intDiv(number, 36000))) % 30000) AS h FROM numbers(${DAYS * 36_000}))`,
  ]
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await work()
  return Math.round(performance.now() - startMs)
}

/** A million events in their order: flows 79 %, names 10, programs 5, sign-ins 5, VPN sessions 1. */
function mixed(at: number): string {
  const kind = 'cityHash64(number, 9) % 100'
  const pick = (...values: readonly string[]) =>
    `multiIf(k < 79, ${values[0]}, k < 89, ${values[1]}, k < 94, ${values[2]}, k < 99, ${values[3]}, ${values[4]})`
  return `INSERT INTO events (received, time, source, batch, line, parser, event_code, log_name, class_uid, activity_id, status_id, action_id, logon_type,
  device_name, user_name, src_host, user_agent, src_ip, dst_ip, dst_port, bytes_out, bytes_in, duration_ms, proc_path, proc_cmd, actor_user, parent_path, dns_query)
SELECT at, at, concat('syslog/192.0.2.', toString(k % 20)), 'b${at}', number % 1000000, 'bench', ${pick("'13'", "'dns'", "'4688'", "'4624'", "'39424'")}, ${pick("'traffic'", "'dns'", "'Security'", "'Security'", "'vpn'")},
  ${pick('4001', '4003', '1007', '3002', '4014')}, ${pick('6', '1', '1', '1', '2')}, ${pick('0', '0', '0', 'if(h % 20 = 0, 2, 1)', '1')}, ${pick('1', '0', '0', '0', '0')}, ${pick('0', '0', '0', '3', '0')},
  ${pick("concat('fgt', toString(h % 8))", "concat('dns', toString(h % 4))", "concat('pc', toString(h % 900))", "concat('srv', toString(cityHash64(person, h % 5) % 60))", "'vpn1'")}, ${pick("''", "''", "''", "concat('user', toString(person))", "concat('user', toString(person))")},
  ${pick("''", "''", "''", "concat('pc', toString(person))", "concat('pc', toString(person))")}, ${pick("''", "''", "''", "'FortiClient/7.2.3 (Windows)'", "'FortiClient/7.2.3 (Windows)'")},
  toIPv6(IPv4NumToString(toUInt32(k < 94 ? 167772160 + h % 4000 : 1644167168 + person * 7))), toIPv6(IPv4NumToString(toUInt32(k < 79 ? 16777216 + cityHash64(h % 20000) % 3700000000 : 167772200))), ${pick('443', '53', '0', '0', '443')},
  h % 5000, h % 90000, ${pick('h % 60000', '0', '0', '0', '3600000 + h % 20000000')},
  ${pick("''", "''", "concat('C:\\\\Windows\\\\System32\\\\p', toString(h % 300), '.exe')", "''", "''")},
  ${pick("''", "''", "concat('\"C:\\\\Windows\\\\System32\\\\p', toString(h % 300), '.exe\" /run C:\\\\ProgramData\\\\agent\\\\', hex(h % 30000), '\\\\job.xml /id ', toString(h), ' /server 10.0.0.', toString(h % 200))", "''", "''")}, ${pick("''", "''", "concat('user', toString(person))", "''", "''")}, ${pick("''", "''", "concat('C:\\\\Windows\\\\System32\\\\p', toString(h % 300 % 40), '.exe')", "''", "''")},
  ${pick("''", "concat('h', toString(h % 3000), '.example', toString(h % 400), '.org')", "''", "''", "''")}
FROM (SELECT number, fromUnixTimestamp64Milli(toInt64(${fromMs} + number * ${DAYS * DAY_MS} / ${millions * 1_000_000}), 'UTC') AS at, ${kind} AS k, cityHash64(number, 3) % 1000000 AS h, cityHash64(number, 5) % 900 AS person FROM numbers(${at * 1_000_000}, 1000000))`
}
