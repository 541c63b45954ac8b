// The table of networks: ranges of addresses in one line of numbers, and a second one that a new pack is built in, so that it
// takes the place of the old one at once.

import type { Definition, TableTarget } from './events-schema.ts'

const COLUMNS = [
  // 0 = IPv4, 1 = IPv6.
  'family UInt8',
  'first UInt64',
  'last UInt64',
  'asn UInt32',
  'organisation LowCardinality(String)',
  'kind LowCardinality(String)',
  'country LowCardinality(String)',
]

export function createNetworks({ cluster, replicated }: TableTarget): readonly Definition[] {
  const engine = replicated
    ? "ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')"
    : 'MergeTree'
  return ['networks', 'networks_next'].flatMap((table) => {
    const local = cluster === undefined ? table : `${table}_local`
    const create: Definition = (
      onCluster,
    ) => `CREATE TABLE IF NOT EXISTS ${local}${onCluster} (${COLUMNS.join(', ')})
ENGINE = ${engine} ORDER BY (family, first) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`
    if (cluster === undefined) return [create]
    const distributed: Definition = (
      onCluster,
    ) => `CREATE TABLE IF NOT EXISTS ${table}${onCluster} AS ${local}
ENGINE = Distributed('${cluster}', currentDatabase(), '${local}', cityHash64(first))`
    return [create, distributed]
  })
}

/** Puts what was built in the place of what stood, on each node at once. */
export const REPLACE_NETWORKS = (cluster: string | undefined): readonly Definition[] => {
  const end = cluster === undefined ? '' : '_local'
  return [
    (onCluster) =>
      `ALTER TABLE networks${end}${onCluster} REPLACE PARTITION tuple() FROM networks_next${end}`,
    (onCluster) => `TRUNCATE TABLE networks_next${end}${onCluster}`,
  ]
}

export const EMPTY_NEXT_NETWORKS = (cluster: string | undefined): Definition => {
  const end = cluster === undefined ? '' : '_local'
  return (onCluster) => `TRUNCATE TABLE networks_next${end}${onCluster}`
}
