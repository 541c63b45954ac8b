// The table of indicators: one row for each value, kind and list. A newer row of the same takes the place of the older.

import { localTable } from './events-schema.ts'
import type { Definition, TableTarget } from './events-schema.ts'

/** Days that an indicator is kept to be shown after it ended. */
const SHOWN_DAYS = 90

const COLUMNS = [
  // Number of the value, so that a million are compared with a batch in the order they stand in.
  'key_hash UInt64',
  'kind LowCardinality(String)',
  'key String CODEC(ZSTD(1))',
  'source LowCardinality(String)',
  'confidence UInt8',
  'marking LowCardinality(String)',
  "valid_from DateTime('UTC')",
  // 2100-01-01 = no end.
  "valid_until DateTime('UTC')",
  'revoked UInt8',
  'warning LowCardinality(String)',
  'label String CODEC(ZSTD(1))',
  'reference String CODEC(ZSTD(1))',
  'version UInt64 CODEC(Delta(8), ZSTD(1))',
]

export function createIndicators({ cluster, replicated }: TableTarget): readonly Definition[] {
  const local = localTable({ cluster }, 'indicators')
  const engine = replicated
    ? "ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)"
    : 'ReplacingMergeTree(version)'
  const create: Definition = (onCluster) => `CREATE TABLE IF NOT EXISTS ${local}${onCluster}
(
  ${COLUMNS.join(',\n  ')}
)
ENGINE = ${engine}
ORDER BY (key_hash, kind, key, source)
TTL valid_until + INTERVAL ${SHOWN_DAYS} DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`
  if (cluster === undefined) return [create]
  const distributed: Definition = (
    onCluster,
  ) => `CREATE TABLE IF NOT EXISTS indicators${onCluster} AS ${local}
ENGINE = Distributed('${cluster}', currentDatabase(), '${local}', key_hash)`
  return [create, distributed]
}
