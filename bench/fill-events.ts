// Millions of varied events over 30 days in a station's store, made by the engine itself.

import { DAY_MS } from '../src/core/index.ts'
import { trusted } from '../src/store/index.ts'
import type { EventEngine } from '../src/store/index.ts'

const DAYS = 30

export type Filled = {
  /** ISO 8601; `to` is not part of the span. */
  readonly from: string
  readonly to: string
  /** Addresses that few events have. */
  readonly rare: readonly string[]
}

export async function fillEvents({ ask }: EventEngine, millions: number): Promise<Filled> {
  const toMs = Math.floor(Date.now() / 1000) * 1000
  const fromMs = toMs - DAYS * DAY_MS
  for (let at = 0; at < millions; at += 1) {
    await ask.command(
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
  const { rows } = await ask.query<{ ip: string }>(
    trusted(
      'SELECT DISTINCT toString(src_ip) AS ip FROM events WHERE line BETWEEN 777700 AND 777720',
    ),
  )
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    rare: rows.map(({ ip }) => ip.replace('::ffff:', '')),
  }
}

/** One of 65,536 addresses, the low ones far more often. */
function address(salt: number, skew: number): string {
  return `IPv4NumToString(toUInt32(167772160 + intDiv(cityHash64(number, ${salt}) % 65536 * (cityHash64(number, ${salt + 1}) % ${skew}), ${skew})))`
}
