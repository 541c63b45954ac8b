// Assets that the event store saw: devices that send logs, names that DHCP and DNS gave, TLS names of our own servers.
// One bounded question; the engine groups, a few thousand rows come back.

import { sql, trusted } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import { hostOf } from '../imports/scanned.ts'
import type { ScannedAsset } from '../imports/scanned.ts'

const MOST_ASSETS = 20_000
const DAYS = 30

type Row = { name: string; address: string; serial: string }

/** Devices by the name they give themselves, with their address and serial number; servers of ours by their TLS name. */
export async function assetsOfEvents(lane: EngineLane): Promise<readonly ScannedAsset[]> {
  const { rows } = await lane.query<Row>(
    sql`SELECT name, address, serial FROM (
  SELECT toString(device_name) AS name, argMax(replaceRegexpOne(toString(device_ip), '^::ffff:', ''), time) AS address, argMax(toString(device_uid), time) AS serial, count() AS lines
  FROM events WHERE time > now() - INTERVAL ${DAYS} DAY AND device_name != '' GROUP BY name
  UNION ALL
  SELECT lower(tls_sni) AS name, argMax(replaceRegexpOne(toString(dst_ip), '^::ffff:', ''), time) AS address, '' AS serial, count() AS lines
  FROM events WHERE time > now() - INTERVAL ${DAYS} DAY AND tls_sni != '' AND ${ofOurs('dst_ip')} GROUP BY name
) ORDER BY lines DESC LIMIT ${MOST_ASSETS}`,
    { settings: { max_threads: 2, max_execution_time: 60, max_memory_usage: 1_000_000_000 } },
  )
  return rows.map(({ name, address, serial }) => ({
    kind: 'asset',
    host: hostOf(
      [name, address],
      serial === '' ? {} : { aliases: [{ kind: 'serial', value: serial.toLowerCase() }] },
    ),
    products: [],
  }))
}

/** RFC 1918 and RFC 4193: addresses that only we give. */
function ofOurs(column: 'dst_ip') {
  const text = trusted(`replaceRegexpOne(toString(${column}), '^::ffff:', '')`)
  return sql`(match(${text}, '^(10[.]|192[.]168[.]|172[.](1[6-9]|2[0-9]|3[01])[.]|f[cd])'))`
}
