// What is usual, kept two years in small tables that are added to every few minutes: nobody has to read weeks of events again to know it.

import type { Definition, TableTarget } from './events-schema.ts'

const KEPT_DAYS = 730

/** Additions whose token is remembered: one that is made again after a crash is far younger than this. */
const DEDUPLICATION_WINDOW = 1000

type Baseline = {
  readonly table: string
  readonly columns: readonly string[]
  readonly order: readonly string[]
  /** Column of the hour or day. */
  readonly when: string
  readonly shardBy: string
}

const NEWEST = [
  "first_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')) CODEC(ZSTD(1))",
  "last_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) CODEC(ZSTD(1))",
  // One event that shows it.
  'batch SimpleAggregateFunction(anyLast, String) CODEC(ZSTD(1))',
  'line SimpleAggregateFunction(anyLast, UInt32) CODEC(ZSTD(1))',
  'events SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1))',
]

const EVENT_KINDS: Baseline = {
  table: 'event_kinds',
  columns: [
    "hour DateTime('UTC') CODEC(Delta(4), ZSTD(1))",
    'device_name LowCardinality(String)',
    'log_name LowCardinality(String)',
    'event_code LowCardinality(String)',
  ],
  order: ['device_name', 'log_name', 'event_code', 'hour'],
  when: 'hour',
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
  order: ['hour', 'account', 'target', 'device', 'client', 'network', 'logon_type', 'class_uid'],
  when: 'hour',
  shardBy: 'cityHash64(account)',
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
  order: [
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
  order: ['day', 'parent', 'child', 'device'],
  when: 'day',
  shardBy: 'cityHash64(device)',
}

export function createBaselines(target: TableTarget): readonly Definition[] {
  return [EVENT_KINDS, LOGIN_HOURS, VPN_SESSIONS, PROGRAM_DAYS].flatMap((one) =>
    createBaseline(target, one),
  )
}

function createBaseline(
  { cluster, replicated }: TableTarget,
  { table, columns, order, when, shardBy }: Baseline,
): readonly Definition[] {
  const local = cluster === undefined ? table : `${table}_local`
  const engine = replicated
    ? "ReplicatedAggregatingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')"
    : 'AggregatingMergeTree'
  const window = replicated
    ? 'replicated_deduplication_window'
    : 'non_replicated_deduplication_window'
  const create: Definition = (
    onCluster,
  ) => `CREATE TABLE IF NOT EXISTS ${local}${onCluster} (${[...columns, ...NEWEST].join(', ')})
ENGINE = ${engine} PARTITION BY toYYYYMM(${when}) ORDER BY (${order.join(', ')})
TTL toDateTime(${when}) + INTERVAL ${KEPT_DAYS} DAY SETTINGS ${window} = ${DEDUPLICATION_WINDOW}, fsync_after_insert = 1, fsync_part_directory = 1`
  if (cluster === undefined) return [create]
  const distributed: Definition = (
    onCluster,
  ) => `CREATE TABLE IF NOT EXISTS ${table}${onCluster} AS ${local}
ENGINE = Distributed('${cluster}', currentDatabase(), '${local}', ${shardBy})`
  return [create, distributed]
}
