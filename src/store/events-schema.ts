// The tables of the event engine, made from the model. Partition by the day a line was received: an attacker's clock
// must neither create partitions nor escape retention.

import { EVENT_COLUMNS, STORED_COLUMNS, columnDefinition, observableKeys } from '../model/index.ts'

export type TableTarget = {
  /** Cluster that holds the tables; absent on one node. */
  readonly cluster: string | undefined
  /** Keeper is there, so tables may be replicated. */
  readonly replicated: boolean
}

/** The table that holds rows: on a cluster, the one on each node below what spreads them. */
export function localTable({ cluster }: Pick<TableTarget, 'cluster'>, table: string): string {
  return cluster === undefined ? table : `${table}_local`
}

/** A statement for every node, given the clause that names the cluster. */
export type Definition = (onCluster: string) => string

/** Batches whose token is remembered: a replay after a crash is far younger than this. */
const DEDUPLICATION_WINDOW = 10_000

const EVENT_INDICES = [
  `INDEX i_observables ${observableKeys(STORED_COLUMNS)} TYPE bloom_filter(0.005) GRANULARITY 1`,
  'INDEX i_batch batch TYPE bloom_filter(0.01) GRANULARITY 1',
  'INDEX i_time time TYPE minmax GRANULARITY 1',
  // Lines that were not read whole are searched in `raw`, and are few.
  'INDEX i_status parse_status TYPE set(4) GRANULARITY 1',
]

/**
 * Rows of one address lie together within their hour: where it is sought, a few stretches are read. In the order of time
 * alone a merge would be half as dear, and an address take a third longer to find (docs/decisions/0031).
 */
const EVENT_ORDER = 'toStartOfHour(time), source, event_code, src_ip, time'

/**
 * Ten parts of a size before they become one of the next, not five: each row is written again less often, and there
 * are some more parts to look into (docs/decisions/0031).
 */
export function mergeLess(target: TableTarget): readonly Definition[] {
  const local = localTable(target, 'events')
  return [(onCluster) => `ALTER TABLE ${local}${onCluster} MODIFY SETTING merge_selector_base = 10`]
}

/** Statements that create `events`: one table on one node; a local table and a Distributed one over it on a cluster. */
export function createEvents(target: TableTarget): readonly Definition[] {
  const columns = EVENT_COLUMNS.map((column) => columnDefinition(column, { codecs: true }))
  return createTable(target, {
    table: 'events',
    columns,
    indices: EVENT_INDICES,
    partition: 'toDate(received)',
    order: EVENT_ORDER,
    shardBy: 'cityHash64(source)',
  })
}

const FINDING_COLUMNS = [
  "judged DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))",
  "time DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))",
  'rule LowCardinality(String)',
  'title LowCardinality(String)',
  'severity LowCardinality(String)',
  'entity_kind LowCardinality(String)',
  'entity String CODEC(ZSTD(1))',
  'batch LowCardinality(String)',
  'line UInt32',
  'reasons String CODEC(ZSTD(1))',
]

export function createFindings(target: TableTarget): readonly Definition[] {
  return createTable(target, {
    table: 'findings',
    columns: FINDING_COLUMNS,
    indices: [],
    partition: 'toYYYYMM(judged)',
    order: 'rule, entity, time, batch, line',
    shardBy: 'cityHash64(rule, entity)',
  })
}

type Table = {
  readonly table: string
  readonly columns: readonly string[]
  readonly indices: readonly string[]
  readonly partition: string
  readonly order: string
  readonly shardBy: string
}

/** A table and, on a cluster, what spreads it. */
export function createTable(
  { cluster, replicated }: TableTarget,
  table: Table,
): readonly Definition[] {
  const local = localTable({ cluster }, table.table)
  const engine = replicated
    ? "ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')"
    : 'MergeTree'
  const window = replicated
    ? 'replicated_deduplication_window'
    : 'non_replicated_deduplication_window'
  const create: Definition = (onCluster) => `CREATE TABLE IF NOT EXISTS ${local}${onCluster}
(
  ${[...table.columns, ...table.indices].join(',\n  ')}
)
ENGINE = ${engine}
PARTITION BY ${table.partition}
ORDER BY (${table.order})
SETTINGS ${window} = ${DEDUPLICATION_WINDOW}, fsync_after_insert = 1, fsync_part_directory = 1, min_bytes_for_wide_part = 134217728`
  if (cluster === undefined) return [create]
  const distributed: Definition = (
    onCluster,
  ) => `CREATE TABLE IF NOT EXISTS ${table.table}${onCluster} AS ${local}
ENGINE = Distributed('${cluster}', currentDatabase(), '${local}', ${table.shardBy})`
  return [create, distributed]
}
