// What is usual, kept two years in small tables that are added to as rows are stored: nobody has to read the events again to know it. A
// batch that is stored twice may count twice; whether and when something came is what is asked.

import type { Definition, TableTarget } from './events-schema.ts'

const KEPT_DAYS = 730

/** What an event says of its time may be anything; days far from now would only make partitions. */
const IN_TIME = "abs(dateDiff('day', time, received)) <= 60"

/** The widest network that one household or office has: 24 bits of IPv4 (96 + 24), 48 of IPv6. */
const NETWORK =
  "tupleElement(IPv6CIDRToRange(src_ip, if(startsWith(reinterpretAsFixedString(src_ip), toFixedString('', 8)), 120, 48)), 1)"

const NEWEST = [
  "first_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')) CODEC(ZSTD(1))",
  "last_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) CODEC(ZSTD(1))",
  // One event that shows it.
  'batch SimpleAggregateFunction(anyLast, String) CODEC(ZSTD(1))',
  'line SimpleAggregateFunction(anyLast, UInt32) CODEC(ZSTD(1))',
  'events SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1))',
]
const OF_NEWEST =
  'min(time) AS first_at, max(time) AS last_at, argMax(toString(events.batch), time) AS batch, argMax(events.line, time) AS line, count() AS events'

type Baseline = {
  readonly table: string
  readonly columns: readonly string[]
  /** Also what rows are gathered by. */
  readonly keys: readonly string[]
  /** Column of the hour or day. */
  readonly when: string
  readonly select: string
  readonly where: string
  readonly shardBy: string
}

const EVENT_KINDS: Baseline = {
  table: 'event_kinds',
  columns: [
    "hour DateTime('UTC') CODEC(Delta(4), ZSTD(1))",
    'device_name LowCardinality(String)',
    'log_name LowCardinality(String)',
    'event_code LowCardinality(String)',
  ],
  keys: ['device_name', 'log_name', 'event_code', 'hour'],
  when: 'hour',
  select: "toStartOfHour(toDateTime(time, 'UTC')) AS hour, device_name, log_name, event_code",
  where: "device_name != '' AND event_code != ''",
  shardBy: 'cityHash64(device_name)',
}

const LOGIN_HOURS: Baseline = {
  table: 'login_hours',
  columns: [
    "hour DateTime('UTC') CODEC(Delta(4), ZSTD(1))",
    // 3002 = sign-in, 4014 = VPN session.
    'class_uid UInt32 CODEC(ZSTD(1))',
    'account String CODEC(ZSTD(1))',
    'target LowCardinality(String)',
    'device String CODEC(ZSTD(1))',
    // Fingerprint or program without its version.
    'client String CODEC(ZSTD(1))',
    'network IPv6 CODEC(ZSTD(1))',
    'logon_type UInt8',
    'address SimpleAggregateFunction(anyLast, IPv6) CODEC(ZSTD(1))',
  ],
  keys: ['hour', 'account', 'target', 'device', 'client', 'network', 'logon_type', 'class_uid'],
  when: 'hour',
  select: `toStartOfHour(toDateTime(time, 'UTC')) AS hour, class_uid, lowerUTF8(user_name) AS account, lowerUTF8(toString(device_name)) AS target,
  lowerUTF8(src_host) AS device, replaceRegexpAll(if(tls_ja4 != '', toString(tls_ja4), user_agent), '[0-9]+', '0') AS client, ${NETWORK} AS network, logon_type, argMax(src_ip, time) AS address`,
  where:
    "(class_uid = 3002 AND status_id = 1 OR class_uid = 4014 AND status_id != 2) AND activity_id = 1 AND user_name != '' AND NOT endsWith(user_name, '$')",
  shardBy: 'cityHash64(account)',
}

const PROGRAM_DAYS: Baseline = {
  table: 'program_days',
  columns: [
    'day Date CODEC(ZSTD(1))',
    'parent LowCardinality(String)',
    'child LowCardinality(String)',
    'device LowCardinality(String)',
  ],
  keys: ['day', 'parent', 'child', 'device'],
  when: 'day',
  select: `toDate(time, 'UTC') AS day, ${fileName('toString(parent_path)')} AS parent, ${fileName('proc_path')} AS child, lowerUTF8(toString(device_name)) AS device`,
  where:
    "class_uid = 1007 AND activity_id = 1 AND proc_path != '' AND parent_path != '' AND device_name != ''",
  shardBy: 'cityHash64(device)',
}

/** Begins and ends of VPN sessions, each by itself: among all events they are few, and looked for through weeks. */
const VPN_SESSIONS: Baseline = {
  table: 'vpn_sessions',
  columns: [
    "at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))",
    'account String CODEC(ZSTD(1))',
    'network IPv6 CODEC(ZSTD(1))',
    'session_uid String CODEC(ZSTD(1))',
    // 1 = begins, 2 = ends.
    'activity_id UInt8',
    'duration_ms UInt64 CODEC(ZSTD(1))',
    'bytes_out UInt64 CODEC(ZSTD(1))',
    'bytes_in UInt64 CODEC(ZSTD(1))',
  ],
  keys: [
    'at',
    'account',
    'network',
    'session_uid',
    'activity_id',
    'duration_ms',
    'bytes_out',
    'bytes_in',
  ],
  when: 'at',
  select: `time AS at, lowerUTF8(user_name) AS account, ${NETWORK} AS network, session_uid, activity_id, duration_ms, bytes_out, bytes_in`,
  where: "class_uid = 4014 AND status_id != 2 AND activity_id IN (1, 2) AND user_name != ''",
  shardBy: 'cityHash64(account)',
}

/** Without folder and digits: versions and random names stand in both. */
function fileName(path: string): string {
  return `replaceRegexpAll(lowerUTF8(extract(${path}, '[^/\\\\\\\\]+$')), '[0-9]+', '0')`
}

export function createBaselines(target: TableTarget): readonly Definition[] {
  return [EVENT_KINDS, LOGIN_HOURS, VPN_SESSIONS, PROGRAM_DAYS].flatMap((one) =>
    createBaseline(target, one),
  )
}

/** The table, what adds to it, and on a cluster what spreads it. */
function createBaseline(
  { cluster, replicated }: TableTarget,
  { table, columns, keys, when, select, where, shardBy }: Baseline,
): readonly Definition[] {
  const end = cluster === undefined ? '' : '_local'
  const engine = replicated
    ? "ReplicatedAggregatingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')"
    : 'AggregatingMergeTree'
  const create: Definition = (
    onCluster,
  ) => `CREATE TABLE IF NOT EXISTS ${table}${end}${onCluster} (${[...columns, ...NEWEST].join(', ')})
ENGINE = ${engine} PARTITION BY toYYYYMM(${when}) ORDER BY (${keys.join(', ')})
TTL toDateTime(${when}) + INTERVAL ${KEPT_DAYS} DAY`
  const view: Definition = (
    onCluster,
  ) => `CREATE MATERIALIZED VIEW IF NOT EXISTS ${table}_view${onCluster} TO ${table}${end} AS
SELECT ${select}, ${OF_NEWEST} FROM events${end} AS events WHERE ${where} AND ${IN_TIME}
GROUP BY ${keys.join(', ')}`
  if (cluster === undefined) return [create, view]
  const distributed: Definition = (
    onCluster,
  ) => `CREATE TABLE IF NOT EXISTS ${table}${onCluster} AS ${table}_local
ENGINE = Distributed('${cluster}', currentDatabase(), '${table}_local', ${shardBy})`
  return [create, distributed, view]
}
