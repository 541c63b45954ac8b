// Questions over many stored events. Rows are made by the engine itself, spread over 30 days. Prints JSON.
// Argument: millions of events.

import { DAY_MS } from '../src/core/index.ts'
import { createHunt } from '../src/hunt/index.ts'
import { trusted } from '../src/store/index.ts'
import { openStation } from './station.ts'

const millions = Number(process.argv[2])
const DAYS = 30
const station = await openStation(() => undefined)
const { events } = station.core.store
const toMs = Math.floor(Date.now() / 1000) * 1000
const fromMs = toMs - DAYS * DAY_MS
const address = (salt: number, skew: number) =>
  `IPv4NumToString(toUInt32(167772160 + intDiv(cityHash64(number, ${salt}) % 65536 * (cityHash64(number, ${salt + 1}) % ${skew}), ${skew})))`
for (let at = 0; at < millions; at += 1) {
  await events.ask.command(
    trusted(`INSERT INTO events (received, time, source, batch, line, raw, parser, vendor, product, log_name, event_code, class_uid, severity_id, action, message,
  device_name, user_name, src_ip, src_port, dst_ip, dst_port, bytes_out, bytes_in)
SELECT at, at, 'syslog/192.0.2.1', 'b${at}', number % 1000000, concat('date=', toString(at), ' devname="FGT', toString(device), '" logid="0000000013" type="traffic" subtype="forward" srcip=', src, ' srcport=', toString(port), ' dstip=', dst, ' dstport=443 action="accept" user="user', toString(person), '"'),
  'fortigate', 'Fortinet', 'FortiGate', 'traffic/forward', '0000000013', 4001, 1, 'accept', concat('accept HTTPS ', src, ' → ', dst, ':443'),
  concat('fgt', toString(device)), concat('user', toString(person)), src, port, dst, 443, port * 7, port * 31
FROM (SELECT number, fromUnixTimestamp64Milli(toInt64(${fromMs} + number * ${DAYS * DAY_MS} / ${millions * 1_000_000}), 'UTC') AS at, ${address(1, 64)} AS src, ${address(7, 256)} AS dst,
  toUInt16(1024 + cityHash64(number, 3) % 60000) AS port, cityHash64(number, 4) % 40 AS device, cityHash64(number, 5) % 900 AS person FROM numbers(${at * 1_000_000}, 1000000))`),
    {
      settings: {
        max_threads: 1,
        max_insert_block_size: 65_536,
        min_insert_block_size_rows: 65_536,
        max_partitions_per_insert_block: 0,
      },
    },
  )
  process.stderr.write(`\r${at + 1} M`)
}
const sample = await events.ask.query<{ ip: string }>(
  trusted('SELECT toString(src_ip) AS ip FROM events WHERE line = 777777 LIMIT 1'),
)
const rare = (sample.rows[0]?.ip ?? '').replace('::ffff:', '')
const hunt = createHunt(events, { fields: station.core.fields })
const span = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }
const page = { limit: 100, offset: 0, order: 'newest' as const }

/** First asking and the median of five. */
async function timed(ask: () => Promise<{ readonly ok: boolean }>): Promise<readonly number[]> {
  const times: number[] = []
  for (let run = 0; run < 6; run += 1) {
    const startMs = performance.now()
    const answer = await ask()
    if (!answer.ok) throw new Error('the question failed')
    times.push(Math.round(performance.now() - startMs))
  }
  const [first = 0, ...rest] = times
  return [first, rest.toSorted((a, b) => a - b)[2] ?? 0]
}

const result = {
  millions,
  newest: await timed(() => hunt.search({ ...span, ...page, query: '' })),
  address: await timed(() => hunt.search({ ...span, ...page, query: `src_ip:${rare}` })),
  anywhere: await timed(() => hunt.search({ ...span, ...page, query: rare })),
  top: await timed(() =>
    hunt.top({ ...span, query: '', field: 'dst_ip', limit: 10, exact: false }),
  ),
}
process.stdout.write(JSON.stringify(result))
await station.close()
process.exit(0)
