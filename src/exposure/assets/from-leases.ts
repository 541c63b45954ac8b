// Names and addresses that DHCP gave: the engine groups the leases by hardware address; a few thousand rows come back. An address
// given anew goes to who has it now.

import { sql as records } from 'kysely'
import { sql } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import { hostOf } from '../imports/scanned.ts'
import type { Work } from '../rows.ts'
import { hostResolver } from './resolve-hosts.ts'

export type Lease = {
  readonly mac: string
  readonly name: string
  readonly address: string
  readonly lastMs: number
}

export const DHCP = 'dhcp'
const DAYS = 30
const MOST_LEASES = 20_000
/** More machines of one name have it from their maker (`android`, `espressif`), and are not one machine. */
const MOST_OF_A_NAME = 2

/**
 * Leases that were given (OCSF 4004, acknowledged). Addresses that a machine made up itself (IEEE 802c, second digit 2, 6, A, E) are
 * other ones tomorrow and name nothing; those of QEMU stay.
 */
export async function leasesOfEvents(lane: EngineLane): Promise<readonly Lease[]> {
  const { rows } = await lane.query<Omit<Lease, 'lastMs'> & { last: string }>(
    sql`SELECT mac, argMax(host, time) AS name, argMax(given, time) AS address, toUnixTimestamp64Milli(max(time)) AS last FROM (
  SELECT time, if(match(toString(src_host), '^([0-9a-fA-F]{2}:){5}'), '', lower(toString(src_host))) AS host,
    replaceRegexpOne(if(parser = 'suricata' AND JSONExtractString(raw, 'dhcp', 'assigned_ip') != '', JSONExtractString(raw, 'dhcp', 'assigned_ip'), toString(src_ip)), '^::ffff:', '') AS given,
    replaceAll(extract(raw, '(?:^|[^0-9A-Fa-f:-])((?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2})(?:[^0-9A-Fa-f:-]|$)'), '-', ':') AS written,
    extract(raw, ',([0-9A-Fa-f]{12}),') AS plain,
    lower(if(written != '', written, replaceRegexpOne(plain, '^(..)(..)(..)(..)(..)(..)$', '\\1:\\2:\\3:\\4:\\5:\\6'))) AS mac
  FROM events WHERE time > now() - INTERVAL ${DAYS} DAY AND class_uid = 4004 AND status_id != 2
    AND (activity_id = 5 OR match(action, '(?i)ack|assign|renew|lease_(?:alloc|reuse|renew)')) AND NOT match(action, '(?i)nak|deassign|release'))
WHERE mac != '' AND given NOT IN ('', '::', '0.0.0.0') AND (NOT match(mac, '^.[26ae]') OR startsWith(mac, '52:54:00'))
GROUP BY mac ORDER BY last DESC LIMIT ${MOST_LEASES}`,
    { settings: { max_threads: 2, max_execution_time: 60, max_memory_usage: 1_000_000_000 } },
  )
  return rows.map(({ last, ...lease }) => ({ ...lease, lastMs: Number(last) }))
}

/** Gives how many machines are new. */
export async function writeLeases(
  work: Work,
  leases: readonly Lease[],
  nowMs: number,
): Promise<number> {
  if (leases.length === 0) return 0
  const resolver = await hostResolver(work, { source: DHCP, nowMs, file: DHCP })
  const given = await work
    .selectFrom('exposure_aliases')
    .select('value')
    .where('kind', '=', 'address')
    .where('source', '=', DHCP)
    .execute()
  const moving = new Set(given.map(({ value }) => value))
  const ofName = Map.groupBy(leases, ({ name }) => name)
  const holders = new Map<string, { asset: string; first_asset: string }>()
  for (const { mac, name, address } of leases) {
    const isOwn = name !== '' && (ofName.get(name)?.length ?? 0) <= MOST_OF_A_NAME
    const isHeld = holders.has(address)
    // An address that somebody else wrote down stays a name of that asset; one that DHCP gave goes to the newest lease.
    const texts = [
      mac,
      ...(isOwn ? [name] : []),
      ...(isHeld || moving.has(address) ? [] : [address]),
    ]
    const { asset, firstAsset } = resolver.resolve(hostOf(texts))
    if (!isHeld) holders.set(address, { asset, first_asset: firstAsset })
  }
  await resolver.write(work)
  await moveAddresses(work, holders, nowMs)
  return resolver.newAssets()
}

async function moveAddresses(
  work: Work,
  holders: ReadonlyMap<string, { readonly asset: string; readonly first_asset: string }>,
  nowMs: number,
): Promise<void> {
  const rows = JSON.stringify([...holders].map(([value, holder]) => ({ value, ...holder })))
  await records`UPDATE exposure_aliases l SET asset = r.asset, first_asset = r.first_asset, last_seen = ${new Date(nowMs)}
    FROM json_to_recordset(${rows}::json) AS r(value text, asset text, first_asset text)
    WHERE l.kind = 'address' AND l.value = r.value AND l.source = ${DHCP} AND l.asset <> r.asset`.execute(
    work,
  )
}
