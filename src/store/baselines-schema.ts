// What is usual, kept two years in small tables that are added to every few minutes: nobody has to read weeks of events again to know it.

import { localTable } from './events-schema.ts'
import type { Definition, TableTarget } from './events-schema.ts'

const KEPT_DAYS = 730

/** Additions whose token is remembered: one that is made again after a crash is far younger than this. */
const DEDUPLICATION_WINDOW = 1000

type Baseline = {
  readonly table: string
  /** Kept until those who add to it drop its days, by their own clock; others are kept two years. */
  readonly isDropped?: true
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

const FLOW_KEYS = [
  // 4001 = connection, 4002 = request of HTTP.
  'class_uid UInt32 CODEC(ZSTD(1))',
  'src_ip IPv6 CODEC(ZSTD(1))',
  'dst_ip IPv6 CODEC(ZSTD(1))',
  // Host asked for; the address where none is named.
  'place String CODEC(ZSTD(1))',
]
const FLOW_SUMS = [
  'bytes_out SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1))',
  'bytes_in SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1))',
]
const FLOW_ORDER = ['src_ip', 'dst_ip', 'place', 'class_uid']

/** Of pairs within an hour also each connection's second and size, for who asks whether they are even. */
const FLOW_HOURS: Baseline = {
  table: 'flow_hours',
  isDropped: true,
  columns: [
    "hour DateTime('UTC') CODEC(Delta(4), ZSTD(1))",
    ...FLOW_KEYS,
    'log_name LowCardinality(String)',
    ...FLOW_SUMS,
    'moments SimpleAggregateFunction(groupArrayArray, Array(Tuple(UInt32, UInt64))) CODEC(ZSTD(1))',
  ],
  order: ['hour', ...FLOW_ORDER, 'log_name'],
  when: 'hour',
  shardBy: 'cityHash64(src_ip)',
}

/** A row for each pair and day: what is usual for months is read from these. */
const FLOW_DAYS: Baseline = {
  table: 'flow_days',
  columns: [
    'day Date CODEC(ZSTD(1))',
    ...FLOW_KEYS,
    ...FLOW_SUMS,
    // Connections that were let through.
    'allowed SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1))',
    // Of the first connection that says whether it was answered: twice its time in milliseconds, one more where it was not.
    'first_contact SimpleAggregateFunction(min, UInt64) CODEC(ZSTD(1))',
  ],
  order: ['day', ...FLOW_ORDER],
  when: 'day',
  shardBy: 'cityHash64(src_ip)',
}

const READ_HOURS: Baseline = {
  table: 'read_hours',
  columns: [
    "hour DateTime('UTC') CODEC(Delta(4), ZSTD(1))",
    'account String CODEC(ZSTD(1))',
    // Share of a device, or service of a cloud.
    'store LowCardinality(String)',
    'address SimpleAggregateFunction(anyLast, IPv6) CODEC(ZSTD(1))',
    'files AggregateFunction(uniqCombined(14), String) CODEC(ZSTD(1))',
  ],
  order: ['hour', 'account', 'store'],
  when: 'hour',
  shardBy: 'cityHash64(account)',
}

const PROGRAM_USERS: Baseline = {
  table: 'program_users',
  columns: [
    'day Date CODEC(ZSTD(1))',
    'account String CODEC(ZSTD(1))',
    'device LowCardinality(String)',
  ],
  order: ['day', 'account', 'device'],
  when: 'day',
  shardBy: 'cityHash64(account)',
}

const LOGIN_FAILURES: Baseline = {
  table: 'login_failures',
  columns: [
    "hour DateTime('UTC') CODEC(Delta(4), ZSTD(1))",
    'address IPv6 CODEC(ZSTD(1))',
    'account String CODEC(ZSTD(1))',
    'target LowCardinality(String)',
  ],
  order: ['hour', 'address', 'account', 'target'],
  when: 'hour',
  shardBy: 'cityHash64(address)',
}

const NAME_HOURS: Baseline = {
  table: 'name_hours',
  columns: [
    "hour DateTime('UTC') CODEC(Delta(4), ZSTD(1))",
    'src_ip IPv6 CODEC(ZSTD(1))',
    // Registered, as far as public suffixes tell.
    'domain String CODEC(ZSTD(1))',
    'names AggregateFunction(uniqCombined64(14), String) CODEC(ZSTD(1))',
    'name_bytes SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1))',
  ],
  order: ['hour', 'src_ip', 'domain'],
  when: 'hour',
  shardBy: 'cityHash64(src_ip)',
}

/** Command lines by their normal form: hosts and days of each say how rare it is. */
const COMMAND_DAYS: Baseline = {
  table: 'command_days',
  columns: [
    'day Date CODEC(ZSTD(1))',
    'program LowCardinality(String)',
    'form String CODEC(ZSTD(1))',
    'device LowCardinality(String)',
    'account LowCardinality(String)',
    // 1 = the program lies where the system keeps its own.
    'of_system SimpleAggregateFunction(max, UInt8)',
  ],
  order: ['day', 'program', 'form', 'device', 'account'],
  when: 'day',
  shardBy: 'cityHash64(device)',
}

const FURTHER = [FLOW_HOURS, FLOW_DAYS, READ_HOURS, PROGRAM_USERS, LOGIN_FAILURES, NAME_HOURS]

/** Flows, reads, names asked for, sign-ins that failed, who starts programs where, and the address inside that a VPN session was given. */
export function createFurtherBaselines(target: TableTarget): readonly Definition[] {
  const { cluster } = target
  const tables = cluster === undefined ? ['vpn_sessions'] : ['vpn_sessions_local', 'vpn_sessions']
  return [
    ...FURTHER.flatMap((one) => createBaseline(target, one)),
    ...tables.map(
      (table): Definition =>
        (onCluster) =>
          `ALTER TABLE ${table}${onCluster} ADD COLUMN IF NOT EXISTS given SimpleAggregateFunction(anyLast, IPv6) CODEC(ZSTD(1)) AFTER bytes_in`,
    ),
  ]
}

export function createCommandDays(target: TableTarget): readonly Definition[] {
  return createBaseline(target, COMMAND_DAYS)
}

export function createBaselines(target: TableTarget): readonly Definition[] {
  return [EVENT_KINDS, LOGIN_HOURS, VPN_SESSIONS, PROGRAM_DAYS].flatMap((one) =>
    createBaseline(target, one),
  )
}

function createBaseline(
  { cluster, replicated }: TableTarget,
  { table, columns, order, when, shardBy, isDropped }: Baseline,
): readonly Definition[] {
  const local = localTable({ cluster }, table)
  const engine = replicated
    ? "ReplicatedAggregatingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')"
    : 'AggregatingMergeTree'
  const window = replicated
    ? 'replicated_deduplication_window'
    : 'non_replicated_deduplication_window'
  const create: Definition = (
    onCluster,
  ) => `CREATE TABLE IF NOT EXISTS ${local}${onCluster} (${[...columns, ...NEWEST].join(', ')})
ENGINE = ${engine} PARTITION BY ${isDropped ? 'toDate' : 'toYYYYMM'}(${when}) ORDER BY (${order.join(', ')})
${isDropped ? '' : `TTL toDateTime(${when}) + INTERVAL ${KEPT_DAYS} DAY `}SETTINGS ${window} = ${DEDUPLICATION_WINDOW}, fsync_after_insert = 1, fsync_part_directory = 1`
  if (cluster === undefined) return [create]
  const distributed: Definition = (
    onCluster,
  ) => `CREATE TABLE IF NOT EXISTS ${table}${onCluster} AS ${local}
ENGINE = Distributed('${cluster}', currentDatabase(), '${local}', ${shardBy})`
  return [create, distributed]
}
